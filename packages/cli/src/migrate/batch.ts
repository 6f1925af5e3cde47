import { failureReason } from '../disk';
import { hash, proveFile } from '../proof';
import { writeFixed } from '../write';
import { putAllBack, writeVerified, type WriteOutcome, type WriteOutcomes } from '../write-verified';
import { deliverBatch } from './deliver-batch';
import { resultOf, type Kept, type Prepared } from './prepared';
import { changedFiles, trackedFiles } from './repository';
import { fixWith, placeOf, type Session } from './session';
import type { BatchResult, MigratedFile, MigrateState, PlannedBatch } from './state';

/** What became of a batch; a stopped one has left no trace. */
export type BatchOutcome = { readonly kind: 'done'; readonly result: BatchResult } | { readonly kind: 'stopped' };

/**
 * Takes one batch through fix, write, the user's command, and commit or patch. Files that cannot be written, with which
 * the command fails, or which git refuses, have their old bytes back afterwards.
 *
 * @param number - place of the batch in the plan, from 1.
 */
export async function runBatch(
  batch: PlannedBatch,
  number: number,
  state: MigrateState,
  session: Session,
): Promise<BatchOutcome> {
  const { io } = session;
  const { prepared, others } = await prepare(batch, session);
  if (prepared.length === 0) return { kind: 'done', result: { files: [...others] } };

  await session.save({ ...state, inFlight: prepared.map(remember) });
  const outcomes = await write(prepared, session);
  const outcomeOf = ({ path }: Prepared): WriteOutcome => outcomes.get(path) ?? { kind: 'stopped' };
  const kept = prepared.flatMap((each): readonly Kept[] => {
    const outcome = outcomeOf(each);
    return outcome.kind === 'written' ? [{ ...each, real: outcome.real }] : [];
  });
  const undo = () =>
    putAllBack(
      kept.map(({ real, onDisk, after }) => ({ real, before: onDisk, after })),
      io,
    );
  if ([...outcomes.values()].some(({ kind }) => kind === 'stopped')) {
    await undo();
    return { kind: 'stopped' };
  }

  const made = kept.length === 0 ? undefined : await deliverBatch(batch, number, kept, session);
  // A patch is there to be applied later; a commit that was refused leaves nothing.
  if (session.command.output.kind === 'patches' || made?.kind === 'failed') await undo();
  if (made?.kind === 'failed' && io.signal.aborted) return { kind: 'stopped' };
  const refusal = made?.kind === 'failed' ? made.reason : undefined;
  for (const each of prepared)
    prove(each, refusal === undefined ? outcomeOf(each) : { kind: 'reverted', reason: refusal }, session);
  const files = [...others, ...prepared.map((each) => resultOf(each, outcomeOf(each), refusal))];
  files.sort((a, b) => (a.file < b.file ? -1 : 1));
  return { kind: 'done', result: { ...(made?.kind === 'done' ? { made: made.name } : {}), files } };
}

/** Fixes the files in memory; those that may not be touched, or need not, have their result already. */
async function prepare(
  batch: PlannedBatch,
  session: Session,
): Promise<{ readonly prepared: readonly Prepared[]; readonly others: readonly MigratedFile[] }> {
  const changed = new Set(await changedFiles(session.repository));
  const tracked = await trackedFiles(session.repository);
  const prepared: Prepared[] = [];
  const others: MigratedFile[] = [];
  for (const file of batch.files) {
    const path = placeOf(session, file);
    const skip = (reason: string) => others.push({ file, kind: 'skipped', reason, fixes: [] });
    if (!tracked.has(file)) {
      skip('git does not track the file');
      continue;
    }
    if (changed.has(file)) {
      skip('the file has changes that are not committed');
      continue;
    }
    try {
      const onDisk = await session.io.disk.read(path);
      const before = session.patched.get(file) ?? onDisk;
      const fixed = await fixWith(file, before, batch.rule, session);
      if (fixed.change === undefined) others.push({ file, kind: 'unchanged', fixes: [] });
      else prepared.push({ file, path, onDisk, before, fixed, after: fixed.change.bytes });
    } catch (error) {
      skip(`the file cannot be read: ${failureReason(error)}`);
    }
  }
  return { prepared, others };
}

async function write(prepared: readonly Prepared[], session: Session): Promise<WriteOutcomes> {
  const { io, verify, command } = session;
  const writes = prepared.map(({ path, onDisk, after }) => ({ path, before: onDisk, after }));
  if (verify !== undefined) return writeVerified(writes, verify, io);
  const outcomes = new Map<string, WriteOutcome>();
  for (const { path, before, after } of writes) {
    // For a patch alone nothing has to be on disk.
    if (command.output.kind === 'patches') outcomes.set(path, { kind: 'written', real: path });
    else outcomes.set(path, await writeFixed(path, before, after, io));
  }
  return outcomes;
}

function remember({ path, onDisk, after }: Prepared): MigrateState['inFlight'][number] {
  return { path, before: Buffer.from(onDisk).toString('base64'), after: hash(after) };
}

function prove({ before, after, fixed }: Prepared, written: WriteOutcome, { proofs }: Session): void {
  if (fixed.change === undefined || fixed.outcome === undefined) return;
  const reports = { before: fixed.change.unfixed, after: fixed.report };
  proofs.push(proveFile({ before, after, outcome: fixed.outcome, reports, written }));
}
