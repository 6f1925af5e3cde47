import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';

const Comparison = z.object({
  /** What CPython says against the file as it is now. */
  error: z.string().nullable(),
  lostComments: z.array(z.string()),
  lostStrings: z.array(z.string()),
  /** What else the change did not keep: byte-order mark, line ends, mode bits. */
  layout: z.array(z.string()),
});
const Answer = z.object({
  version: z.string(),
  /** Files that did not compile before, and why. */
  broken: z.record(z.string(), z.string()),
  compared: z.record(z.string(), Comparison),
});

/** What CPython sees in two states of a tree. */
export type Answer = z.infer<typeof Answer>;

/** Two states of the same files. */
export interface Question {
  readonly before: string;
  readonly after: string;
  /** Files to compile as they were before. */
  readonly compile: readonly string[];
  /** Files to compile as they are after, and to compare. */
  readonly compare: readonly string[];
}

/**
 * Has CPython compile and compare files.
 *
 * @param python - command of the interpreter; its version decides what compiles.
 * @throws Error when the interpreter fails.
 */
export function askCpython(python: string, question: Question): Answer {
  const { status, stdout, stderr, error } = spawnSync(python, [join(__dirname, 'compare_files.py')], {
    input: JSON.stringify(question),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8', PYTHONWARNINGS: 'ignore' },
  });
  if (status !== 0) throw new Error(`${python} failed: ${error?.message ?? stderr.slice(-2000)}`);
  return Answer.parse(JSON.parse(stdout));
}
