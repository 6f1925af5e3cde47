import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixesIn, runProduct, takenBackIn } from '../ecosystem/product';
import { pythonFilesBelow } from '../ecosystem/trees';

/** What `--fix` did to a tree. */
export interface Fixed {
  readonly files: number;
  readonly changedFiles: readonly string[];
  readonly problems: number;
  readonly takenBack: number;
}

/** Fixes all Python files of a tree where they are. */
export function measureInPlace(tree: string, cli: string, unsafe: boolean): Fixed {
  const files = pythonFilesBelow(tree);
  const digest = (file: string): string =>
    createHash('sha1')
      .update(readFileSync(join(tree, file)))
      .digest('hex');
  const before = files.map(digest);
  const run = runProduct(cli, tree, unsafe ? ['--fix', '--unsafe-fixes'] : ['--fix']);
  return {
    files: files.length,
    changedFiles: files.filter((file, index) => before[index] !== digest(file)),
    problems: fixesIn(run),
    takenBack: takenBackIn(run).length,
  };
}
