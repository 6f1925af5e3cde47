import { isGitRoot, nearestUpward } from './climb';
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
  const args = ['rev-parse', '--verify', '--quiet', 'HEAD'];
  const end = await spawn({ command: { kind: 'program', file: 'git', args }, cwd, env });
  const commit = end.kind === 'exited' && end.code === 0 ? end.stdout.toString('utf8').trim() : '';
  return /^[0-9a-f]{40,64}$/.test(commit) ? commit : undefined;
}
