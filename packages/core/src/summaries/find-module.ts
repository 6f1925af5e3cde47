/** A module that a dotted name leads to, and what is left of the name inside it. */
export interface FoundModule {
  readonly path: string;
  readonly rest: readonly string[];
}

/** Whether a file of the project exists, by its path with `/`. */
export type HasFile = (path: string) => boolean;

/**
 * Finds the file that a qualified name leads to, as Python's import system would (reference, "The import system"):
 * relative names from the package of the file, absolute ones from a directory on the path. Which directories are on the
 * path is not written anywhere, so each directory above the file is tried, and `src` in each: those that are no package
 * first, the nearest first.
 *
 * @param from - path of the file that uses the name.
 * @param name - `package.module.function`, or `.module.function` relative to the file.
 * @returns the longest module that exists; undefined when the name leads out of the project.
 */
export function findModule(from: string, name: string, has: HasFile): FoundModule | undefined {
  const level = /^\.*/.exec(name)?.[0].length ?? 0;
  const parts = name
    .slice(level)
    .split('.')
    .filter((part) => part !== '');
  if (level > 0) {
    let base = parentOf(from);
    for (let up = 1; up < level && base !== undefined; up++) base = parentOf(base);
    return base === undefined ? undefined : descend(base, parts, has, true);
  }
  for (const base of searchPath(from, has)) {
    const found = descend(base, parts, has, false);
    if (found !== undefined) return found;
  }
  return undefined;
}

function searchPath(from: string, has: HasFile): readonly string[] {
  const roots: string[] = [];
  const packages: string[] = [];
  for (let base = parentOf(from); base !== undefined; base = parentOf(base)) {
    if (has(join(base, '__init__.py'))) packages.push(base);
    else roots.push(base, join(base, 'src'));
  }
  return [...roots, ...packages];
}

/** Follows the parts of a name through packages to a module. `__init__.py` of the start counts for relative names. */
function descend(base: string, parts: readonly string[], has: HasFile, isPackage: boolean): FoundModule | undefined {
  let directory = base;
  let found: FoundModule | undefined =
    isPackage && has(join(base, '__init__.py')) ? { path: join(base, '__init__.py'), rest: parts } : undefined;
  for (let used = 1; used <= parts.length; used++) {
    directory = join(directory, parts[used - 1] ?? '');
    const rest = parts.slice(used);
    if (has(join(directory, '__init__.py'))) found = { path: join(directory, '__init__.py'), rest };
    else if (has(`${directory}.py`)) return { path: `${directory}.py`, rest };
  }
  return found;
}

function join(directory: string, name: string): string {
  return directory === '' ? name : directory === '/' ? `/${name}` : `${directory}/${name}`;
}

/** The directory of a path; '' is the root that relative paths start from. */
function parentOf(path: string): string | undefined {
  if (path === '' || path === '/') return undefined;
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : slash === 0 ? '/' : path.slice(0, slash);
}
