import type { ReportData, ReportFile, ReportFinding } from './data';

/** What a finding can be chosen by. */
export const FACETS = ['status', 'severity', 'rule', 'impact', 'directory', 'owner', 'fix', 'recording'] as const;
export type Facet = (typeof FACETS)[number];

/** What the reader wants to see; an absent facet admits everything. */
export interface Filter {
  /** Words that must all occur in the path, the rule, the message or the scope; any case. */
  readonly text: string;
  readonly facets: Readonly<Partial<Record<Facet, string>>>;
}

export const EVERYTHING: Filter = { text: '', facets: {} };

/** The status of what nobody has accepted: what the page shows unless asked for others. */
export const OPEN = 'open';

/** Stands for a file that no owner is named for. */
export const NOBODY = 'nobody';

/** A finding with its file, and what is searched in, made once. */
export interface Row {
  readonly finding: ReportFinding;
  readonly file: ReportFile;
  readonly haystack: string;
}

/** @returns one row for each finding, in the order of the report. */
export function toRows({ findings, files }: Pick<ReportData, 'findings' | 'files'>): readonly Row[] {
  return findings.flatMap((finding) => {
    const file = files[finding.file];
    if (file === undefined) return [];
    const { rule, message, scope, accepted } = finding;
    const searched = [file.path, rule, message, scope, ...file.owners, accepted?.reason ?? '', accepted?.owner ?? ''];
    return { finding, file, haystack: searched.join('\n').toLowerCase() };
  });
}

/** The values of a facet that a finding has. Directories: all those it lies in, with `/` at the end. */
export function valuesOf({ finding, file }: Row, facet: Facet): readonly string[] {
  switch (facet) {
    case 'status':
      return [finding.accepted === undefined ? OPEN : 'accepted'];
    case 'recording':
      return finding.recorded === undefined ? [] : [finding.recorded.label];
    case 'severity':
      return [finding.severity];
    case 'rule':
      return [finding.rule];
    case 'impact':
      return finding.impact === '' ? [] : [finding.impact];
    case 'directory':
      return [...directoriesOf(file.path), file.path];
    case 'owner':
      return file.owners.length === 0 ? [NOBODY] : file.owners;
    case 'fix':
      return [finding.fix?.applicability ?? 'none'];
  }
}

/** `a/b/c.py` lies in `a/` and `a/b/`. */
function directoriesOf(path: string): readonly string[] {
  return [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index + 1));
}

/** The rows that a filter admits. */
export function filterRows(rows: readonly Row[], { text, facets }: Filter): readonly Row[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const wanted = FACETS.flatMap((facet) => {
    const value = facets[facet] ?? (facet === 'status' ? OPEN : undefined);
    return value === undefined ? [] : [{ facet, value }];
  });
  return rows.filter(
    (row) =>
      words.every((word) => row.haystack.includes(word)) &&
      wanted.every(({ facet, value }) => valuesOf(row, facet).includes(value)),
  );
}

/** One value of a facet, and how many findings it would leave. */
export interface FacetCount {
  readonly value: string;
  readonly count: number;
  readonly errors: number;
}

/**
 * What a facet could be set to, most findings first: counted over what the rest of the filter admits. Of directories only
 * those directly below the chosen one.
 */
export function facetCounts(rows: readonly Row[], filter: Filter, facet: Facet): readonly FacetCount[] {
  const { [facet]: chosen, ...others } = filter.facets;
  const counts = new Map<string, { count: number; errors: number }>();
  for (const row of filterRows(rows, { ...filter, facets: others })) {
    for (const value of candidates(valuesOf(row, facet), facet, chosen)) {
      const known = counts.get(value) ?? { count: 0, errors: 0 };
      known.count += 1;
      known.errors += row.finding.severity === 'error' ? 1 : 0;
      counts.set(value, known);
    }
  }
  return [...counts]
    .map(([value, count]) => ({ value, ...count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

function candidates(values: readonly string[], facet: Facet, chosen: string | undefined): readonly string[] {
  if (facet !== 'directory') return values;
  const base = chosen?.endsWith('/') === true ? chosen : '';
  const below = values.find((value) => value.length > base.length && value.startsWith(base));
  return below === undefined ? [] : [below];
}

/** The filter with a facet set, or freed when it had that value already. */
export function toggle(filter: Filter, facet: Facet, value: string): Filter {
  const { [facet]: before, ...others } = filter.facets;
  return { ...filter, facets: before === value ? others : { ...others, [facet]: value } };
}

/** How findings can be ordered. */
export const ORDERS = ['impact', 'file', 'rule'] as const;
export type Order = (typeof ORDERS)[number];

const IMPACTS = ['high', 'medium', 'low'];

/** Rows in another order; those that are equal in it stay in order of place. */
export function sortRows(rows: readonly Row[], order: Order): readonly Row[] {
  const weight = ({ finding }: Row) =>
    (finding.severity === 'error' ? 0 : 10) + (IMPACTS.includes(finding.impact) ? IMPACTS.indexOf(finding.impact) : 3);
  switch (order) {
    case 'file':
      return rows;
    case 'impact':
      return [...rows].sort((a, b) => weight(a) - weight(b));
    case 'rule':
      return [...rows].sort((a, b) => (a.finding.rule < b.finding.rule ? -1 : a.finding.rule > b.finding.rule ? 1 : 0));
  }
}
