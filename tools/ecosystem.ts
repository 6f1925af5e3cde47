/**
 * Lints and fixes whole trees of Python files, on copies, and says what came of it: `npm run ecosystem -- DIR...`.
 * Exit code 1 when something happened that must never happen (a crash, a file that no longer compiles, a lost comment, a
 * second `--fix` that changes something), 2 when it could not run.
 */
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measure, violations, type Measurement } from './ecosystem/measure';
import { table } from './ecosystem/table';
import { extractCommit, pythonFilesBelow, standardLibraryOf } from './ecosystem/trees';
import { root } from './test-all/command';

const USAGE = `usage: npm run ecosystem -- [DIR...] [--stdlib] [--git DIR --commit SHA...]

  --stdlib         the standard library of the interpreter
  --git DIR        a git repository (a bare one will do)
  --commit SHA     a commit of it; may be repeated
  --python CMD     the interpreter that decides what compiles  [default: python3]
  --unsafe-fixes   apply unsafe fixes, too
  --cli FILE       the bundle to run  [default: dist/cli.cjs]
  --keep DIR       keep the copies there: TREE/before and TREE/after
  --json           everything, with the names of files, as JSON`;

const OPTIONS = {
  stdlib: { type: 'boolean', default: false },
  git: { type: 'string' },
  commit: { type: 'string', multiple: true },
  python: { type: 'string', default: 'python3' },
  'unsafe-fixes': { type: 'boolean', default: false },
  cli: { type: 'string', default: join(root, 'dist/cli.cjs') },
  keep: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** A tree by name; `find` puts it on this machine if need be. */
interface Tree {
  readonly name: string;
  readonly find: (scratch: string) => string;
}

function main(args: readonly string[]): number {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const { git, python, commit: commits = [] } = values;
  if ((git === undefined) !== (commits.length === 0)) throw new Error('--git and --commit belong together');
  const trees: readonly Tree[] = [
    ...positionals.map((path) => ({ name: basename(resolve(path)), find: () => realpathSync(path) })),
    ...(values.stdlib ? [{ name: `stdlib of ${basename(python)}`, find: () => standardLibraryOf(python) }] : []),
    ...commits.map((commit) => ({
      name: commit,
      find: (scratch: string) => {
        extractCommit(git ?? '', commit, join(scratch, 'commit'));
        return join(scratch, 'commit');
      },
    })),
  ];
  if (trees.length === 0) throw new Error('no tree is named');
  if (!existsSync(values.cli)) throw new Error(`${values.cli} is missing: npm run build`);

  const base = mkdtempSync(join(tmpdir(), 'pylint-leaks-ecosystem-'));
  try {
    const measurements = trees.map((tree, index) => {
      const name = `${index}-${tree.name.replaceAll(/[^\w.-]/g, '_')}`;
      const scratch = values.keep === undefined ? join(base, name) : join(resolve(values.keep), name);
      if (existsSync(scratch)) throw new Error(`${scratch} is there already`);
      mkdirSync(scratch, { recursive: true });
      const measured = measureTree(tree, scratch, python, values.cli, values['unsafe-fixes']);
      if (values.keep === undefined) rmSync(scratch, { recursive: true });
      return measured;
    });
    console.log(values.json ? JSON.stringify(measurements, null, 2) : table(measurements));
    const forbidden = measurements.flatMap(violations);
    for (const each of forbidden) console.error(each);
    return forbidden.length === 0 ? 0 : 1;
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

function measureTree(tree: Tree, scratch: string, python: string, cli: string, unsafe: boolean): Measurement {
  const source = tree.find(scratch);
  const files = pythonFilesBelow(source);
  console.error(`${tree.name}: ${files.length} files`);
  return measure({ tree: tree.name, source, files, scratch, cli: resolve(cli), python, unsafe });
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 2;
}
