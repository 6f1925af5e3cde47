import { relative } from 'node:path';
import { CliError } from '../cli-error';
import { isOutside } from '../exclusion';
import { createGit, type Git } from '../git';
import type { Io } from '../io';

/** A git checkout. */
export interface Repository {
  /** Top directory, links resolved. */
  readonly root: string;
  readonly git: Git;
}

/**
 * The checkout that the tool runs in.
 * @throws CliError when there is none.
 */
export async function findRepository(io: Io): Promise<Repository> {
  const here = await createGit(io.cwd, io)(['rev-parse', '--show-toplevel']);
  if (here.kind === 'failed') throw new CliError(`migrate works in a git checkout: ${here.reason}`);
  const root = await io.disk.realpath(here.output.replace(/\r?\n$/, ''));
  return { root, git: createGit(root, io) };
}

/** The path of a file relative to the top of the checkout, with `/`; undefined for one outside. */
export function pathInside(root: string, path: string): string | undefined {
  const inner = relative(root, path);
  return isOutside(inner) ? undefined : inner.replaceAll('\\', '/');
}

/** Tracked files with changes that are not committed, whether staged or not, relative to the top of the checkout. */
export async function changedFiles({ git }: Repository): Promise<readonly string[]> {
  return entries(await git(['status', '--porcelain', '-z', '--untracked-files=no', '--no-renames'])).map((entry) =>
    // Two letters for index and tree, and a blank.
    entry.slice(3),
  );
}

/** Everything that git tracks, relative to the top of the checkout. */
export async function trackedFiles({ git }: Repository): Promise<ReadonlySet<string>> {
  return new Set(entries(await git(['ls-files', '-z'])));
}

/**
 * Refuses to start where commits could mix with other work.
 * @throws CliError saying what to do.
 */
export async function requireClean(repository: Repository): Promise<void> {
  const changed = await changedFiles(repository);
  if (changed.length === 0) return;
  const more = changed.length > 3 ? ` and ${changed.length - 3} more` : '';
  throw new CliError(
    `the working tree has changes that are not committed (${changed.slice(0, 3).join(', ')}${more}): commit or stash them, or give --allow-dirty to leave these files out`,
  );
}

/** Name and address that git makes commits under; undefined when it knows none. */
export async function identity({ git }: Repository): Promise<string | undefined> {
  const answer = await git(['var', 'GIT_COMMITTER_IDENT']);
  return answer.kind === 'failed' ? undefined : answer.output.slice(0, answer.output.lastIndexOf('>') + 1);
}

/**
 * Commits exactly these files, as they are on disk; whatever else is staged stays staged.
 *
 * @param hooks - false leaves the user's hooks out.
 * @returns the commit's hash, or why git (or a hook) refused.
 */
export async function commitFiles(
  { git }: Repository,
  files: readonly string[],
  message: string,
  hooks: boolean,
): Promise<{ readonly kind: 'done'; readonly hash: string } | { readonly kind: 'failed'; readonly reason: string }> {
  const head = await git(['rev-parse', 'HEAD']);
  const noVerify = hooks ? [] : ['--no-verify'];
  const from = ['--pathspec-from-file=-', '--pathspec-file-nul'];
  const args = ['--literal-pathspecs', 'commit', '--quiet', '--only', ...noVerify, '--message', message, ...from];
  const committed = await git(args, files.join('\0'));
  const now = await git(['rev-parse', 'HEAD']);
  // A hook that runs after the commit may fail, or be interrupted, when the commit is there.
  const isThere = now.kind === 'done' && (head.kind === 'failed' || now.output !== head.output);
  if (isThere) return { kind: 'done', hash: now.output.trim() };
  return { kind: 'failed', reason: committed.kind === 'failed' ? committed.reason : 'git made no commit' };
}

/** What git lists with `-z`. */
function entries(answer: Awaited<ReturnType<Git>>): readonly string[] {
  if (answer.kind === 'failed') throw new CliError(`git: ${answer.reason}`);
  return answer.output.split('\0').filter((entry) => entry !== '');
}
