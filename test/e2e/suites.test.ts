import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareRuns } from '../../tools/suites/compare';
import { compareTrees, type SuiteResult } from '../../tools/suites/examine';
import { suitesTable } from '../../tools/suites/table';
import { makeWorkplace, type Workplace } from './bundle';

jest.setTimeout(200_000);

const python = 'python3';
let bundle: Workplace;
beforeAll(() => {
  bundle = makeWorkplace();
});
afterAll(() => {
  bundle.remove();
});

test('a fix that breaks a test is noticed, one that breaks none is not blamed, and what is flaky says nothing', () => {
  const scratch = bundle.root;
  const trees = { before: join(scratch, 'before'), after: join(scratch, 'after') };
  for (const tree of Object.values(trees)) cpSync(join(__dirname, 'made-up'), tree, { recursive: true });
  mkdirSync(join(scratch, 'results'));
  const run = {
    python,
    source: '.',
    command: (results: string) => ['run_tests.py', results],
    scratch: join(scratch, 'results'),
  };
  const places = { cache: scratch, sources: scratch, python };
  const { fixed, comparison } = compareTrees(trees, run, { places, scratch, cli: bundle.cli, unsafe: false });

  expect([fixed.changedFiles, fixed.problems, fixed.takenBack]).toEqual([['report.py'], 2, 0]);
  expect(readFileSync(join(trees.after, 'report.py'), 'utf8')).toContain('with open(path) as report:');
  expect(comparison).toEqual({
    tests: 4,
    passed: 3,
    flaky: ['report::test_every_other_time'],
    differences: [{ test: 'report::test_size', before: 'passed', after: 'error' }],
  });
  const result: SuiteResult = { name: 'made-up', version: '1', fixed, comparison, failure: undefined };
  const last = suitesTable([result]).split('\n').at(-1) ?? '';
  expect(last.split('|').map((cell) => cell.trim())).toEqual([
    ...['', 'made-up', '1', '3', '2', '1', '4', '3', '1', '1', ''],
  ]);
});

test('tests of which none passes before the fixes prove nothing', () => {
  const runs = [{ imports: 'error' }, { imports: 'error' }];
  expect(() => compareRuns(runs, runs)).toThrow('none of 1 tests passes before the fixes');
});

test('a test that is gone, or new, differs', () => {
  const { differences } = compareRuns(
    [
      { stays: 'passed', goes: 'passed' },
      { stays: 'passed', goes: 'passed' },
    ],
    [
      { stays: 'passed', comes: 'failed' },
      { stays: 'passed', comes: 'failed' },
    ],
  );
  expect(differences).toEqual([
    { test: 'comes', before: 'missing', after: 'failed' },
    { test: 'goes', before: 'passed', after: 'missing' },
  ]);
});
