import type { Judgement, TriageVerdict } from './judge';
import type { OldFinding } from './old-report';

/** An old finding and what became of it. */
export interface TriagedFinding {
  readonly old: OldFinding;
  /** The file today, as the user reads it; undefined when there is none. */
  readonly file: string | undefined;
  readonly judgement: Judgement;
  /** How the code was found again; undefined when it is gone. */
  readonly how: 'same text' | 'similar text' | 'same line' | undefined;
}

/** The order of columns everywhere. */
export const VERDICTS: readonly TriageVerdict[] = ['confirmed', 'refuted', 'gone', 'cannot parse'];

/** One line of the table: a category at a severity. */
export interface SummaryRow {
  readonly category: string;
  readonly severity: string;
  readonly total: number;
  readonly verdicts: Readonly<Record<TriageVerdict, number>>;
}

/** Severities as they are ranked; others come last. */
const RANKS = ['CRITICAL', 'HIGH', 'ERROR', 'MEDIUM', 'WARNING', 'LOW', 'NOTE'];

/** Counts per category and severity: the worst severity first, then the largest. */
export function summarize(findings: readonly TriagedFinding[]): readonly SummaryRow[] {
  const rows = new Map<string, { category: string; severity: string; counts: Record<TriageVerdict, number> }>();
  for (const { old, judgement } of findings) {
    const key = `${old.severity}\0${old.category}`;
    const row = rows.get(key) ?? { category: old.category, severity: old.severity, counts: noCounts() };
    row.counts[judgement.verdict]++;
    rows.set(key, row);
  }
  const summary = [...rows.values()].map(({ category, severity, counts }) => ({
    category,
    severity,
    total: sum(counts),
    verdicts: counts,
  }));
  const rank = ({ severity }: SummaryRow) => (RANKS.indexOf(severity) + RANKS.length + 1) % (RANKS.length + 1);
  return summary.sort((a, b) => rank(a) - rank(b) || b.total - a.total || (a.category < b.category ? -1 : 1));
}

/** The last line of the table. */
export function totalsOf(rows: readonly SummaryRow[]): SummaryRow {
  const counts = noCounts();
  for (const { verdicts } of rows) for (const verdict of VERDICTS) counts[verdict] += verdicts[verdict];
  return { category: 'all', severity: '', total: sum(counts), verdicts: counts };
}

function noCounts(): Record<TriageVerdict, number> {
  return { confirmed: 0, refuted: 0, gone: 0, 'cannot parse': 0 };
}

function sum(counts: Readonly<Record<TriageVerdict, number>>): number {
  return VERDICTS.reduce((total, verdict) => total + counts[verdict], 0);
}
