import { join, resolve } from 'node:path';
import { z } from 'zod';
import { CliError } from '../cli-error';
import { isGitRoot, nearestUpward } from '../climb';
import { errorCode, failureReason } from '../disk';
import type { Disk, Io } from '../io';
import { hash } from '../proof';
import { printable } from '../reporters/printable';
import type { PlannedWrite } from '../write-verified';

const entry = z.strictObject({ path: z.string(), before: z.base64(), after: z.string() });
const journal = z.strictObject({ version: z.literal(1), files: z.array(entry) });

/** A file that has fixes which the user's command has not passed yet: its old bytes (base64) and the hash of the new ones. */
export type Unfinished = Readonly<z.infer<typeof entry>>;

/** What an earlier run has left, and where that is written down. */
export interface Journal {
  readonly path: string;
  readonly files: readonly Unfinished[];
}

const NAME = 'pylint-leaks-unfinished.json';

/**
 * Where a run puts down old contents for as long as fixed files are not checked: in the git directory, where it is in nobody's
 * way, else in the working directory.
 */
export async function journalPath({ cwd, disk }: Pick<Io, 'cwd' | 'disk'>): Promise<string> {
  const gitDirectory = await nearestUpward(disk, async (directory) =>
    (await isGitRoot(disk, directory)) ? gitDirectoryOf(directory, disk) : undefined,
  )(cwd);
  return gitDirectory === undefined ? join(cwd, `.${NAME}`) : join(gitDirectory, NAME);
}

/** Of a linked work tree or a submodule `.git` is a file that names it. */
async function gitDirectoryOf(root: string, disk: Disk): Promise<string | undefined> {
  const path = join(root, '.git');
  try {
    if ((await disk.stat(path)).isDirectory()) return path;
    const [, named] = /^gitdir: (.+?)\r?\n?$/.exec(Buffer.from(await disk.read(path)).toString('utf8')) ?? [];
    return named === undefined ? undefined : resolve(root, named);
  } catch {
    return undefined;
  }
}

/**
 * What a run that was cut off has left here; undefined when there is nothing.
 *
 * @throws CliError when there is a journal that cannot be read: it may hold the only copy of something.
 */
export async function readJournal(io: Pick<Io, 'cwd' | 'disk'>): Promise<Journal | undefined> {
  const path = await journalPath(io);
  let text: string;
  try {
    text = Buffer.from(await io.disk.read(path)).toString('utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw new CliError(`${path} cannot be read: ${failureReason(error)}`);
  }
  const parsed = journal.safeParse(parseJson(text));
  if (parsed.success) return { path, files: parsed.data.files };
  throw new CliError(
    `${path} was left by another version of pylint-leaks and may hold old contents of files (base64): look at it, then delete it`,
  );
}

/** Writes down what is not checked yet; nothing left means that the journal goes away. */
export function keepJournal(path: string, io: Io): (pending: readonly PlannedWrite[]) => Promise<void> {
  let isWarned = false;
  return async (pending) => {
    const files = pending.map(({ path: file, before, after }) => ({
      path: file,
      before: Buffer.from(before).toString('base64'),
      after: hash(after),
    }));
    try {
      if (files.length === 0) await io.disk.remove(path);
      else await io.disk.replace(path, Buffer.from(`${JSON.stringify({ version: 1, files })}\n`));
    } catch (error) {
      if (!isWarned)
        io.stderr.write(
          `warning: ${printable(path)} cannot be written (${failureReason(error)}): should this run be killed outright, fixed files stay unchecked\n`,
        );
      isWarned = true;
    }
  };
}

/** How a file of a journal stands now. */
export type Standing = 'old' | 'fixed' | 'changed' | 'gone';

/** Compares a file with what the journal says about it. */
export async function standingOf({ path, before, after }: Unfinished, disk: Disk): Promise<Standing> {
  const present = await disk.read(path).catch(() => undefined);
  if (present === undefined) return 'gone';
  if (Buffer.from(present).equals(Buffer.from(before, 'base64'))) return 'old';
  return hash(present) === after ? 'fixed' : 'changed';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
