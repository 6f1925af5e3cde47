import { isGitRoot, nearestUpward } from './climb';
import { createGit } from './git';
import type { Io } from './io';

/** The root of the git checkout that the run is in, else the working directory. */
export async function checkoutRoot({ disk, cwd }: Pick<Io, 'disk' | 'cwd'>): Promise<string> {
  const find = nearestUpward(disk, async (directory) => ((await isGitRoot(disk, directory)) ? directory : undefined));
  return (await find(cwd)) ?? cwd;
}

/** The commit that is checked out; undefined outside of git, or before the first commit. */
export async function checkedOutCommit({
  spawn,
  cwd,
  env,
}: Pick<Io, 'spawn' | 'cwd' | 'env'>): Promise<string | undefined> {
  const answer = await createGit(cwd, { spawn, env })(['rev-parse', '--verify', '--quiet', 'HEAD']);
  const commit = answer.kind === 'done' ? answer.output.trim() : '';
  return /^[0-9a-f]{40,64}$/.test(commit) ? commit : undefined;
}
