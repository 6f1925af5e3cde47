import { CliError } from '../cli-error';
import { hash } from '../proof';
import { fixWith, placeOf, type Session } from './session';
import type { MigrateState } from './state';

/**
 * Makes the texts again that the patches so far lead to, for later patches that build on them.
 * @throws CliError when a file is no longer what its patch was made for.
 */
export async function replayPatches({ batches }: MigrateState, session: Session): Promise<void> {
  if (session.command.output.kind !== 'patches') return;
  for (const { result, rule } of batches) {
    for (const { file, kind, sha256 } of result?.files ?? []) {
      if (kind !== 'fixed' || sha256 === undefined) continue;
      const before = session.patched.get(file) ?? (await session.io.disk.read(placeOf(session, file)));
      const { change } = await fixWith(file, before, rule, session);
      if (hash(before) !== sha256.before || change === undefined || hash(change.bytes) !== sha256.after)
        throw new CliError(
          `--resume: ${file} is no longer what ${result?.made ?? 'its patch'} was made for; start again without --resume`,
        );
      session.patched.set(file, change.bytes);
    }
  }
}
