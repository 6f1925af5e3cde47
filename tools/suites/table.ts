import type { SuiteResult } from './examine';

/** What happened to each suite, as Markdown. */
export function suitesTable(results: readonly SuiteResult[]): string {
  const head = ['suite', 'version', 'files', 'fixes', 'files changed', 'tests', 'passed before', 'flaky', 'differ'];
  const rows = results.map(({ name, version, fixed, comparison, failure }) =>
    fixed === undefined || comparison === undefined
      ? [name, version, `not run: ${failure ?? ''}`, '', '', '', '', '', '']
      : [
          name,
          version,
          ...[fixed.files, fixed.problems, fixed.changedFiles.length, comparison.tests, comparison.passed].map(String),
          ...[comparison.flaky.length, comparison.differences.length].map(String),
        ],
  );
  const cells = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column < 2 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
