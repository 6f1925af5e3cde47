import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `.ci/run` with an `npm` that plays its part: whatever happens, the last line is the sum and the exit code agrees. */
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pylint-leaks-ci-'));
  mkdirSync(join(root, '.ci'));
  cpSync(join(__dirname, '../.ci/run'), join(root, '.ci/run'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** @param npm - shell script; `$1` is `ci` or `test`. */
function runCi(npm: string) {
  // With a pre-commit on the path nothing is installed.
  for (const [name, script] of Object.entries({ npm, 'pre-commit': 'exit 0' })) {
    mkdirSync(join(root, 'bin'), { recursive: true });
    writeFileSync(join(root, 'bin', name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(root, 'bin', name), 0o755);
  }
  const env = { ...process.env, PATH: `${join(root, 'bin')}:${process.env['PATH'] ?? ''}` };
  const { status, stdout } = spawnSync('bash', [join(root, '.ci/run')], {
    cwd: tmpdir(),
    encoding: 'utf8',
    env,
    timeout: 60_000,
  });
  return { code: status, last: stdout.trimEnd().split('\n').at(-1), lines: stdout.trimEnd().split('\n') };
}

it('installs, runs npm test in the checkout, and ends with its last line', () => {
  const { code, lines } = runCi('echo "$1 in $PWD"; [ "$1" = ci ] || echo "7 passed, 0 failed, 1 skipped"');
  expect(lines).toEqual([`ci in ${root}`, `test in ${root}`, '7 passed, 0 failed, 1 skipped']);
  expect(code).toBe(0);
});

it('repeats the sum when something is printed after it, and fails with it', () => {
  const failing = '[ "$1" = ci ] || { echo "7 passed, 2 failed, 0 skipped"; echo "npm error" >&2; exit 1; }';
  expect(runCi(failing)).toMatchObject({ code: 1, last: '7 passed, 2 failed, 0 skipped' });
});

it('fails when the installation fails, and runs no test', () => {
  const { code, last, lines } = runCi('echo "$1"; [ "$1" = test ]');
  expect({ code, last }).toEqual({ code: 1, last: '0 passed, 1 failed, 0 skipped' });
  expect(lines).not.toContain('test');
});

it('fails when the tests end without a sum', () => {
  expect(runCi('echo "$1"')).toMatchObject({ code: 1, last: '0 passed, 1 failed, 0 skipped' });
});
