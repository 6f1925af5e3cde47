import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { plantCheckout, type PlantedCheckout } from '@pylint-leaks/testkit';

/** What `npm test` counts is what CI believes: a failure must reach the last line and the exit code. */
jest.setTimeout(240_000);

let planted: PlantedCheckout;
beforeAll(() => {
  planted = plantCheckout(join(__dirname, '..'));
  const packages = readdirSync(join(planted.root, 'packages'));
  for (const folder of ['test', ...packages.map((name) => `packages/${name}/test`)]) {
    rmSync(join(planted.root, folder), { recursive: true, force: true });
  }
  rmSync(join(planted.root, 'packages/runtime/tests'), { recursive: true });
  planted.run('tsx', ['tools/generate.ts']);
});
afterAll(() => {
  planted.remove();
});

/** Exit code and last line of `npm test -- --only STEPS`. */
function run(steps: string) {
  const { code, stdout } = planted.run('tsx', ['tools/test-all.ts', '--only', steps]);
  return { code, last: stdout.trimEnd().split('\n').at(-1) };
}

it('adds up checks, failed ones too, and goes on after a failure', () => {
  planted.write({ 'tools/planted.ts': "export const planted: number = 'text';\n" });
  expect(run('types,generated')).toMatchObject({ code: 1, last: '1 passed, 1 failed, 0 skipped' });
  rmSync(join(planted.root, 'tools/planted.ts'));
});

it('adds up TypeScript tests, those that fail outside a test included', () => {
  expect(run('jest')).toMatchObject({ code: 1, last: '0 passed, 1 failed, 0 skipped' });
  const passing = "it('passes', () => undefined);\nit.skip('is skipped', () => undefined);\nit.todo('is missing');\n";
  planted.write({ 'test/planted.test.ts': passing });
  expect(run('jest')).toMatchObject({ code: 0, last: '1 passed, 0 failed, 2 skipped' });
  planted.write({
    'test/planted.test.ts': `${passing}it('fails', () => {\n  throw new Error('planted');\n});\n`,
    'test/broken.test.ts': "import './not-there';\n",
  });
  expect(run('jest')).toMatchObject({ code: 1, last: '1 passed, 2 failed, 2 skipped' });
});

it('adds up Python tests', () => {
  const python = 'import pytest\n\ndef test_passes():\n    pass\n\n@pytest.mark.skip\ndef test_skipped():\n    pass\n';
  expect(run('python')).toMatchObject({ code: 1, last: '0 passed, 1 failed, 0 skipped' });
  planted.write({ 'packages/runtime/tests/test_planted.py': python });
  expect(run('python')).toMatchObject({ code: 0, last: '1 passed, 0 failed, 1 skipped' });
  planted.write({ 'packages/runtime/tests/test_other.py': 'def test_fails():\n    raise ValueError\n' });
  expect(run('python')).toMatchObject({ code: 1, last: '1 passed, 1 failed, 1 skipped' });
  planted.write({ 'packages/runtime/tests/test_broken.py': 'import not_there\n' });
  expect(run('python').code).toBe(1);
});

it('says in one line that Python tests are skipped without Python, and why', () => {
  const tsx = join(planted.root, 'node_modules/tsx/dist/cli.mjs');
  const path = { PATH: join(planted.root, 'schema') };
  const { code, output } = planted.run(
    process.execPath,
    [tsx, 'tools/test-all.ts', '--only', 'generated,python'],
    path,
  );
  expect(code).toBe(0);
  expect(output).toContain('skipped: Python tests: no Python 3.9 or newer was found');
  expect(output).toContain('\n1 passed, 0 failed, 1 skipped\n');
});

it('refuses a step that does not exist', () => {
  expect(run('typos')).toMatchObject({ code: 2 });
});
