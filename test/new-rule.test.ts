import { join } from 'node:path';
import { plantCheckout, type PlantedCheckout } from '@pylint-leaks/testkit';

/** What a newcomer runs first: the scaffolder must give a rule that compiles, passes every check and can be filled in. */
jest.setTimeout(240_000);

let planted: PlantedCheckout;
beforeAll(() => {
  planted = plantCheckout(join(__dirname, '..'));
});
afterAll(() => {
  planted.remove();
});

const newRule = (...args: readonly string[]) => planted.run('tsx', ['tools/new-rule.ts', ...args]);
const FOLDERS = ['packages/rules/src/forgotten-socket', 'packages/fixers/src/forgotten-socket'];

it('makes a rule with a fixer that compiles, is formatted, linted, registered and documented', () => {
  expect(newRule('forgotten-socket', '--fix')).toMatchObject({ code: 0 });
  const types = planted.run('tsc', ['-p', '.']);
  expect(types.output.split('\n').filter((line) => line.includes('forgotten-socket'))).toEqual([]);
  expect(planted.run('eslint', FOLDERS)).toMatchObject({ code: 0, output: '' });
  expect(planted.run('prettier', ['--check', ...FOLDERS])).toMatchObject({ code: 0 });
  expect(planted.run('tsx', ['tools/generate.ts', '--check'])).toMatchObject({ code: 0 });
  expect(planted.run('cat', ['docs/rules/forgotten-socket.md']).stdout).toContain('# forgotten-socket');
  expect(planted.run('cat', ['README.md']).stdout).toContain('[forgotten-socket](docs/rules/forgotten-socket.md)');
});

it('gives the rule cases that pass, and that fail as soon as the rule reports something', () => {
  const runCases = () =>
    planted.run('jest', ['test/rule-cases.test.ts', 'test/fixer-cases.test.ts', '-t', 'forgotten-socket']);
  expect(runCases().output).toMatch(/Tests: .* 4 passed/);
  planted.edit(`${FOLDERS[0] ?? ''}/rule.ts`, (text) =>
    text.replace('FAMILIES: readonly Family[] = []', "FAMILIES: readonly Family[] = ['file']"),
  );
  planted.edit(`${FOLDERS[0] ?? ''}/cases.md`, (text) => text.replaceAll('acquire(', 'open('));
  const { code, output } = runCases();
  expect(code).toBe(1);
  expect(output).toContain('known mistake now works: make it a plain case');
});

it.each([[[]], [['Not_An_Id']], [['forgotten-socket']], [['one', 'two']]])('refuses %j', (args) => {
  expect(newRule(...args)).toMatchObject({ code: 2 });
});
