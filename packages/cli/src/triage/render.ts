import { printable } from '../reporters/printable';
import { htmlPage } from './html';
import { summarize, totalsOf, VERDICTS, type TriagedFinding } from './summary';
import { tableRows } from './table';

/** How a triage is written. */
export const TRIAGE_FORMATS = ['text', 'json', 'markdown', 'html'] as const;
export type TriageFormat = (typeof TRIAGE_FORMATS)[number];

/** Writes a triage in one of the formats. */
export function renderTriage(findings: readonly TriagedFinding[], format: TriageFormat): string {
  switch (format) {
    case 'text':
      return text(findings);
    case 'json':
      return json(findings);
    case 'markdown':
      return markdown(findings);
    case 'html':
      return htmlPage(findings);
  }
}

/** For a terminal: the table, then what is confirmed and what cannot be parsed; the rest is in the other formats. */
function text(findings: readonly TriagedFinding[]): string {
  const { head, rows } = tableRows(findings);
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  const table = [head, ...rows].map(line);
  const shown = ['confirmed', 'cannot parse'].flatMap((verdict) => {
    const own = findings.filter(({ judgement }) => judgement.verdict === verdict);
    return own.length === 0 ? [] : ['', `${verdict}:`, ...own.map((each) => `  ${printable(sentence(each))}`)];
  });
  return [...table, ...shown, ''].join('\n');
}

/** `store.py:12 unclosed-file … (was line 10, file_without_context)`. */
function sentence({ old, file, judgement }: TriagedFinding): string {
  const rule = judgement.ruleId === undefined ? '' : `${judgement.ruleId} `;
  return `${file ?? old.file}:${judgement.line}: ${rule}${judgement.reason} (${old.category}, line ${old.line} then)`;
}

function json(findings: readonly TriagedFinding[]): string {
  const rows = summarize(findings);
  const { total, verdicts } = totalsOf(rows);
  const details = findings.map(({ old, file, judgement, how }) => ({
    file: old.file,
    line: old.line,
    category: old.category,
    severity: old.severity,
    ...(old.code === undefined ? {} : { code: old.code }),
    verdict: judgement.verdict,
    reason: judgement.reason,
    ...(file === undefined
      ? {}
      : { today: { file, ...(how === undefined ? {} : { line: judgement.line, matchedBy: how }) } }),
    ...(judgement.ruleId === undefined ? {} : { ruleId: judgement.ruleId }),
  }));
  return `${JSON.stringify({ total, verdicts, categories: rows, findings: details }, null, 2)}\n`;
}

function markdown(findings: readonly TriagedFinding[]): string {
  const { head, rows } = tableRows(findings);
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  const rule = head.map((_, column) => (column < 2 ? '---' : '---:'));
  const parts = VERDICTS.flatMap((verdict) => {
    const own = findings.filter(({ judgement }) => judgement.verdict === verdict);
    if (own.length === 0) return [];
    const list = own.map(({ old, file, judgement }) =>
      line([
        file === undefined ? old.file : `${file}:${judgement.line}`,
        old.category,
        judgement.ruleId ?? '',
        judgement.reason,
      ]),
    );
    const title = `${verdict.charAt(0).toUpperCase()}${verdict.slice(1)} (${own.length})`;
    return ['', `## ${title}`, '', line(['Place', 'Category', 'Rule', 'Reason']), '| --- | --- | --- | --- |', ...list];
  });
  return [
    `# Triage of ${findings.length} old findings`,
    '',
    line(head),
    `| ${rule.join(' | ')} |`,
    ...rows.map(line),
    ...parts,
    '',
  ].join('\n');
}

/** A cell ends at a bar, and code in backquotes is kept. */
function cell(value: string): string {
  return printable(value).replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
