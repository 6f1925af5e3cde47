import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { capture } from '../test-all/command';

/** Other people's packages inside a tree are measured when they are named themselves. */
const LEFT_OUT: ReadonlySet<string> = new Set(['site-packages', '__pycache__', '.git', 'node_modules']);
const PYTHON_FILE = /\.pyi?$/;

/**
 * Lists the Python files below a directory. Symbolic links are not followed.
 *
 * @returns paths relative to the directory, with `/`, sorted by code unit.
 */
export function pythonFilesBelow(root: string): readonly string[] {
  const found: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !LEFT_OUT.has(entry.name)) visit(path);
      else if (entry.isFile() && PYTHON_FILE.test(entry.name)) found.push(relative(root, path).split(sep).join('/'));
    }
  };
  visit(root);
  return found.sort();
}

/** Copies the named files, and nothing else, so that no configuration or ignore file of the tree comes along. */
export function copyFiles(from: string, to: string, files: readonly string[]): void {
  const made = new Set<string>();
  for (const file of files) {
    const target = join(to, file);
    const folder = dirname(target);
    if (!made.has(folder)) mkdirSync(folder, { recursive: true });
    made.add(folder);
    copyFileSync(join(from, file), target);
  }
}

/**
 * Writes the Python files of a commit to a directory, without a work tree and without asking any remote.
 *
 * @throws Error when git or tar fails, with what it said.
 */
export function extractCommit(repository: string, commit: string, to: string): void {
  mkdirSync(to, { recursive: true });
  const archive = `${to}.tar`;
  const paths = [':(glob)**/*.py', ':(glob)**/*.pyi'].filter((pattern) => hasFiles(repository, commit, pattern));
  if (paths.length === 0) throw new Error(`${commit} has no Python files`);
  try {
    succeed('git', ['-C', repository, 'archive', '--format=tar', `--output=${archive}`, commit, '--', ...paths]);
    succeed('tar', ['-xf', archive, '-C', to]);
  } finally {
    rmSync(archive, { force: true });
  }
}

/** `git archive` fails on a pattern that matches nothing. */
function hasFiles(repository: string, commit: string, pattern: string): boolean {
  const { code } = capture('git', [
    '-C',
    repository,
    'archive',
    '--format=tar',
    '--output=/dev/null',
    commit,
    '--',
    pattern,
  ]);
  return code === 0;
}

function succeed(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', timeout: 600_000 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr.trim()}`);
}

/**
 * Where the standard library of an interpreter is.
 *
 * @throws Error when the interpreter does not run.
 */
export function standardLibraryOf(python: string): string {
  const { code, output } = capture(python, ['-c', 'import sysconfig; print(sysconfig.get_path("stdlib"))']);
  if (code !== 0) throw new Error(`${python}: ${output.trim()}`);
  return output.trim();
}
