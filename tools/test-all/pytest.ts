import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, stream } from './command';
import { findOtherPythons, findPython, pythonWith, versionText, type Interpreter } from './python';
import { FAILED, PASSED, skipped, type Tally } from './tally';

const PACKAGE = join(root, 'packages/runtime');

/** Runs the Python tests: with the Python at hand, and with the oldest and newest others that can be had. */
export async function runPython(): Promise<readonly Tally[]> {
  console.log('\n--- Python tests');
  const python = findPython();
  if (python === undefined) return [skipped('Python tests', 'no Python 3.9 or newer was found')];
  const first = await runPytest(python);
  const others = findOtherPythons(python);
  const chosen = [...new Set([others.at(0), others.at(-1)])].filter((each) => each !== undefined);
  if (chosen.length === 0) return [first, await runMypy(python), skipped('other Pythons', 'only one was found')];
  const more: Tally[] = [];
  for (const each of chosen) more.push(await runPytest(each, join(root, '.cache', `venv-${versionText(each)}`)));
  return [first, await runMypy(python), ...more];
}

async function runPytest(python: Interpreter, venv?: string): Promise<Tally> {
  const name = `Python tests on ${versionText(python)}`;
  const pytest = pythonWith('pytest', python, venv);
  if ('missing' in pytest) return skipped(name, pytest.missing);
  console.log(`\n${name}`);
  const report = join(root, '.cache', `pytest-${versionText(python)}.xml`);
  mkdirSync(join(root, '.cache'), { recursive: true });
  rmSync(report, { force: true });
  const args = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', `--junitxml=${report}`];
  const code = await stream(pytest.command, args, { cwd: PACKAGE, env: { PYTHONDONTWRITEBYTECODE: '1' } });
  try {
    const tally = count(readFileSync(report, 'utf8'));
    return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
  } catch (error) {
    console.log(`pytest gave no results: ${String(error)}`);
    return FAILED;
  }
}

/** Reads the totals of a JUnit report. No test at all is a failure. */
function count(xml: string): Tally {
  const total = (name: string): number => Number(new RegExp(`<testsuite [^>]*\\b${name}="(\\d+)"`).exec(xml)?.[1]);
  const [tests, failures, errors, left] = ['tests', 'failures', 'errors', 'skipped'].map(total) as [
    number,
    number,
    number,
    number,
  ];
  const failed = failures + errors;
  if (!(tests > 0) || Number.isNaN(failed + left)) return FAILED;
  return { passed: tests - failed - left, failed, skipped: left };
}

async function runMypy(python: Interpreter): Promise<Tally> {
  const mypy = pythonWith('mypy', python);
  if ('missing' in mypy) return skipped('types of the Python package', mypy.missing);
  console.log('\ntypes of the Python package');
  const cache = join(root, '.cache', 'mypy');
  return (await stream(mypy.command, ['-m', 'mypy', '--cache-dir', cache], { cwd: PACKAGE })) === 0 ? PASSED : FAILED;
}
