import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync, symlinkSync } from 'node:fs';
import { nodeDisk } from '../src/disk';
import { MAX_BYTES } from '../src/lint-file';
import { fakeEngine } from './fake-engine';
import { diskError, sandboxes, type Sandbox, type Surroundings } from './sandbox';

const sandbox = sandboxes();
const LEAK = 'x = leak(1)\n';
const FOUND = 'z.py:1:5: error unclosed-leak The leak is never closed.';

/** Runs on what is bad and on z.py, whose finding proves that the run goes on. */
async function lint(box: Sandbox, paths: readonly string[], surroundings: Surroundings = {}) {
  box.write({ 'z.py': LEAK });
  const { code, stdout, stderr } = await box.run(['--format', 'concise', ...paths, 'z.py'], surroundings);
  return { code, lines: stdout.split('\n').slice(0, -1), stderr };
}

const UNREADABLE = (name: string, reason: string, at = '1:1') =>
  `${name}:${at}: error unreadable-file The file cannot be read: ${reason}.`;

test('a path that does not exist: one line, exit code 2 at the end, everything else reported', async () => {
  expect(await lint(sandbox(), ['no.py', 'no.py', 'no/dir'])).toEqual({
    code: 2,
    lines: [FOUND],
    stderr: 'error: no.py: no such file or directory\nerror: no/dir: no such file or directory\n',
  });
});

test('only a path that does not exist', async () => {
  expect(await sandbox().run(['--format', 'json', 'no.py'])).toMatchObject({
    code: 2,
    stdout: '[]\n',
    stderr: 'error: no.py: no such file or directory\n',
  });
});

test('a file without permission to read', async () => {
  const box = sandbox({ 'a.py': LEAK });
  // Root may read everything, so the refusal is played.
  const disk = {
    read: (path: string) => (path.endsWith('/a.py') ? Promise.reject(diskError('EACCES')) : nodeDisk.read(path)),
  };
  expect(await lint(box, ['a.py'], { disk })).toEqual({
    code: 1,
    lines: [UNREADABLE('a.py', 'permission denied'), FOUND],
    stderr: '',
  });
});

const notRoot = process.getuid?.() === 0 ? test.skip : test;
notRoot('a file without permission to read, for real (not as root, who may read everything)', async () => {
  const box = sandbox({ 'a.py': LEAK });
  chmodSync(box.path('a.py'), 0);
  expect(await lint(box, ['a.py'])).toMatchObject({ code: 1, lines: [UNREADABLE('a.py', 'permission denied'), FOUND] });
});

test('a directory named x.py', async () => {
  const box = sandbox({ 'x.py/inner.py': LEAK });
  expect(await lint(box, ['x.py'])).toEqual({
    code: 1,
    lines: ['x.py/inner.py:1:5: error unclosed-leak The leak is never closed.', FOUND],
    stderr: 'note: x.py: a directory, searched for Python files\n',
  });
});

test('invalid UTF-8', async () => {
  const box = sandbox({ 'a.py': Buffer.from('# fine\nx = "\xe9"\n', 'latin1') });
  const reason = 'it is not valid UTF-8: byte 0xe9 at offset 12; declare its encoding or convert it';
  expect(await lint(box, ['a.py'])).toEqual({ code: 1, lines: [UNREADABLE('a.py', reason, '2:6'), FOUND], stderr: '' });
});

test('NUL bytes', async () => {
  const box = sandbox({ 'a.py': 'x = 1\ny = "\0"\n' });
  expect(await lint(box, ['a.py'])).toEqual({
    code: 1,
    lines: [UNREADABLE('a.py', 'it contains a NUL byte, which Python refuses', '2:6'), FOUND],
    stderr: '',
  });
});

test('a line of 5 MB is linted and reported in a line of ordinary length', async () => {
  const long = `x = [${'1, '.repeat(1_700_000)}leak(1)]\n`;
  expect(long.length).toBeGreaterThan(5_000_000);
  const box = sandbox({ 'a.py': long });
  expect(await lint(box, ['a.py'])).toMatchObject({
    code: 1,
    lines: ['a.py:1:5100006: error unclosed-leak The leak is never closed.', FOUND],
  });
  const { stdout } = await box.run(['a.py']);
  expect(stdout).toContain('leak(1)');
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThan(300);
});

