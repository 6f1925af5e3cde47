import { existsSync, readFileSync, statSync } from 'node:fs';
import { nodeDisk } from '../src/disk';
import { spawnProcess } from '../src/spawn';
import { diskError, sandboxes, type Sandbox } from './sandbox';

const sandbox = sandboxes();
const LEAK = 'x = leak(1)\n';
const FIXED = 'x = closed(1).now\n';
const FAILED = (file: string, reason: string) =>
  `${file}:1:1: error unwritable-file The fixes were not written: ${reason}.`;

const fix = async (box: Sandbox, line: string, ...rest: readonly string[]) => {
  const { code, stdout, stderr } = await box.run(['--fix', '--format', 'concise', '--verify-cmd', line, ...rest, '.']);
  return { code, lines: stdout.split('\n').filter((text) => text.includes('unwritable')), stderr };
};

/** Counts its runs in a file that is no Python file. */
const counted = (condition: string) => `echo run >> runs.log; ${condition}`;
const runs = (box: Sandbox) => box.read('runs.log').split('\n').length - 1;

describe('--verify-cmd', () => {
  test('that passes: one run before and one after, whatever the number of files', async () => {
    const box = sandbox({ 'a.py': LEAK, 'b.py': LEAK, 'c.py': LEAK });
    expect(await fix(box, counted('true'))).toMatchObject({ code: 0, lines: [] });
    expect([box.read('a.py'), box.read('b.py'), box.read('c.py')]).toEqual([FIXED, FIXED, FIXED]);
    expect(runs(box)).toBe(2);
  });

  test('is not run when there is nothing to write', async () => {
    const box = sandbox({ 'a.py': 'x = 1\n' });
    expect(await fix(box, counted('false'))).toMatchObject({ code: 0, stderr: '' });
    expect(existsSync(box.path('runs.log'))).toBe(false);
  });

  test('sees the fixed files', async () => {
    const box = sandbox({ 'a.py': LEAK });
    await fix(box, 'cat a.py >> seen.log');
    expect(box.read('seen.log')).toBe(LEAK + FIXED);
  });

  test('takes back exactly the files that make it fail, mode bits and bytes', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}.py`);
    const original = Buffer.from(`\ufeff# caf\u00e9\r\n${LEAK}`);
    const box = sandbox(Object.fromEntries(names.map((name) => [name, original])));
    const { mode } = statSync(box.path('d.py'));
    const ended = await fix(box, 'if grep -q closed b.py || grep -q closed d.py; then echo broken; exit 3; fi');
    const reason =
      '`if grep -q closed b.py || grep -q closed d.py; then echo broken; exit 3; fi` fails with exit code 3';
    expect(ended).toMatchObject({ code: 1, lines: [FAILED('b.py', reason), FAILED('d.py', reason)] });
    expect(ended.stderr).toContain('  | broken\n');
    expect(names.filter((name) => box.bytes(name).equals(original))).toEqual(['b.py', 'd.py']);
    expect(statSync(box.path('d.py')).mode).toBe(mode);
  });

  test('that fails already ends the run before anything is written', async () => {
    const box = sandbox({ 'a.py': LEAK });
    expect(await box.run(['--fix', '--verify-cmd', 'echo why; exit 4', 'a.py'])).toEqual({
      code: 2,
      stdout: '',
      stdoutBytes: Buffer.of(),
      stderr:
        '  | why\nerror: --verify-cmd: `echo why; exit 4` fails with exit code 4 already before anything was written; it has to pass without the fixes first\n',
    });
    expect(box.read('a.py')).toBe(LEAK);
  });

  test.each([
    ['crashes', 'kill -SEGV $$', 'is ended by SIGSEGV'],
    ['hangs', 'sleep 60', 'takes longer than 1 s (--verify-timeout)'],
    [
      'hangs behind a process that ignores the signal',
      "trap '' TERM; while :; do sleep 1; done",
      'takes longer than 1 s (--verify-timeout)',
    ],
  ])('that %s counts as failed', async (_name, crash, reason) => {
    const box = sandbox({ 'a.py': LEAK });
    const line = `if grep -q closed a.py; then ${crash}; fi`;
    const ended = await fix(box, line, '--verify-timeout', '1');
    expect(ended).toMatchObject({ code: 1, lines: [FAILED('a.py', `\`${line}\` ${reason}`)] });
    expect(box.read('a.py')).toBe(LEAK);
  });

  test('that leaves something in the background does not hold the run up', async () => {
    const box = sandbox({ 'a.py': LEAK });
    expect(await fix(box, 'sleep 5 &')).toMatchObject({ code: 0 });
  });

  test('that changes the file and fails: the old bytes are back, and its version is kept', async () => {
    const box = sandbox({ 'a.py': LEAK });
    const ended = await fix(box, 'if grep -q closed a.py; then echo rubbish > a.py; exit 1; fi');
    expect(ended.code).toBe(1);
    expect(box.read('a.py')).toBe(LEAK);
    const place = /a\.py was changed while the command ran; that version is kept in (\S+)/.exec(ended.stderr)?.[1];
    expect(readFileSync(place ?? '', 'utf8')).toBe('rubbish\n');
  });

  test('that deletes the file and fails: it is back', async () => {
    const box = sandbox({ 'a.py': LEAK });
    expect(await fix(box, 'if grep -q closed a.py; then rm a.py; exit 1; fi')).toMatchObject({ code: 1 });
    expect(box.read('a.py')).toBe(LEAK);
  });

  test('when a file cannot be put back, its old content is kept and named', async () => {
    const box = sandbox({ 'a.py': LEAK });
    let writes = 0;
    const replace = (path: string, bytes: Uint8Array) =>
      !path.endsWith('a.py') || writes++ === 0 ? nodeDisk.replace(path, bytes) : Promise.reject(diskError('ENOSPC'));
    const argv = ['--fix', '--verify-cmd', '! grep -q closed a.py', 'a.py'];
    const { code, stderr } = await box.run(argv, { disk: { replace } });
    expect(code).toBe(1);
    const place = /a\.py could not be put back: no space is left on the device; its old content is in (\S+)/.exec(
      stderr,
    )?.[1];
    expect(readFileSync(place ?? '', 'utf8')).toBe(LEAK);
  });

  test('an interruption while it runs puts the files back and ends the command', async () => {
    const box = sandbox({ 'a.py': LEAK });
    const stop = new AbortController();
    const seen = setInterval(() => {
      if (existsSync(box.path('started'))) stop.abort();
    }, 10);
    const line = 'if grep -q closed a.py; then touch started; sleep 60; fi';
    const argv = ['--fix', '--format', 'concise', '--verify-cmd', line, 'a.py'];
    const { code, stdout, stderr } = await box.run(argv, { signal: stop.signal });
    clearInterval(seen);
    expect({ code, stdout, stderr }).toEqual({
      code: 130,
      stdout: 'a.py:1:5: error unclosed-leak The leak is never closed.\n',
      stderr: 'note: interrupted after 1 file\n',
    });
    expect(box.read('a.py')).toBe(LEAK);
  });

  test.each([
    [['--verify-cmd', 'true', 'a.py'], '--verify-cmd is about files that are written: it needs --fix and paths'],
    [
      ['--fix', '--diff', '--verify-cmd', 'true'],
      '--verify-cmd is about files that are written: it needs --fix and paths',
    ],
    [['--fix', '--verify-cmd', 'true', '-'], '--verify-cmd is about files that are written: it needs --fix and paths'],
    [['--fix', '--verify-cmd', ' '], '--verify-cmd must be a command, not an empty text'],
    [['--fix', '--verify-timeout', '5'], '--verify-timeout needs --verify-cmd'],
    [
      ['--fix', '--verify-cmd', 'true', '--verify-timeout', '0'],
      '--verify-timeout must be a whole number of seconds, 1 or more, not "0"',
    ],
  ])('%j is refused', async (argv, message) => {
    expect(await sandbox().run(argv)).toMatchObject({ code: 2, stderr: `error: ${message}\n` });
  });
});

describe('a program', () => {
  const run = (file: string, ...args: readonly string[]) =>
    spawnProcess({ command: { kind: 'program', file, args }, cwd: '/', env: process.env, input: 'given' });

  test('gets its arguments and its input as they are', async () => {
    expect(await run('sh', '-c', 'printf "%s" "$0"; cat', '$(id) "x')).toMatchObject({
      kind: 'exited',
      code: 0,
      stdout: Buffer.from('$(id) "xgiven'),
    });
  });

  test('that does not exist, or does not read, is no exception', async () => {
    expect(await run('/nowhere/at/all')).toEqual({ kind: 'not-started', reason: 'it does not exist' });
    expect(await run('true')).toMatchObject({ kind: 'exited', code: 0 });
  });
});
