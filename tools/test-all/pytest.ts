import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, stream } from './command';
import { findOtherPythons, findPython, pythonWith, versionText, type Interpreter } from './python';
import { FAILED, PASSED, skipped, type Step, type Tally } from './tally';

const PACKAGE = join(root, 'packages/runtime');

/** Whether the modules are tested or the one file that is made of them. */
interface Form {
  readonly suffix: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}
const PACKAGE_FORM: Form = { suffix: '', args: [], env: {} };
const SINGLE_FILE: Form = {
  suffix: '-single-file',
  args: ['-o', 'pythonpath=single_file tests'],
  env: { PYLINT_LEAKS_SINGLE_FILE: '1' },
};

/** The Python tests and checks as steps. */
export const pythonSteps: readonly Step[] = [
  { name: 'python', run: withPython('Python tests', async (python) => [await runPytest(python)]) },
  {
    name: 'python-single-file',
    run: withPython('Python tests of the package as one file', async (python) => [
      await runPytest(python, SINGLE_FILE),
    ]),
  },
  { name: 'python-types', run: withPython('types of the Python package', async (python) => [await runMypy(python)]) },
  { name: 'python-lint', run: withPython('lint of the Python package', async (python) => [await runRuff(python)]) },
  { name: 'other-pythons', run: withPython('Python tests on other versions', runOnOthers) },
];

function withPython(what: string, run: (python: Interpreter) => Promise<readonly Tally[]>): Step['run'] {
  return async () => {
    console.log(`\n--- ${what}`);
    const python = findPython();
    return python === undefined ? [skipped(what, 'no Python 3.9 or newer was found')] : run(python);
  };
}

/** The oldest and the newest other version that can be had. */
async function runOnOthers(python: Interpreter): Promise<readonly Tally[]> {
  const others = findOtherPythons(python);
  const chosen = [...new Set([others.at(0), others.at(-1)])].filter((each) => each !== undefined);
  if (chosen.length === 0) return [skipped('Python tests on other versions', `only ${versionText(python)} was found`)];
  const tallies: Tally[] = [];
  for (const each of chosen) {
    tallies.push(await runPytest(each, PACKAGE_FORM, join(root, '.cache', `venv-${versionText(each)}`)));
  }
  return tallies;
}

async function runPytest(python: Interpreter, form: Form = PACKAGE_FORM, venv?: string): Promise<Tally> {
  const name = `Python tests on ${versionText(python)}${form.suffix}`;
  const pytest = pythonWith(['pytest'], python, venv);
  if ('missing' in pytest) return skipped(name, pytest.missing);
  console.log(name);
  const report = join(root, '.cache', `pytest-${versionText(python)}${form.suffix}.xml`);
  mkdirSync(join(root, '.cache'), { recursive: true });
  rmSync(report, { force: true });
  const args = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', `--junitxml=${report}`, ...form.args];
  const env = { PYTHONDONTWRITEBYTECODE: '1', ...form.env };
  const code = await stream(pytest.command, args, { cwd: PACKAGE, env });
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

/** Types: pytest must be there as well, as the tests are checked too. */
async function runMypy(python: Interpreter): Promise<Tally> {
  const mypy = pythonWith(['mypy', 'pytest'], python);
  if ('missing' in mypy) return skipped('types of the Python package', mypy.missing);
  const cache = join(root, '.cache', 'mypy');
  const mypyOf = (...paths: readonly string[]): Promise<number> =>
    stream(mypy.command, ['-m', 'mypy', '--cache-dir', cache, ...paths], { cwd: PACKAGE });
  return (await mypyOf()) === 0 && (await mypyOf('single_file')) === 0 ? PASSED : FAILED;
}

async function runRuff(python: Interpreter): Promise<Tally> {
  const ruff = pythonWith(['ruff'], python);
  if ('missing' in ruff) return skipped('lint of the Python package', ruff.missing);
  const args = ['-m', 'ruff', 'check', '--no-cache', '.'];
  return (await stream(ruff.command, args, { cwd: PACKAGE })) === 0 ? PASSED : FAILED;
}
