import type { Disk, Io } from './io';
import { failureReason } from './disk';
import { printable } from './reporters/printable';
import type { VerifyCommand } from './verify-command';
import { writeFixed, type WriteResult } from './write';

/** New bytes for a file. */
export interface PlannedWrite {
  readonly path: string;
  /** What the fix was computed from. */
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** What became of a planned write; anything but `written` leaves the file with the bytes it had. */
export type WriteOutcome =
  | WriteResult
  /** It was written, the command failed, and the old bytes are back. */
  | { readonly kind: 'reverted'; readonly reason: string }
  /** The user stopped the program before it was known whether the command passes. */
  | { readonly kind: 'stopped' };

/** Outcomes by path. */
export type WriteOutcomes = ReadonlyMap<string, WriteOutcome>;

/**
 * Writes files and keeps those with which the user's command passes.
 *
 * All are written at once. When the command fails, all get their old bytes back and halves are tried, each on top of
 * what has passed, until the files that fail alone are left out: few runs when nothing breaks, and about
 * 2 log2(number of files) for each file that does.
 *
 * @param remember - puts down, before the first write and after each that passed, what is not checked yet.
 * @throws CliError when the command fails before anything was written.
 */
export async function writeVerified(
  writes: readonly PlannedWrite[],
  command: VerifyCommand,
  io: Io,
  remember: (pending: readonly PlannedWrite[]) => Promise<void> = () => Promise.resolve(),
): Promise<WriteOutcomes> {
  const outcomes = new Map<string, WriteOutcome>();
  const mark = (group: readonly PlannedWrite[], outcome: WriteOutcome) => {
    for (const { path } of group) outcomes.set(path, outcome);
  };
  if (writes.length === 0) return outcomes;
  if (io.signal.aborted || (await command.beforeFirstWrite()).kind === 'stopped') {
    mark(writes, { kind: 'stopped' });
    return outcomes;
  }

  let pending = writes;
  await remember(pending);
  const attempt = async (group: readonly PlannedWrite[]): Promise<void> => {
    if (io.signal.aborted) return mark(group, { kind: 'stopped' });
    const placed: (PlannedWrite & Replaced & { readonly release: () => void })[] = [];
    for (const write of group) {
      const release = io.disk.hold(write.path, write.before, write.after);
      const result = await writeFixed(write.path, write.before, write.after, io);
      outcomes.set(write.path, result);
      if (result.kind === 'written') placed.push({ ...write, real: result.real, release });
      else release();
    }
    if (placed.length === 0) return;
    const verdict = await command.run();
    if (verdict.kind !== 'passed') await putAllBack(placed, io);
    for (const { release } of placed) release();
    if (verdict.kind === 'passed') {
      pending = pending.filter((write) => !placed.some(({ path }) => path === write.path));
      if (pending.length > 0) await remember(pending);
      return;
    }
    if (verdict.kind === 'stopped') return mark(placed, verdict);
    if (placed.length === 1) return mark(placed, { kind: 'reverted', reason: verdict.reason });
    const middle = placed.length >> 1;
    await attempt(placed.slice(0, middle));
    await attempt(placed.slice(middle));
  };
  await attempt(writes);
  await remember([]);
  return outcomes;
}

/** A file that has new bytes. */
export interface Replaced {
  /** Where the bytes went, links resolved. */
  readonly real: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/**
 * Gives a file its old bytes back. Whatever is there that we did not write (the command changed it, or a person did) is
 * kept elsewhere, so that nothing is lost.
 *
 * @returns what a person has to know.
 */
export async function putBack({ real, before, after }: Replaced, disk: Disk): Promise<readonly string[]> {
  const notes: string[] = [];
  try {
    const present = await disk.read(real).catch(() => undefined);
    if (present !== undefined && Buffer.from(present).equals(before)) return notes;
    if (present !== undefined && !Buffer.from(present).equals(after)) {
      notes.push(
        `${real} was changed while the command ran; that version is kept in ${await disk.keep(real, present)}`,
      );
    }
    await disk.replace(real, before);
  } catch (error) {
    const place = await disk.keep(real, before).catch(() => undefined);
    notes.push(
      `${real} could not be put back: ${failureReason(error)}${place === undefined ? '' : `; its old content is in ${place}`}`,
    );
  }
  return notes;
}

/** Gives files their old bytes back, and tells what a person has to know. */
export async function putAllBack(replaced: readonly Replaced[], io: Pick<Io, 'disk' | 'stderr'>): Promise<void> {
  for (const each of replaced) {
    for (const note of await putBack(each, io.disk)) io.stderr.write(`warning: ${printable(note)}\n`);
  }
}
