import type { Site } from './programs';

/** How often the linter is right about sites whose truth is known. */
export interface Score {
  readonly name: string;
  readonly sites: number;
  /** Leaks that are reported. */
  readonly found: number;
  /** Leaks that are not. */
  readonly missed: number;
  /** Sites that never leak and are reported. */
  readonly falseAlarms: number;
  /** Of the found ones, those whose path (all, some, exception) is right, too. */
  readonly rightPath: number;
}

/** Scores sites in groups, sorted by name. */
export function scoreBy(sites: readonly Site[], group: (site: Site) => string): readonly Score[] {
  const groups = new Map<string, Site[]>();
  for (const site of sites) {
    const members = groups.get(group(site));
    if (members === undefined) groups.set(group(site), [site]);
    else members.push(site);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, members]) => score(name, members));
}

/** Scores all sites as one group. */
export function score(name: string, sites: readonly Site[]): Score {
  const count = (holds: (site: Site) => boolean): number => sites.filter(holds).length;
  const leaks = ({ truth }: Site): boolean => truth !== 'never';
  const isReported = ({ paths }: Site): boolean => paths.length > 0;
  return {
    name,
    sites: sites.length,
    found: count((site) => leaks(site) && isReported(site)),
    missed: count((site) => leaks(site) && !isReported(site)),
    falseAlarms: count((site) => !leaks(site) && isReported(site)),
    rightPath: count((site) => leaks(site) && site.paths.includes(site.truth)),
  };
}

/** Share of reports that are right; undefined when nothing was reported. */
export function precision({ found, falseAlarms }: Score): number | undefined {
  return found + falseAlarms === 0 ? undefined : found / (found + falseAlarms);
}

/** Share of leaks that are reported; undefined when nothing leaks. */
export function recall({ found, missed }: Score): number | undefined {
  return found + missed === 0 ? undefined : found / (found + missed);
}
