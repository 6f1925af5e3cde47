import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { appendFile, lstat, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { types } from 'node:util';
import writeFileAtomic from 'write-file-atomic';
import type { Disk } from './io';

const held = new Map<string, { readonly before: Uint8Array; readonly after: Uint8Array }>();

/** Keeps the promises of `hold`; synchronous, because nothing else runs any more. */
export function restoreHeld(): void {
  for (const [path, { before, after }] of held) {
    if (readFileSync(path).equals(after)) writeFileSync(path, before);
  }
  held.clear();
}

/** The real file system. */
export const nodeDisk: Disk = {
  stat: (path) => stat(path),
  lstat: (path) => lstat(path),
  read: (path) => readFile(path),
  hasFile: (path) => {
    try {
      return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
    } catch {
      // A part of the path is no directory, or may not be searched: nothing can be imported from there.
      return false;
    }
  },
  list: (directory) => readdir(directory, { withFileTypes: true }),
  realpath: (path) => realpath(path),
  replace: (path, bytes) => writeFileAtomic(path, Buffer.from(bytes)),
  append: async (path, text) => {
    await mkdir(dirname(path), { recursive: true });
    await appendFile(path, text);
  },
  create: async (path, content) => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  },
  remove: (path) => rm(path, { force: true }),
  keep: async (name, bytes) => {
    const path = join(await mkdtemp(join(tmpdir(), 'pylint-leaks-kept-')), basename(name));
    await writeFile(path, bytes);
    return path;
  },
  hold: (path, before, after) => {
    held.set(path, { before, after });
    return () => void held.delete(path);
  },
};

/** The `code` of a file system error (`ENOENT`…), or undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
  return types.isNativeError(error) && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOENT: 'it does not exist',
  ELOOP: 'its symbolic links form a loop',
  ENOTDIR: 'a part of the path is not a directory',
  EISDIR: 'it is a directory',
  EMFILE: 'too many open files',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device',
  ENAMETOOLONG: 'the name is too long',
  EIO: 'the device reports an input/output error',
};

/** Says in a few words why a file operation failed. */
export function failureReason(error: unknown): string {
  const code = errorCode(error);
  if (code !== undefined) return REASONS[code] ?? code;
  return (types.isNativeError(error) ? error.message : String(error)).split('\n')[0] ?? '';
}
