import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { nodeModule, root, stream } from './command';
import { FAILED, type Tally } from './tally';

const Results = z.object({
  numTotalTests: z.number(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  /** Files that failed outside their tests, by not compiling for one. */
  numRuntimeErrorTestSuites: z.number(),
});

/** Runs the TypeScript tests. */
export async function runJest(): Promise<Tally> {
  console.log('\n--- TypeScript tests');
  const results = join(root, '.cache/jest-results.json');
  mkdirSync(join(root, '.cache'), { recursive: true });
  rmSync(results, { force: true });
  const code = await stream(process.execPath, [nodeModule('jest/bin/jest.js'), '--json', '--outputFile', results]);
  let tally: Tally;
  try {
    tally = count(Results.parse(JSON.parse(readFileSync(results, 'utf8'))));
  } catch (error) {
    console.log(`jest gave no results: ${String(error)}`);
    return FAILED;
  }
  // Jest can fail without a failed test (an open snapshot, a crash at the end), and that must not be lost.
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

function count(results: z.infer<typeof Results>): Tally {
  if (results.numTotalTests === 0) return FAILED;
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
    skipped: results.numPendingTests + results.numTodoTests,
  };
}
