import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Files that every contender is given. */
export interface Scenario {
  readonly name: string;
  readonly paths: readonly string[];
  readonly files: number;
  readonly bytes: number;
}

const FEW = 20;

/**
 * Copies the Python files of a tree (installed packages left out), and makes the scenarios of it: one file, twenty, all,
 * and copies of all.
 *
 * @param copies - how many times all files are there in the last one; below 2 there is no such scenario.
 */
export function scenarios(tree: string, scratch: string, copies: number): readonly Scenario[] {
  const names = readdirSync(tree, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.py') && !name.includes('site-packages') && statSync(join(tree, name)).isFile())
    .sort();
  const copyTo = (folder: string): readonly string[] =>
    names.map((name) => {
      const to = join(folder, name);
      mkdirSync(dirname(to), { recursive: true });
      copyFileSync(join(tree, name), to);
      return to;
    });
  const once = join(scratch, 'tree');
  const files = copyTo(once);
  const sizes = files.map((file) => statSync(file).size);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const sized = (name: string, paths: readonly string[]): Scenario => {
    const bytes = paths.reduce((sum, path) => sum + statSync(path).size, 0);
    return { name, paths, files: paths.length, bytes };
  };
  // In the middle by size, of those that open something: the analysis has to do its work.
  const opening = files.filter((file) => readFileSync(file, 'latin1').includes('open('));
  const middle = [...(opening.length > 0 ? opening : files)].sort((a, b) => statSync(a).size - statSync(b).size);
  const one = middle[Math.floor(middle.length / 2)];
  const step = Math.max(1, Math.floor(files.length / FEW));
  const few = files.filter((_, index) => index % step === 0).slice(0, FEW);
  const result = [
    ...(one === undefined ? [] : [sized('1 file', [one])]),
    sized(`${few.length} files`, few),
    { name: 'all', paths: [once], files: files.length, bytes: total },
  ];
  if (copies < 2) return result;
  const many = join(scratch, 'copies');
  for (let copy = 0; copy < copies; copy++) copyTo(join(many, `copy${copy}`));
  return [...result, { name: `all x ${copies}`, paths: [many], files: files.length * copies, bytes: total * copies }];
}
