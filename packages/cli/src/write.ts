import { dirname, relative } from 'node:path';
import { isGitRoot, nearestUpward } from './climb';
import { errorCode, failureReason } from './disk';
import { isOutside } from './exclusion';
import type { Disk, Io } from './io';

/** What became of a write; `refused` leaves the file exactly as it was. */
export type WriteResult =
  /** `real`: the path with links resolved. */
  | { readonly kind: 'written'; readonly real: string }
  | { readonly kind: 'refused'; readonly messageId: string; readonly reason: string };

/**
 * Puts fixed bytes in the place of a file. The only write to a source file in the program.
 *
 * The file must be what was read, must be writable (renaming over it would get round its mode bits), and must lie in
 * the tree that its path is written in: a link out of the checkout is somebody else's file. It is replaced in one step,
 * keeping mode bits, so that an interruption leaves either the old or the new text. A link inside the tree stays a link.
 *
 * @param before - the bytes that the fix was computed from.
 */
export async function writeFixed(
  path: string,
  before: Uint8Array,
  after: Uint8Array,
  { disk, cwd }: Pick<Io, 'disk' | 'cwd'>,
): Promise<WriteResult> {
  try {
    const real = await disk.realpath(path);
    const tree = await disk.realpath(await treeOf(path, cwd, disk));
    if (isOutside(relative(tree, real)))
      return refused('outside-tree', `it is a symbolic link out of the tree, to ${real}`);
    const status = await disk.stat(real);
    if (!status.isFile()) return refused('not-a-file', 'it is no longer a regular file');
    if ((status.mode & 0o222) === 0) return refused('read-only', 'it is read-only');
    if (!Buffer.from(await disk.read(real)).equals(before))
      return refused('changed', 'it was changed by somebody else meanwhile');
    await disk.replace(real, after);
    return { kind: 'written', real };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return refused('deleted', 'it was deleted meanwhile');
    return refused('io', failureReason(error));
  }
}

/**
 * The directory that a fix may not leave: the checkout (or else the directory) that the tool runs in when the path as
 * written lies there, else the checkout or directory of the path.
 */
async function treeOf(path: string, cwd: string, disk: Disk): Promise<string> {
  const here = (await gitRoot(cwd, disk)) ?? cwd;
  if (!isOutside(relative(here, path))) return here;
  return (await gitRoot(dirname(path), disk)) ?? dirname(path);
}

async function gitRoot(directory: string, disk: Disk): Promise<string | undefined> {
  return nearestUpward(disk, async (candidate) => ((await isGitRoot(disk, candidate)) ? candidate : undefined))(
    directory,
  );
}

function refused(messageId: string, reason: string): WriteResult {
  return { kind: 'refused', messageId, reason };
}
