/**
 * Runs every test and check of the repository: `npm test`. `--checks` leaves the tests out. The last line adds everything
 * up; the exit code is 0 only if nothing failed.
 */
import { runChecks } from './test-all/checks';
import { runJest } from './test-all/jest';
import { runNativeParser } from './test-all/native-parser';
import { runPython } from './test-all/pytest';
import { sum, tallyLine, type Tally } from './test-all/tally';

async function main(args: readonly string[]): Promise<number> {
  const tallies: Tally[] = [...(await runChecks())];
  if (!args.includes('--checks')) {
    // The checks have built the bundle, which tests of the command line and of the hooks need.
    tallies.push(await runNativeParser(), ...(await runPython()), await runJest());
  }
  const total = sum(tallies);
  console.log(`\n${tallyLine(total)}`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
