import type { FileReport, Finding } from '../finding';
import { count } from '../reporters/summary';
import { recordedKind } from './kinds';
import { matchSites } from './match';
import { NEVER_EXECUTED, observed, unknown, type Observation } from './observation';
import type { RecordedSite, Recording } from './record';

/** What a recording adds to the reports of a run. */
export interface Observed {
  readonly reports: readonly FileReport[];
  readonly notes: readonly string[];
}

/** Hashes of files as they are now, by path; those that could not be read are missing. */
export type Hashes = ReadonlyMap<string, string>;

/**
 * Says of each finding what the recording knows, puts what leaked first, and names leaks that no finding is about.
 *
 * @param hashes - tell whether a file is the one that was recorded.
 */
export function observe(reports: readonly FileReport[], recording: Recording, hashes: Hashes): Observed {
  const changed: string[] = [];
  const judged = reports.map((report) => {
    const { current, isChanged } = sitesOf(report, recording.sites, hashes.get(report.path));
    if (isChanged && report.findings.length > 0) changed.push(report.display);
    return judge(report, current, isChanged, recording);
  });
  const notes = [
    ...(recording.badLines === 0 ? [] : [`evidence: ${count(recording.badLines, 'line')} skipped that are no records`]),
    ...(recording.isPartial
      ? ['evidence: the program made more than was noted, so what is not in it may have run']
      : []),
    ...changed.map((file) => `evidence: ${file} is not the file that was recorded; record again to judge it`),
    totals(judged),
    ...judged.flatMap(({ display, unreported = [] }) =>
      unreported.map(
        (site) =>
          `evidence: ${display}:${site.line}: ${site.leaked} of ${site.created} leaked (${site.kind}, in ${site.function}) without a finding`,
      ),
    ),
  ];
  return { reports: judged, notes };
}

/** The recorded calls in a file: those in its very text, and whether there are some in another one. */
function sitesOf({ path, display }: FileReport, sites: readonly RecordedSite[], hash: string | undefined) {
  const name = path.replace(/^.*[\\/]/, '');
  // In a container the directories have other names; the content proves that it is the same file.
  const isSame = (site: RecordedSite) =>
    hash !== undefined && site.sha256 === hash && site.path.replace(/^.*[\\/]/, '') === name;
  const current = sites.filter(isSame);
  const isHere = (site: RecordedSite) => site.path === path || site.path.endsWith(`/${display.replaceAll('\\', '/')}`);
  return { current, isChanged: current.length === 0 && sites.some(isHere) };
}

function judge(
  report: FileReport,
  sites: readonly RecordedSite[],
  isChanged: boolean,
  recording: Recording,
): FileReport {
  const { source, findings } = report;
  if (source === undefined) return report;
  // What the baseline accepts is a finding too.
  const all = [...findings, ...(report.accepted ?? []).map(({ finding }) => finding)];
  const matches = matchSites(source, all, sites);
  const observationOf = (finding: Finding): Observation => {
    const kind = recordedKind(finding);
    if (kind === undefined || !recording.kinds.has(kind)) return unknown('such resources are not recorded');
    if (isChanged) return unknown('the file changed since it was recorded');
    const [first, ...more] = matches.get(finding) ?? [];
    if (first !== undefined) return observed([first, ...more]);
    return recording.isPartial ? unknown('the recording is not complete') : NEVER_EXECUTED;
  };
  const matched = new Set([...matches.values()].flat());
  const withObservation = (finding: Finding): Finding =>
    isAboutResource(finding) ? { ...finding, observation: observationOf(finding) } : finding;
  return {
    ...report,
    ...(report.accepted === undefined
      ? {}
      : { accepted: report.accepted.map((each) => ({ ...each, finding: withObservation(each.finding) })) }),
    findings: findings.map(withObservation).sort(byRank),
    unreported: sites.filter((site) => site.leaked > 0 && !matched.has(site) && !livesAsLongAsTheProgram(site)),
  };
}

/** What a module makes once when it is loaded is meant to be there until the end, and no rule objects. */
function livesAsLongAsTheProgram(site: RecordedSite): boolean {
  return site.function === '<module>' && site.mostInOneProcess === 1;
}

/** What findings have in place of a resource when they are about a text or a file. */
const NO_RESOURCES: ReadonlySet<string> = new Set(['', 'syntax']);

/** Syntax errors and unreadable files are nothing that a running program could confirm. */
export function isAboutResource({ data }: Finding): boolean {
  return !NO_RESOURCES.has(data.resource);
}

/** Highest rank first; what has none keeps its place before everything else. */
function byRank(a: Finding, b: Finding): number {
  return rankOf(b) - rankOf(a);
}

function rankOf({ observation }: Finding): number {
  return observation?.rank ?? 100;
}

/** The order of files in a report: the one with the worst finding first. */
export function byWorst(a: FileReport, b: FileReport): number {
  const worst = ({ findings }: FileReport) => Math.max(-1, ...findings.map(rankOf));
  return worst(b) - worst(a) || (a.display < b.display ? -1 : 1);
}

function totals(reports: readonly FileReport[]): string {
  const all = reports.flatMap(({ findings }) => findings.flatMap(({ observation }) => observation ?? []));
  const of = (label: Observation['label']) => all.filter((each) => each.label === label).length;
  return `evidence: ${of('confirmed')} confirmed, ${of('clean')} exercised and clean, ${of('never-executed')} never executed, ${of('unknown')} unknown`;
}
