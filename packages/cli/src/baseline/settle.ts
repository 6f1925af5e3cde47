import type { FileReport, Finding } from '../finding';
import { count } from '../reporters/summary';
import { formatBaseline, type BaselineEntry } from './entry';
import type { BaselineState, Judged, Match } from './match';

/**
 * What a run does with the baseline: only read it; read it and fail when it should be shorter (`locked`); drop entries
 * whose findings are gone (`shrink`), also those of rules that no longer exist (`prune`); take in all findings (`write`).
 */
export type BaselineUse = 'read' | 'locked' | 'shrink' | 'prune' | 'write';

/** What a run looked at, so that a finding that is gone can be told from one that nobody looked for. */
export interface Looked {
  /** True when the file was linted, or lies where the run looked and does not exist any more. */
  readonly sawFile: (file: string) => boolean;
  /** True when the rule was run. */
  readonly wasRun: (rule: string) => boolean;
  /** True when there is such a rule. */
  readonly isRule: (rule: string) => boolean;
}

/** What a baseline makes of a run. */
export interface Settlement {
  /** Without the findings that are accepted. */
  readonly reports: readonly FileReport[];
  /** The entries to write; undefined when the file stays as it is. */
  readonly entries: readonly BaselineEntry[] | undefined;
  readonly notes: readonly string[];
  /** Reasons for exit code 1 besides findings. */
  readonly failures: readonly string[];
}

/** Of a long list the first ones are named. */
const SHOWN = 3;

/** States whose findings a run leaves out of its report. */
const ACCEPTED: Readonly<Record<BaselineUse, readonly BaselineState[]>> = {
  read: ['accepted'],
  locked: ['accepted'],
  shrink: ['accepted'],
  prune: ['accepted'],
  write: ['accepted', 'outgrown', 'new'],
};

/**
 * Takes accepted findings out of the reports and says what the baseline should be afterwards. Pure.
 *
 * @param show - name of the baseline file, for notes.
 */
export function settle(
  reports: readonly FileReport[],
  entries: readonly BaselineEntry[],
  { judged, unmatched }: Match,
  use: BaselineUse,
  looked: Looked,
  show: string,
): Settlement {
  const isStale = ({ file, rule }: BaselineEntry) =>
    (looked.sawFile(file) && looked.wasRun(rule)) || (use === 'prune' && !looked.isRule(rule));
  const stale = unmatched.filter(isStale);
  const inBaseline = judged.filter(({ state }) => ACCEPTED[use].includes(state));
  const accepted = new Map(inBaseline.map(({ finding, entry }) => [finding, entry]));
  const settled = {
    reports: reports.map((report) => splitReport(report, accepted)),
    notes: [...warnings(judged, use, show), ...acceptedNote(accepted.size, show)],
  };
  if (use === 'read') return { ...settled, entries: undefined, failures: [] };
  if (use === 'locked') {
    const failures = stale.length === 0 ? [] : [lockedOut(stale, show)];
    return { ...settled, entries: undefined, failures };
  }
  const renewed = [...judged.flatMap((each) => renew(each, use)), ...unmatched.filter((entry) => !isStale(entry))];
  const isSame = formatBaseline(renewed) === formatBaseline(entries);
  return {
    ...settled,
    entries: isSame ? undefined : renewed,
    notes: [...settled.notes, ...changeNotes(judged, stale, use, show)],
    failures: [],
  };
}

function splitReport(report: FileReport, accepted: ReadonlyMap<Finding, BaselineEntry | undefined>): FileReport {
  if (!report.findings.some((finding) => accepted.has(finding))) return report;
  return {
    ...report,
    findings: report.findings.filter((finding) => !accepted.has(finding)),
    accepted: report.findings
      .filter((finding) => accepted.has(finding))
      .map((finding) => {
        const { reason, owner, expires } = accepted.get(finding) ?? {};
        return { finding, reason, owner, expires };
      }),
  };
}

/** The entry as it is written now. Reason, owner and date stay; a date that has passed is for a person to change. */
function renew({ state, entry, wanted }: Judged, use: BaselineUse): readonly BaselineEntry[] {
  switch (state) {
    case 'new':
      return use === 'write' ? [wanted] : [];
    case 'accepted':
      return [{ ...entry, file: wanted.file, path: wanted.path }];
    case 'outgrown':
      return [{ ...entry, file: wanted.file, path: use === 'write' ? wanted.path : entry.path }];
    case 'expired':
      return [{ ...entry, file: wanted.file }];
  }
}

function acceptedNote(size: number, show: string): readonly string[] {
  return size === 0 ? [] : [`${show}: ${count(size, 'finding is', 'findings are')} accepted and not reported`];
}

function warnings(judged: readonly Judged[], use: BaselineUse, show: string): readonly string[] {
  const all = judged.flatMap(({ state, entry }) => {
    if (state === 'expired') return [`${show}: expired on ${entry.expires ?? ''}: ${describe(entry)}`];
    if (state === 'outgrown' && use !== 'write') return [`${show}: worse than what was accepted: ${describe(entry)}`];
    return [];
  });
  if (all.length <= SHOWN) return all;
  return [...all.slice(0, SHOWN), `${show}: and ${all.length - SHOWN} more that expired or are worse than accepted`];
}

function changeNotes(
  judged: readonly Judged[],
  stale: readonly BaselineEntry[],
  use: BaselineUse,
  show: string,
): readonly string[] {
  const added = use === 'write' ? judged.filter(({ state }) => state === 'new').length : 0;
  const moved = judged.filter(({ entry, wanted }) => entry !== undefined && entry.file !== wanted.file).length;
  const parts = [
    ...(added > 0 ? [`${count(added, 'entry', 'entries')} added`] : []),
    ...(moved > 0 ? [`${count(moved, 'entry', 'entries')} moved to another file`] : []),
    ...(stale.length > 0
      ? [`${count(stale.length, 'entry', 'entries')} dropped, because nothing is found there any more`]
      : []),
  ];
  return parts.length === 0 ? [] : [`${show}: ${parts.join('; ')}`];
}

function lockedOut(stale: readonly BaselineEntry[], show: string): string {
  const some = stale.slice(0, SHOWN).map(describe).join('; ');
  const more = stale.length > SHOWN ? `; and ${stale.length - SHOWN} more` : '';
  const what = stale.length === 1 ? '1 entry is' : `${stale.length} entries are`;
  return `${show}: ${what} out of date (${some}${more}): run pylint-leaks --prune-baseline and commit the file`;
}

function describe({ file, rule, scope, code }: BaselineEntry): string {
  return `${file} ${scope}: ${rule} ${code}`;
}
