import { code, fitting, prose, row, table } from '../reporters/markdown-table';
import type { Comparison } from './compare-reports';
import type { ReportedFinding } from './read-report';

/** A comment on GitHub takes 65,536 characters. */
const MAX_LENGTH = 60_000;

/** For tools: the findings that came and went, and how many stayed. */
export function comparisonJson({ introduced, fixed, existing }: Comparison): string {
  const errors = introduced.filter(({ severity }) => severity === 2).length;
  const counts = {
    introduced: introduced.length,
    introducedErrors: errors,
    fixed: fixed.length,
    existing: existing.length,
  };
  return `${JSON.stringify({ counts, introduced, fixed })}\n`;
}

/** For a job summary or a comment. */
export function comparisonMarkdown({ introduced, fixed, existing }: Comparison): string {
  const head = [
    '## pylint-leaks',
    '',
    `${introduced.length} introduced, ${fixed.length} fixed, ${existing.length} existing.`,
    '',
  ];
  const half = MAX_LENGTH / 2;
  return [...head, ...part('Introduced', introduced, half), ...part('Fixed', fixed, half)].join('\n');
}

function part(title: string, findings: readonly ReportedFinding[], length: number): readonly string[] {
  if (findings.length === 0) return [];
  const rows = findings.map(({ file, line, severity, ruleId, message }) =>
    row([code(`${file}:${line}`), severity === 2 ? 'error' : 'warning', code(ruleId), prose(message)]),
  );
  const shown = fitting(rows, length);
  const rest = rows.length - shown.length;
  return [
    `### ${title}`,
    '',
    ...table(['Place', 'Severity', 'Rule', 'Finding'], ['---', '---', '---', '---'], shown),
    ...(rest > 0 ? ['', `${rest} more not shown.`] : []),
    '',
  ];
}
