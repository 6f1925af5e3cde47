import { basename, dirname, join, relative } from 'node:path';
import { isOutside } from '../exclusion';
import type { Disk } from '../io';

/** Directory below which import paths start, by convention. */
const SOURCE_DIRECTORY = 'src';

/**
 * The name that a file is imported by. It starts above the outermost package: the highest directory on the way that has an
 * `__init__.py`. Where none has, every directory below the top (or below `src`) is taken for a package without one.
 *
 * @param file - absolute path of the file, which need not exist.
 * @param top - the project's directory.
 * @returns undefined when some part of the path is no Python name.
 */
export function moduleName(file: string, top: string, { hasFile }: Pick<Disk, 'hasFile'>): string | undefined {
  let root = dirname(file);
  while (hasFile(join(root, '__init__.py')) && dirname(root) !== root) root = dirname(root);
  if (root === dirname(file) && !isOutside(relative(top, root))) {
    const source = join(top, SOURCE_DIRECTORY);
    root = isOutside(relative(source, file)) ? top : source;
  }
  const parts = [...relative(root, dirname(file)).split(/[\\/]/), basename(file, '.py')].filter((part) => part !== '');
  return parts.every((part) => /^[^\W\d]\w*$/u.test(part)) ? parts.join('.') : undefined;
}