test('a file of more than 50 MB is not even read', async () => {
  const box = sandbox({ 'a.py': LEAK });
  const read: string[] = [];
  const disk = {
    stat: async (path: string) =>
      Object.assign(await nodeDisk.stat(path), path.endsWith('/a.py') ? { size: MAX_BYTES + 1 } : {}),
    read: (path: string) => {
      read.push(path);
      return nodeDisk.read(path);
    },
  };
  expect(await lint(box, ['a.py'], { disk })).toMatchObject({
    code: 1,
    lines: [UNREADABLE('a.py', 'it has 50.0 MB, and the limit is 50.0 MB'), FOUND],
  });
  expect(read).not.toContain(box.path('a.py'));
});

test('a loop of symbolic links', async () => {
  const box = sandbox();
  symlinkSync('b.py', box.path('a.py'));
  symlinkSync('a.py', box.path('b.py'));
  expect(await lint(box, ['a.py'])).toEqual({
    code: 1,
    lines: [UNREADABLE('a.py', 'its symbolic links form a loop'), FOUND],
    stderr: '',
  });
});

test('a symbolic link to nothing', async () => {
  const box = sandbox();
  symlinkSync('nothing', box.path('a.py'));
  expect(await lint(box, ['a.py'])).toEqual({
    code: 1,
    lines: [UNREADABLE('a.py', 'it does not exist'), FOUND],
    stderr: '',
  });
});

test('what cannot be read stands in its place among the files', async () => {
  const box = sandbox();
  symlinkSync('nothing', box.path('zz.py'));
  expect((await lint(box, ['zz.py'])).lines).toEqual([FOUND, UNREADABLE('zz.py', 'it does not exist')]);
});

test('a file that is deleted while the run goes on', async () => {
  const box = sandbox({ 'a.py': LEAK, 'b.py': LEAK });
  const disk = {
    read: async (path: string) => {
      if (path.endsWith('/a.py')) rmSync(box.path('b.py'));
      return nodeDisk.read(path);
    },
  };
  expect(await lint(box, ['a.py', 'b.py'], { disk })).toEqual({
    code: 1,
    lines: ['a.py:1:5: error unclosed-leak The leak is never closed.', UNREADABLE('b.py', 'it does not exist'), FOUND],
    stderr: '',
  });
});

test('a pipe is not waited for', async () => {
  const box = sandbox();
  execFileSync('mkfifo', [box.path('a.py')]);
  expect(await lint(box, ['a.py'])).toEqual({
    code: 1,
    lines: [UNREADABLE('a.py', 'it is not a regular file'), FOUND],
    stderr: '',
  });
});

test('a failure of our own in one file names the file and the place, and the run goes on', async () => {
  const { code, lines, stderr } = await lint(sandbox({ 'a.py': 'crash(1)\n' }), ['a.py']);
  expect({ code, stderr, second: lines[1] }).toEqual({ code: 1, stderr: '', second: FOUND });
  expect(lines[0]).toMatch(
    /^a\.py:1:1: error internal-error pylint-leaks failed on this file, .* TypeError: the pipeline broke at diagnose \(fake-engine\.ts:\d+:\d+\)/,
  );
  expect(lines[0]).not.toContain('packages');
});

test('a parser that does not load ends the run', async () => {
  const engine = { ...fakeEngine, loadParser: () => Promise.reject(new Error('no binding\nmany\nlines')) };
  expect(await sandbox({ 'a.py': LEAK }).run(['a.py'], { engine })).toMatchObject({
    code: 2,
    stdout: '',
    stderr: 'error: the parser cannot be loaded: no binding\n',
  });
});

test('file names with control characters cannot draw on the terminal', async () => {
  const { stdout } = await sandbox({ 'a\u001b[31m\n.py': LEAK }).run(['--format', 'concise', '.']);
  expect(stdout).toBe('a\ufffd[31m\ufffd.py:1:5: error unclosed-leak The leak is never closed.\n');
});
