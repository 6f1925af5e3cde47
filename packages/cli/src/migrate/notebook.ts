import { dirname, resolve } from 'node:path';
import { CliError } from '../cli-error';
import type { Io } from '../io';
import { hash } from '../proof';
import { putAllBack } from '../write-verified';
import { printable } from '../reporters/printable';
import type { MigrateCommand } from './command';
import { changedFiles, pathInside, type Repository } from './repository';
import { readState, writeState, type FoundState, type MigrateSettings, type MigrateState } from './state';

/** Where a migration remembers what is done. */
export interface Notebook {
  /** What an earlier run has left to do; undefined at the start. */
  readonly begun: MigrateState | undefined;
  readonly save: (state: MigrateState) => Promise<void>;
}

/**
 * Opens the state file: in the git directory, where it is in nobody's way, unless another one is named. Files that an
 * earlier run was changing when it died have their old bytes back afterwards.
 *
 * @throws CliError when it cannot be gone on with as asked.
 */
export async function openNotebook(
  command: MigrateCommand,
  settings: MigrateSettings,
  repository: Repository,
  io: Io,
): Promise<Notebook> {
  const path = await statePath(command, repository, io);
  const shown = command.stateFile ?? path;
  const save = (state: MigrateState) => writeState(path, shown, state, io.disk);
  const found = await readState(path, shown, io.disk);
  if (found.kind === 'foreign') await setAside(found, { path, shown }, command, io);
  const known = found.kind === 'state' ? found.state : undefined;
  if (!command.resume) {
    if (known !== undefined && known.inFlight.length > 0 && command.output.kind !== 'plan')
      throw new CliError(
        `an earlier migration was cut off in the middle of a batch: --resume puts its files back and goes on (or delete ${shown})`,
      );
    return { begun: undefined, save };
  }
  if (known === undefined) throw new CliError(`--resume: there is nothing to go on with (${shown} does not exist)`);
  const different = (Object.keys(settings) as (keyof MigrateSettings)[]).find(
    (key) => JSON.stringify(settings[key]) !== JSON.stringify(known.settings[key]),
  );
  if (different !== undefined)
    throw new CliError(
      `--resume: ${different} was ${JSON.stringify(known.settings[different])} when the migration began, and is ${JSON.stringify(settings[different])} now`,
    );
  await putCutOffBack(known, repository, io);
  const begun = { ...known, inFlight: [] };
  if (known.inFlight.length > 0) await save(begun);
  return { begun, save };
}

/**
 * A state file of another version is of no use to this one, but may be to somebody: a plan only mentions it, a new migration
 * keeps a copy of it, and what may hold old contents of files stops everything that writes.
 */
async function setAside(
  { bytes, isIdle }: Extract<FoundState, { kind: 'foreign' }>,
  { path, shown }: { readonly path: string; readonly shown: string },
  { output, resume }: MigrateCommand,
  io: Io,
): Promise<void> {
  const what = `${shown}: it is not a state file of this version`;
  const say = (text: string) => io.stderr.write(`note: ${printable(`${what}; ${text}`)}\n`);
  if (output.kind === 'plan') return say('it is not needed for a plan, and stays as it is');
  if (resume) throw new CliError(`${what}; go on with the version that wrote it, or start again without --resume`);
  if (!isIdle)
    throw new CliError(
      `${what}, and may hold old contents of files that were being changed: put them back with the version that wrote it, or delete it to start again`,
    );
  say(`this migration starts anew, and a copy of it is in ${await io.disk.keep(path, bytes)}`);
}

async function statePath(command: MigrateCommand, { git, root }: Repository, io: Io): Promise<string> {
  if (command.stateFile !== undefined) return resolve(io.cwd, command.stateFile);
  const answer = await git(['rev-parse', '--git-path', 'pylint-leaks-migrate.json']);
  if (answer.kind === 'failed') throw new CliError(`git: ${answer.reason}`);
  return resolve(root, answer.output.replace(/\r?\n$/, ''));
}

/** Files that are still as the run left them that died; a commit may have come through. */
async function putCutOffBack({ inFlight }: MigrateState, repository: Repository, io: Io): Promise<void> {
  const changed = new Set(inFlight.length === 0 ? [] : await changedFiles(repository));
  for (const { path, before, after } of inFlight) {
    const old = Buffer.from(before, 'base64');
    const real = await io.disk.realpath(path).catch(() => resolve(dirname(path), path));
    const file = pathInside(repository.root, real);
    const present = await io.disk.read(real).catch(() => undefined);
    if (file === undefined || !changed.has(file) || present === undefined || hash(present) === hash(old)) continue;
    if (hash(present) === after) await putAllBack([{ real, before: old, after: present }], io);
    else {
      const kept = await io.disk.keep(real, old);
      io.stderr.write(`warning: ${file} was changed since the migration was cut off; its old content is in ${kept}\n`);
    }
  }
}
