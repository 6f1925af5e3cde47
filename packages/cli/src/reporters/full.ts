import type { Colors } from '../colors';
import type { FileReport, Finding } from '../finding';
import type { LintCommand } from '../options';
import { frame } from './frame';
import { printable } from './printable';
import { summary } from './summary';

/** Findings for people: what, where, the way from the acquisition to the loss, and what to do; then a summary. */
export function full(
  reports: readonly FileReport[],
  command: Pick<LintCommand, 'applicability' | 'mode'>,
  colors: Colors,
): string {
  const blocks = reports.flatMap((report) => report.findings.map((finding) => block(report, finding, colors)));
  return [...blocks, summary(reports, command, colors)].join('\n');
}

function block({ display, source }: FileReport, finding: Finding, colors: Colors): string {
  const { start, severity, ruleId, message, related, fix } = finding;
  const paint = severity === 'error' ? colors.red : colors.yellow;
  const place = `${colors.bold(printable(display))}:${start.line}:${start.column}:`;
  const rows = [`${place} ${paint(severity)} ${colors.bold(ruleId)} ${printable(message)}`];
  if (source !== undefined) {
    const isHere = (step: (typeof related)[number]) =>
      step.start.line === start.line && step.start.column === start.column;
    const label = related.find(isHere)?.message ?? '';
    rows.push(frame(source, finding, { context: 2, label, paint }, colors));
    for (const step of related.filter((candidate) => !isHere(candidate))) {
      rows.push(frame(source, step, { context: 0, label: step.message, paint: colors.cyan }, colors));
    }
  }
  if (fix !== undefined)
    rows.push(`  ${colors.green('help:')} ${printable(fix.title)} ${colors.dim(HOW[fix.applicability])}`);
  return `${rows.join('\n')}\n`;
}

const HOW = {
  safe: '(safe: --fix)',
  unsafe: '(may change behaviour: --fix --unsafe-fixes)',
  display: '(by hand)',
} as const;
