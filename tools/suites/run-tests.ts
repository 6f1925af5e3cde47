import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import { capture } from '../test-all/command';
import { runtimeFolder } from './prepare';

/** What each test came to: passed, failed, error or skipped. */
export type Outcomes = Readonly<Record<string, string>>;

/** How to run the tests of one tree. */
export interface TestRun {
  readonly python: string;
  /** The tree, and the working directory. */
  readonly tree: string;
  readonly source: string;
  /** Arguments of the interpreter, given the file that the results go to. */
  readonly command: (results: string) => readonly string[];
  /** An existing folder for results and for the home of the tests. */
  readonly scratch: string;
}

const TIMEOUT_SECONDS = 900;

/**
 * Runs tests and reads what each came to.
 *
 * @throws Error when there are no results, with the end of what was printed.
 */
export function runTests({ python, tree, source, command, scratch }: TestRun): Outcomes {
  const results = join(scratch, 'results.xml');
  rmSync(results, { force: true });
  const home = join(scratch, 'home');
  mkdirSync(home, { recursive: true });
  const { stdout, stderr, error } = spawnSync(python, command(results), {
    cwd: tree,
    encoding: 'utf8',
    timeout: TIMEOUT_SECONDS * 1000,
    maxBuffer: 256 * 1024 * 1024,
    env: {
      ...process.env,
      HOME: home,
      PYTHONPATH: [join(tree, source), runtimeFolder].join(delimiter),
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONHASHSEED: '0',
      NO_COLOR: '1',
    },
  });
  if (!existsSync(results)) {
    throw new Error(`the tests gave no results: ${error?.message ?? `${stdout}\n${stderr}`.trim().slice(-1500)}`);
  }
  const { code, output } = capture(python, [join(__dirname, 'read_junit.py'), results]);
  if (code !== 0) throw new Error(output);
  return z.record(z.string(), z.string()).parse(JSON.parse(output));
}
