import { join, resolve } from 'node:path';
import { unifiedDiff } from '../diff';
import { failureReason } from '../disk';
import { describeBatch } from './message';
import { patchFile, patchName } from './patch';
import { resultOf, type Kept } from './prepared';
import { commitFiles } from './repository';
import type { Session } from './session';
import type { PlannedBatch } from './state';

/** The commit's hash or the patch's name, or why there is none. */
export type Made =
  { readonly kind: 'done'; readonly name: string } | { readonly kind: 'failed'; readonly reason: string };

/** Makes the commit or the patch of a batch whose files are fixed. */
export async function deliverBatch(
  batch: PlannedBatch,
  number: number,
  kept: readonly Kept[],
  session: Session,
): Promise<Made> {
  const { command, engine, verify } = session;
  const results = kept.map((each) => resultOf(each, { kind: 'written', real: each.real }));
  const message = describeBatch(batch, command.by, results, engine.rules, verify?.line);
  switch (command.output.kind) {
    case 'patches': {
      const diffs = kept.flatMap(({ file, fixed: { change } }) =>
        change === undefined ? [] : [unifiedDiff(file, change.before.file, change.after)],
      );
      const name = patchName(batch, number);
      try {
        const path = join(resolve(session.io.cwd, command.output.directory), name);
        await session.io.disk.create(path, patchFile(message, session.author, diffs));
      } catch (error) {
        return { kind: 'failed', reason: `the patch cannot be written: ${failureReason(error)}` };
      }
      for (const { file, after } of kept) session.patched.set(file, after);
      return { kind: 'done', name };
    }
    case 'commits':
      return commit(kept, `${message.subject}\n\n${message.body}`, command.output.hooks, session);
    case 'plan':
      return { kind: 'failed', reason: 'nothing is made for a plan' };
  }
}

/**
 * Commits; when a hook has reformatted the files, which hooks refuse to let pass, it is asked once more, after the user's
 * command has passed with what the hook made of them.
 */
async function commit(kept: readonly Kept[], message: string, hooks: boolean, session: Session): Promise<Made> {
  const { repository, verify, io } = session;
  const files = kept.map(({ file }) => file);
  const attempt = async (): Promise<Made> => {
    const answer = await commitFiles(repository, files, message, hooks);
    return answer.kind === 'done'
      ? { kind: 'done', name: answer.hash }
      : { kind: 'failed', reason: `git commit failed: ${answer.reason}` };
  };
  const first = await attempt();
  if (first.kind === 'done' || !hooks || io.signal.aborted) return first;
  const isChanged = async ({ path, after }: Kept) =>
    !Buffer.from(await io.disk.read(path).catch(() => Buffer.of())).equals(after);
  const reformatted = await Promise.all(kept.map(isChanged));
  if (!reformatted.includes(true)) return first;
  const verdict = await verify?.run();
  if (verdict !== undefined && verdict.kind !== 'passed') return first;
  return attempt();
}
