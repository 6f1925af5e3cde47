import { summarize, totalsOf, VERDICTS, type SummaryRow, type TriagedFinding } from './summary';

const HEAD = ['Category', 'Severity', 'Old findings', 'Confirmed', 'Refuted', 'Gone', 'Cannot parse'];

/** The cells of the table, with the totals at its end. */
export function tableRows(findings: readonly TriagedFinding[]): {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const rows = summarize(findings);
  const cells = ({ category, severity, total, verdicts }: SummaryRow) => [
    category,
    severity,
    String(total),
    ...VERDICTS.map((verdict) => String(verdicts[verdict])),
  ];
  return { head: HEAD, rows: [...rows, totalsOf(rows)].map(cells) };
}
