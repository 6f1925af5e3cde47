import type { FileReport, Finding } from '../finding';
import { pathFromRoot, shownPlace } from './place';
import type { Reporter } from './reporter';
import { code, fitting, prose, row, table } from './markdown-table';
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

function findingRow(root: string, { path, source }: FileReport, { start, severity, ruleId, message }: Finding): string {
  return row([
    code(`${pathFromRoot(root, path)}:${shownPlace(source, start).replace(/:\d+$/, '')}`),
    severity,
    code(ruleId),
    prose(message),
  ]);
}
