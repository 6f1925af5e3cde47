/**
 * Runs the tests of public projects before and after `--fix`, test by test: `npm run suites`. Their sources come from PyPI by name
 * and version into a cache outside of this tree; none of their code is kept here. Exit code 1 when a test differs that is not
 * flaky, 2 when nothing could be run.
 */
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CPYTHON, examineLibrary } from './suites/cpython';
import { examineProject, type SuiteResult } from './suites/examine';
import { PROJECTS } from './suites/projects';
import { suitesTable } from './suites/table';
import { root } from './test-all/command';

const USAGE = `usage: npm run suites -- [NAME...]

  NAME             projects to run, or ${CPYTHON} for tests of the standard library  [default: all]
  --cache DIR      where sources and virtual environments are kept  [default: ~/.cache/pylint-leaks-suites]
  --sources DIR    source distributions that need not be fetched  [default: DIR of --cache]
  --python CMD     the interpreter  [default: python3]
  --unsafe-fixes   apply unsafe fixes, too
  --cli FILE       the bundle to run  [default: dist/cli.cjs]
  --keep DIR       keep the trees there: NAME/before and NAME/after
  --json           everything as JSON`;

const OPTIONS = {
  cache: { type: 'string', default: join(homedir(), '.cache/pylint-leaks-suites') },
  sources: { type: 'string' },
  python: { type: 'string', default: 'python3' },
  'unsafe-fixes': { type: 'boolean', default: false },
  cli: { type: 'string', default: join(root, 'dist/cli.cjs') },
  keep: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

function main(args: readonly string[]): number {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const known = [...PROJECTS.map(({ name }) => name), CPYTHON];
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(', ')}; known are ${known.join(', ')}`);
  if (!existsSync(values.cli)) throw new Error(`${values.cli} is missing: npm run build`);
  const cache = resolve(values.cache);
  mkdirSync(cache, { recursive: true });
  const places = { cache, sources: resolve(values.sources ?? cache), python: values.python };
  const base =
    values.keep === undefined
      ? realpathSync(mkdtempSync(join(tmpdir(), 'pylint-leaks-suites-')))
      : resolve(values.keep);
  const results: SuiteResult[] = [];
  try {
    for (const name of positionals.length > 0 ? positionals : known) {
      const scratch = join(base, name);
      rmSync(scratch, { recursive: true, force: true });
      mkdirSync(scratch, { recursive: true });
      const job = { places, scratch, cli: resolve(values.cli), unsafe: values['unsafe-fixes'] };
      const suite = PROJECTS.find((project) => project.name === name);
      const result = suite === undefined ? examineLibrary(job) : examineProject(suite, job);
      console.error(result.failure === undefined ? `${name}: done` : `${name}: not run: ${result.failure}`);
      results.push(result);
      // A run that is stopped half-way has not been for nothing.
      writeFileSync(join(scratch, 'result.json'), JSON.stringify(result));
      if (values.keep === undefined) rmSync(scratch, { recursive: true, force: true });
    }
  } finally {
    if (values.keep === undefined) rmSync(base, { recursive: true, force: true });
  }
  console.log(values.json ? JSON.stringify(results, null, 2) : suitesTable(results));
  for (const { name, comparison } of results) {
    for (const { test, before, after } of comparison?.differences ?? [])
      console.error(`${name}: ${test}: ${before} became ${after}`);
    for (const test of comparison?.flaky ?? []) console.error(`${name}: flaky: ${test}`);
  }
  if (results.every(({ comparison }) => comparison === undefined)) return 2;
  return results.some(({ comparison }) => (comparison?.differences.length ?? 0) > 0) ? 1 : 0;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 2;
}
