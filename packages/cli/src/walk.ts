import { basename, dirname, join, relative } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { isGitRoot } from './climb';
import { errorCode, failureReason } from './disk';
import { isExcluded, isOutside } from './exclusion';
import { isGitIgnored, listGitEntries } from './git-files';
import type { Io } from './io';
import type { SettingsFor } from './settings';

/** What is found below one directory. */
export interface Listing {
  /** Python files, absolute, in no particular order. */
  readonly files: string[];
  /** Things that were passed over and that a person may want to know of. */
  readonly notes: string[];
  /** Directories that cannot be read. */
  readonly unreadable: { readonly path: string; readonly reason: string }[];
}

interface Walk {
  readonly root: string;
  readonly forced: boolean;
  readonly io: Io;
  readonly settingsFor: SettingsFor;
  readonly show: (path: string) => string;
  readonly into: Listing;
}

/** Names of files with Python in them. */
export const PYTHON_FILE = /\.(?:pyi?|ipynb)$/;

/**
 * Lists the Python files below a directory. In a git checkout git says what is ignored, which is exact and fast;
 * elsewhere the directories are walked and their .gitignore files honoured. Symbolic links are never followed.
 */
export async function listPythonFiles(walk: Walk): Promise<void> {
  await listDirectory(walk, walk.root);
}

async function listDirectory(walk: Walk, directory: string): Promise<void> {
  const entries = await listGitEntries(directory, walk.io);
  // An ignored directory that was named is wanted: git lists nothing there.
  if (entries === undefined || (entries.length === 0 && (await isGitIgnored(directory, walk.io)))) {
    return walkDirectory(walk, directory, []);
  }
  const environments = entries.filter(({ path }) => basename(path) === 'pyvenv.cfg').map(({ path }) => dirname(path));
  for (const { path, kind } of entries) {
    if (environments.some((environment) => path.startsWith(`${environment}/`))) continue;
    const absolute = join(directory, path);
    const candidate = kind === 'symlink' || kind === 'unknown' || kind === 'repository' || PYTHON_FILE.test(path);
    if (!candidate || (await excluded(walk, absolute, kind === 'repository'))) continue;
    if (kind !== 'repository') await addFile(walk, absolute);
    // Of a submodule that is not checked out git says, asked from inside, that it contains itself.
    else if (await isGitRoot(walk.io.disk, absolute)) await listDirectory(walk, absolute);
    else await walkDirectory(walk, absolute, []);
  }
}

async function walkDirectory(walk: Walk, directory: string, ignores: readonly IgnoreFile[]): Promise<void> {
  let entries;
  try {
    entries = await walk.io.disk.list(directory);
  } catch (error) {
    walk.into.unreadable.push({ path: directory, reason: failureReason(error) });
    return;
  }
  // A virtual environment, whatever its name.
  if (directory !== walk.root && entries.some(({ name }) => name === 'pyvenv.cfg')) return;
  const inside = entries.some(({ name }) => name === '.gitignore')
    ? [...ignores, await readIgnoreFile(walk, directory)]
    : ignores;
  for (const entry of entries) {
    const path = join(directory, entry.name);
    const isDirectory = entry.isDirectory();
    if (!isDirectory && !entry.isSymbolicLink() && !PYTHON_FILE.test(entry.name)) continue;
    if (isIgnored(inside, path, isDirectory) || (await excluded(walk, path, isDirectory))) continue;
    if (isDirectory) await walkDirectory(walk, path, inside);
    else await addFile(walk, path);
  }
}

async function excluded(walk: Walk, path: string, isDirectory: boolean): Promise<boolean> {
  const { exclusions } = await walk.settingsFor(dirname(path));
  return isExcluded(exclusions, path, isDirectory, walk.forced ? undefined : walk.root);
}

/** Adds a regular file; says why for links that lead nowhere; other links are reached under their own name or not wanted. */
async function addFile(walk: Walk, path: string): Promise<void> {
  const { disk } = walk.io;
  try {
    const status = await disk.lstat(path);
    if (status.isSymbolicLink()) await noteLink(walk, path);
    else if (status.isFile() && PYTHON_FILE.test(path)) walk.into.files.push(path);
  } catch (error) {
    // Bytes that are no UTF-8 have become another name, which nothing has.
    if (errorCode(error) === 'ENOENT' && path.includes('\uFFFD')) {
      walk.into.unreadable.push({ path, reason: 'its name is not valid UTF-8' });
      return;
    }
    // Tracked by git but deleted: nothing to lint.
    if (errorCode(error) !== 'ENOENT') walk.into.unreadable.push({ path, reason: failureReason(error) });
  }
}

async function noteLink(walk: Walk, path: string): Promise<void> {
  const { disk } = walk.io;
  const note = (reason: string) => walk.into.notes.push(`${walk.show(path)}: skipped, ${reason}`);
  try {
    const target = await disk.realpath(path);
    const status = await disk.stat(target);
    const here = await disk.realpath(dirname(path));
    if (status.isDirectory() && !isOutside(relative(target, here)))
      note('a symbolic link to a directory that contains it');
  } catch (error) {
    // Editors mark open files with dangling links named `.#file`.
    if (!PYTHON_FILE.test(path) || basename(path).startsWith('.#')) return;
    note(errorCode(error) === 'ENOENT' ? 'a symbolic link to nothing' : failureReason(error));
  }
}

interface IgnoreFile {
  readonly directory: string;
  readonly patterns: Ignore;
}

async function readIgnoreFile({ io }: Walk, directory: string): Promise<IgnoreFile> {
  const content = await io.disk.read(join(directory, '.gitignore')).catch(() => Buffer.of());
  return { directory, patterns: ignore().add(Buffer.from(content).toString('utf8')) };
}

/** The deepest .gitignore that has an opinion decides, as in git. */
function isIgnored(ignores: readonly IgnoreFile[], path: string, isDirectory: boolean): boolean {
  for (const { directory, patterns } of ignores.toReversed()) {
    const name = relative(directory, path).replaceAll('\\', '/');
    const { ignored, unignored } = patterns.test(isDirectory ? `${name}/` : name);
    if (ignored || unignored) return ignored;
  }
  return false;
}
