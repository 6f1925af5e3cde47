import { extname } from 'node:path';
import { createGit } from './git';
import type { Io } from './io';

/** One entry of a git checkout that is not ignored. `path` is relative to the listed directory. */
export interface GitEntry {
  readonly path: string;
  /** `unknown`: untracked and without a suffix, so it may be a symbolic link to a directory. */
  readonly kind: 'file' | 'symlink' | 'repository' | 'unknown';
}

/**
 * Everything below a directory that git tracks or would track; repositories inside are one entry each.
 *
 * @returns undefined when the directory is not in a checkout or git cannot tell (not installed, another owner…).
 */
export async function listGitEntries(
  directory: string,
  io: Pick<Io, 'spawn' | 'env'>,
): Promise<readonly GitEntry[] | undefined> {
  const options = ['-z', '--stage', '--cached', '--others', '--exclude-standard'];
  const listed = await createGit(directory, io)(['ls-files', ...options]);
  if (listed.kind === 'failed') return undefined;
  const entries = new Map<string, GitEntry>();
  for (const line of listed.output.split('\0')) {
    if (line !== '') {
      const entry = parseEntry(line);
      entries.set(entry.path, entry);
    }
  }
  return [...entries.values()];
}

/** True when git ignores the directory as a whole, so that its listing is empty. */
export async function isGitIgnored(directory: string, io: Pick<Io, 'spawn' | 'env'>): Promise<boolean> {
  return (await createGit(directory, io)(['check-ignore', '-q', '.'])).kind === 'done';
}

/** `MODE HASH STAGE<tab>PATH` for tracked entries, `PATH` for others. */
function parseEntry(line: string): GitEntry {
  const tracked = /^(\d{6}) [0-9a-f]+ \d\t/.exec(line);
  if (tracked !== null) {
    const path = line.slice(tracked[0].length);
    switch (tracked[1]) {
      case '120000':
        return { path, kind: 'symlink' };
      case '160000':
        return { path, kind: 'repository' };
      default:
        return { path, kind: 'file' };
    }
  }
  if (line.endsWith('/')) return { path: line.slice(0, -1), kind: 'repository' };
  return { path: line, kind: extname(line) === '' ? 'unknown' : 'file' };
}
