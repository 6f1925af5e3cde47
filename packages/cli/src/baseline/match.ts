import type { FileReport, Finding } from '../finding';
import { covers, entryOf, fingerprintKey, keyOf, type BaselineEntry } from './entry';

/** What a comparison needs to know besides findings and entries. */
export interface MatchContext {
  /** Name of a report's file as entries write it. */
  readonly nameOf: (report: FileReport) => string;
  /** True when there is no such file any more. */
  readonly isGone: (file: string) => boolean;
  /** Today as YYYY-MM-DD, in UTC. */
  readonly today: string;
}

/** A finding with the entry that would cover it. */
interface Candidate {
  readonly report: FileReport;
  readonly finding: Finding;
  readonly wanted: BaselineEntry;
}

/**
 * What a baseline says of a finding: accepted; `expired`, the entry counts no longer; `outgrown`, the finding has become
 * worse than what was accepted; `new`, there is no entry.
 */
export type BaselineState = 'accepted' | 'expired' | 'outgrown' | 'new';

/** A finding with the entry that would describe it now, and the one that stands in the baseline. */
export type Judged = { readonly finding: Finding; readonly wanted: BaselineEntry } & (
  | { readonly state: 'new'; readonly entry: undefined }
  | { readonly state: Exclude<BaselineState, 'new'>; readonly entry: BaselineEntry }
);

/** How the findings of a run compare with a baseline. */
export interface Match {
  readonly judged: readonly Judged[];
  /** Entries that no finding of the run belongs to. Whether their file was looked at is another question. */
  readonly unmatched: readonly BaselineEntry[];
}

/**
 * Compares findings with accepted ones, by fingerprint. An entry covers one finding. What is left over on both sides is
 * compared once more without the file, for files that were renamed and functions that went to another file.
 */
export function matchBaseline(
  reports: readonly FileReport[],
  entries: readonly BaselineEntry[],
  context: MatchContext,
): Match {
  const candidates = reports.flatMap((report) =>
    report.findings.flatMap((finding): Candidate[] => {
      const wanted = entryOf(context.nameOf(report), finding);
      return wanted === undefined ? [] : [{ report, finding, wanted }];
    }),
  );
  const pairs = new Map<Candidate, BaselineEntry>();
  const left = new Map(entries.map((entry) => [keyOf(entry), entry]));
  for (const candidate of candidates) {
    const key = keyOf(candidate.wanted);
    const entry = left.get(key);
    if (entry === undefined) continue;
    pairs.set(candidate, entry);
    left.delete(key);
  }
  const free = candidates.filter((candidate) => !pairs.has(candidate));
  for (const [candidate, entry] of followMoves(free, [...left.values()], reports, context)) {
    pairs.set(candidate, entry);
    left.delete(keyOf(entry));
  }

  const judged = candidates.map((candidate): Judged => {
    const { finding, wanted } = candidate;
    const entry = pairs.get(candidate);
    return entry === undefined
      ? { finding, wanted, state: 'new', entry }
      : { finding, wanted, state: stateOf(entry, wanted, context.today), entry };
  });
  return { judged, unmatched: [...left.values()] };
}

function stateOf(entry: BaselineEntry, wanted: BaselineEntry, today: string): Exclude<BaselineState, 'new'> {
  if (entry.expires !== undefined && entry.expires < today) return 'expired';
  return covers(entry, wanted) ? 'accepted' : 'outgrown';
}

/**
 * Pairs entries whose place is gone with equal findings elsewhere: the file no longer exists, or the function is no
 * longer defined in it. A file that took most of another's findings is the better guess, then one of the same name.
 */
function followMoves(
  free: readonly Candidate[],
  left: readonly BaselineEntry[],
  reports: readonly FileReport[],
  context: MatchContext,
): ReadonlyMap<Candidate, BaselineEntry> {
  const texts = new Map(reports.map((report) => [context.nameOf(report), report.source?.text]));
  const homeless = left.filter(({ file, scope }) => {
    if (context.isGone(file)) return true;
    const text = texts.get(file);
    return text !== undefined && !defines(text, scope);
  });
  const byKey = groupByKey(free);
  const isFrom = (entry: BaselineEntry) => (byKey.get(fingerprintKey(entry)) ?? []).map(({ wanted }) => wanted.file);
  const moves = new Map<string, number>();
  const moveOf = (from: string, to: string) => `${from}\0${to}`;
  for (const entry of homeless) {
    for (const to of isFrom(entry)) moves.set(moveOf(entry.file, to), (moves.get(moveOf(entry.file, to)) ?? 0) + 1);
  }

  const pairs = new Map<Candidate, BaselineEntry>();
  for (const entry of homeless) {
    const likely = (candidate: Candidate) =>
      (moves.get(moveOf(entry.file, candidate.wanted.file)) ?? 0) * 2 + Number(isSameName(candidate.wanted, entry));
    const choices = (byKey.get(fingerprintKey(entry)) ?? []).filter((candidate) => !pairs.has(candidate));
    const [best] = choices.sort((a, b) => likely(b) - likely(a));
    if (best !== undefined) pairs.set(best, entry);
  }
  return pairs;
}

function groupByKey(candidates: readonly Candidate[]): ReadonlyMap<string, readonly Candidate[]> {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const key = fingerprintKey(candidate.wanted);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [candidate]);
    else group.push(candidate);
  }
  return groups;
}

/** Whether a text still defines the function or class that a scope names. */
function defines(text: string, scope: string): boolean {
  const name = scope.split('.').at(-1) ?? '';
  return !/^\w+$/u.test(name) || new RegExp(`\\b(?:def|class)\\s+${name}\\b`, 'u').test(text);
}

function isSameName(a: BaselineEntry, b: BaselineEntry): boolean {
  return a.file.split('/').at(-1) === b.file.split('/').at(-1);
}
