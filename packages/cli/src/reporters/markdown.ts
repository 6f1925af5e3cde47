import type { FileReport, Finding } from '../finding';
import { pathFromRoot } from './place';
import type { Reporter } from './reporter';
import { printable } from './printable';
import { count } from './summary';

/** A comment on GitHub takes 65,536 characters, a note on GitLab a million. */
const MAX_LENGTH = 60_000;

/** For a job summary or a comment: the counts of each rule, then the findings, as many as fit. */
export const markdown: Reporter = (reports, { root }) => {
  const findings = reports.flatMap((report) => report.findings);
  const files = count(reports.length, 'file');
  if (findings.length === 0) return `## pylint-leaks\n\nNo leaks found in ${files}.\n`;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const head = [
    `## pylint-leaks`,
    '',
    `${count(findings.length, 'problem')} (${count(errors, 'error')}, ${count(findings.length - errors, 'warning')}) in ${files}.`,
    '',
    ...table(['Rule', 'Errors', 'Warnings'], ['---', '---:', '---:'], ruleRows(findings)),
    '',
  ];
  const rows = reports.flatMap((report) => report.findings.map((finding) => findingRow(root, report, finding)));
  const shown = fitting(rows, MAX_LENGTH - head.join('\n').length);
  const rest = rows.length - shown.length;
  return [
    ...head,
    ...table(['Place', 'Severity', 'Rule', 'Finding'], ['---', '---', '---', '---'], shown),
    ...(rest > 0 ? ['', `${count(rest, 'more problem')} not shown.`] : []),
    '',
  ].join('\n');
};

function ruleRows(findings: readonly Finding[]): readonly string[] {
  const rules = [...new Set(findings.map(({ ruleId }) => ruleId))].sort();
  return rules.map((rule) => {
    const own = findings.filter(({ ruleId }) => ruleId === rule);
    const errors = own.filter(({ severity }) => severity === 'error').length;
    return row([code(rule), String(errors), String(own.length - errors)]);
  });
}

function findingRow(root: string, { path }: FileReport, { start, severity, ruleId, message }: Finding): string {
  return row([code(`${pathFromRoot(root, path)}:${start.line}`), severity, code(ruleId), prose(message)]);
}

function table(head: readonly string[], rule: readonly string[], rows: readonly string[]): readonly string[] {
  return [row(head), row(rule), ...rows];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function fitting(rows: readonly string[], length: number): readonly string[] {
  let left = length;
  const end = rows.findIndex((text) => (left -= text.length + 1) < 0);
  return end === -1 ? rows : rows.slice(0, end);
}

/** A code span, with more backquotes around than there are in a row inside; a table ends a cell at `|` even in code. */
function code(text: string): string {
  const inner = printable(text).replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...inner.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${inner}${fence}` : `${fence} ${inner} ${fence}`;
}

/** Messages quote code in backquotes, which are kept; everything else that Markdown or HTML would read is escaped. */
function prose(text: string): string {
  return printable(text)
    .split(/(`[^`]*`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? code(part.slice(1, -1)) : part.replace(/[\\`*_{}[\]<>#|!~&@]/g, '\\$&')))
    .join('');
}
