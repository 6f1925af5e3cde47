import type { FileReport, Finding } from '../finding';
import { isApplicable } from '../lint-file';
import type { ReportContext, Reporter } from './reporter';
import { printable } from './printable';
import { summary } from './summary';

/** The figures of one rule. */
interface RuleCount {
  readonly ruleId: string;
  readonly count: number;
  readonly errors: number;
  readonly warnings: number;
  /** That this run's options would fix. */
  readonly fixable: number;
}

/** How many findings each rule has, most first: lines for people, with a summary. */
export const statistics: Reporter = (reports, context) => {
  const { command, colors, rules } = context;
  const counts = ruleCounts(reports, context);
  const digits = Math.max(0, ...counts.map(({ count }) => String(count).length));
  const width = Math.max(0, ...counts.map(({ ruleId }) => ruleId.length));
  const rows = counts.map(({ ruleId, count, fixable }) => {
    const mark = fixable === 0 ? '[ ]' : fixable === count ? '[*]' : '[-]';
    const about = rules.find(({ id }) => id === ruleId)?.meta.summary ?? '';
    return `${String(count).padStart(digits)}  ${colors.bold(ruleId.padEnd(width))}  ${colors.green(mark)}  ${printable(about)}\n`;
  });
  const legend = counts.some(({ fixable }) => fixable > 0) ? '\n[*] all can be fixed, [-] some can.\n' : '\n';
  return `${rows.join('')}${rows.length === 0 ? '' : legend}${summary(reports, command, colors)}`;
};

/** The same figures for other tools. */
export const statisticsJson: Reporter = (reports, context) => `${JSON.stringify(ruleCounts(reports, context))}\n`;

function ruleCounts(
  reports: readonly FileReport[],
  { command: { applicability } }: Pick<ReportContext, 'command'>,
): readonly RuleCount[] {
  const byRule = new Map<string, Finding[]>();
  for (const finding of reports.flatMap(({ findings }) => findings)) {
    const known = byRule.get(finding.ruleId);
    if (known === undefined) byRule.set(finding.ruleId, [finding]);
    else known.push(finding);
  }
  return [...byRule]
    .map(([ruleId, findings]) => {
      const errors = findings.filter(({ severity }) => severity === 'error').length;
      const fixable = findings.filter((finding) => isApplicable(finding, applicability)).length;
      return { ruleId, count: findings.length, errors, warnings: findings.length - errors, fixable };
    })
    .sort((a, b) => b.count - a.count || (a.ruleId < b.ruleId ? -1 : 1));
}
