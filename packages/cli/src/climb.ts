import { dirname, join } from 'node:path';
import type { Disk } from './io';

/** True when the directory is the root of a git checkout (`.git` is a file in worktrees and submodules). */
export async function isGitRoot(disk: Disk, directory: string): Promise<boolean> {
  return disk.lstat(join(directory, '.git')).then(
    () => true,
    () => false,
  );
}

/**
 * Answers a question about directories from the nearest one, at or above, that has an answer. Climbing ends at the root
 * of the git checkout or of the file system. Each directory is asked once.
 */
export function nearestUpward<Answer>(
  disk: Disk,
  ask: (directory: string) => Promise<Answer | undefined>,
): (directory: string) => Promise<Answer | undefined> {
  const answers = new Map<string, Promise<Answer | undefined>>();
  const climb = async (directory: string): Promise<Answer | undefined> => {
    const here = await ask(directory);
    const parent = dirname(directory);
    if (here !== undefined || parent === directory || (await isGitRoot(disk, directory))) return here;
    return find(parent);
  };
  const find = (directory: string): Promise<Answer | undefined> => {
    const known = answers.get(directory);
    if (known !== undefined) return known;
    const answer = climb(directory);
    answers.set(directory, answer);
    return answer;
  };
  return find;
}
