import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { measureInPlace, type Fixed } from './fix-tree';
import { compareRuns, type Comparison } from './compare';
import { environmentFor, findSource, unpack, type Places } from './prepare';
import type { Suite } from './projects';
import { runTests, type TestRun } from './run-tests';

/** What the tests of one project came to before and after fixes. */
export interface SuiteResult {
  readonly name: string;
  readonly version: string;
  readonly fixed: Fixed | undefined;
  readonly comparison: Comparison | undefined;
  /** Why it could not be run. */
  readonly failure: string | undefined;
}

export interface SuiteJob {
  readonly places: Places;
  /** An empty folder. */
  readonly scratch: string;
  /** Path of the bundle. */
  readonly cli: string;
  readonly unsafe: boolean;
}

/** Tests in this many seconds or not at all: a fix that makes a test wait must not stop the run. */
const TIMEOUT_SECONDS = 60;

/** Unpacks a project twice, fixes one copy, and runs the tests of both, each twice. */
export function examineProject(suite: Suite, job: SuiteJob): SuiteResult {
  const { name, version, source, args } = suite;
  try {
    const python = environmentFor(suite, job.places);
    const archive = findSource(suite, job.places);
    const trees = { before: join(job.scratch, 'before'), after: join(job.scratch, 'after') };
    unpack(archive, trees.before);
    cpSync(trees.before, trees.after, { recursive: true, preserveTimestamps: true });
    const flags = ['-q', '-o', 'addopts=', '-p', 'no:cacheprovider', `--timeout=${String(TIMEOUT_SECONDS)}`];
    const command = (results: string): readonly string[] => [
      '-m',
      'pytest',
      ...flags,
      `--junitxml=${results}`,
      ...args,
    ];
    return {
      name,
      version,
      ...compareTrees(trees, { python, source, command, scratch: job.scratch }, job),
      failure: undefined,
    };
  } catch (error) {
    return { name, version, fixed: undefined, comparison: undefined, failure: String(error) };
  }
}

/** Fixes the second tree and compares its tests with those of the first. */
export function compareTrees(
  trees: { readonly before: string; readonly after: string },
  run: Omit<TestRun, 'tree'>,
  { cli, unsafe }: SuiteJob,
): { readonly fixed: Fixed; readonly comparison: Comparison } {
  const fixed = measureInPlace(trees.after, cli, unsafe);
  const twice = (tree: string) => [runTests({ ...run, tree }), runTests({ ...run, tree })];
  return { fixed, comparison: compareRuns(twice(trees.before), twice(trees.after)) };
}
