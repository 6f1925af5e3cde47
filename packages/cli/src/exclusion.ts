import { parse, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Directories that hold other people's or generated code, left out unless `exclude` says otherwise. */
export const DEFAULT_EXCLUDES: readonly string[] = [
  '.git/',
  '.hg/',
  '.svn/',
  '.venv/',
  '.direnv/',
  '.eggs/',
  '.tox/',
  '.nox/',
  '.mypy_cache/',
  '.pytest_cache/',
  '.ruff_cache/',
  '.ipynb_checkpoints/',
  '__pycache__/',
  '__pypackages__/',
  'node_modules/',
  'site-packages/',
  'build/',
  'dist/',
];

/** Base of patterns that belong to no directory: they apply below whatever directory the user names. */
export const ANYWHERE = undefined;

/** A set of patterns as in .gitignore, relative to the directory that states them. */
export interface Exclusion {
  readonly base: string | typeof ANYWHERE;
  readonly patterns: Ignore;
  /** As they are written. */
  readonly texts: readonly string[];
}

/** @param patterns - as in .gitignore. */
export function createExclusion(base: string | typeof ANYWHERE, patterns: readonly string[]): Exclusion {
  return { base, patterns: ignore().add([...patterns]), texts: patterns };
}

/**
 * Whether a file or directory is left out.
 *
 * @param root - the directory that the user named and under which the path was found: patterns that match it, or a
 *   directory above it, do not count, because it was asked for. Undefined when nothing was asked for (`--force-exclude`).
 */
export function isExcluded(
  exclusions: readonly Exclusion[],
  path: string,
  isDirectory: boolean,
  root: string | undefined,
): boolean {
  return exclusions.some(({ base, patterns }) => {
    const from = base ?? root ?? parse(path).root;
    if (!matches(patterns, from, path, isDirectory)) return false;
    return root === undefined || !matches(patterns, from, root, true);
  });
}

function matches(patterns: Ignore, base: string, path: string, isDirectory: boolean): boolean {
  const inner = relative(base, path);
  if (inner === '' || isOutside(inner)) return false;
  const name = sep === '/' ? inner : inner.replaceAll(sep, '/');
  return patterns.ignores(isDirectory ? `${name}/` : name);
}

/** True for a relative path that leads out of its base (also to another drive). */
export function isOutside(relativePath: string): boolean {
  return relativePath === '..' || relativePath.startsWith(`..${sep}`) || parse(relativePath).root !== '';
}
