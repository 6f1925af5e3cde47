/**
 * Runs every test and check of the repository: `npm test`. `--checks` leaves the tests out, `--only types,lint` runs what it
 * names. The last line adds everything up; the exit code is 0 only if something passed and nothing failed.
 */
import { checkSteps } from './test-all/checks';
import { runJest } from './test-all/jest';
import { runNativeParser } from './test-all/native-parser';
import { pythonSteps } from './test-all/pytest';
import { sum, tallyLine, type Step, type Tally } from './test-all/tally';

/** In order: the bundle among the checks is what tests of the command line and of the hooks run. */
const STEPS: readonly Step[] = [
  ...checkSteps,
  { name: 'parsers', run: async () => [await runNativeParser()] },
  ...pythonSteps,
  { name: 'jest', run: async () => [await runJest()] },
];

/** The steps that the arguments ask for, or what is wrong with the arguments. */
function chooseSteps(args: readonly string[]): readonly Step[] | string {
  const [option, value, ...rest] = args;
  if (option === undefined) return STEPS;
  if (option === '--checks' && value === undefined) return checkSteps;
  const names = option === '--only' && rest.length === 0 ? (value ?? '').split(',') : [''];
  const chosen = STEPS.filter((step) => names.includes(step.name));
  if (chosen.length === names.length) return chosen;
  return `usage: npm test -- [--checks | --only ${STEPS.map(({ name }) => name).join(',')}]`;
}

async function main(args: readonly string[]): Promise<number> {
  const steps = chooseSteps(args);
  if (typeof steps === 'string') {
    console.error(steps);
    return 2;
  }
  const tallies: Tally[] = [];
  for (const step of steps) tallies.push(...(await step.run()));
  const total = sum(tallies);
  console.log(`\n${tallyLine(total)}`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
