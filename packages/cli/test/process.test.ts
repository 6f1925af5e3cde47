import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sandboxes } from './sandbox';

/** The real program in a process of its own, from source; what only a process can show. */
const sandbox = sandboxes();
const root = join(__dirname, '../../..');
const command = [
  process.execPath,
  '--import',
  join(root, 'node_modules/tsx/dist/loader.mjs'),
  join(root, 'packages/cli/src/bin.ts'),
] as const;
const [node, ...args] = command;
const LEAK =
  'import sqlite3\n\n\ndef rows(path):\n    conn = sqlite3.connect(path)\n    return conn.execute("select 1").fetchall()\n';

test('exit code, report on stdout, nothing on stderr', () => {
  const box = sandbox({ 'a.py': LEAK });
  const { status, stdout, stderr } = spawnSync(node, [...args, '--format', 'concise', 'a.py'], {
    cwd: box.root,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(stdout).toMatch(/^a\.py:5:12: error unclosed-sqlite-connection .+\n$/);
});

test('standard input is read to its end', () => {
  const { status, stdout } = spawnSync(node, [...args, '--format', 'concise', '-'], {
    input: `${'# long\n'.repeat(50_000)}${LEAK}`,
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stdout).toMatch(/^<stdin>:50005:12: error unclosed-sqlite-connection /);
});

test('a reader that has seen enough is no failure', async () => {
  const files = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`m${index}.py`, LEAK.repeat(20)]));
  const box = sandbox(files);
  const child = spawn(node, [...args, '.'], { cwd: box.root, stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdout.once('data', () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
});

test('Ctrl-C ends the run after the current file, and no file is half written', async () => {
  const names = Array.from({ length: 400 }, (_, index) => `m${String(index).padStart(3, '0')}.py`);
  const box = sandbox(Object.fromEntries(names.map((name) => [name, LEAK])));
  const child = spawn(node, [...args, '--fix', '--format', 'concise', '.'], {
    cwd: box.root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.resume();
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  // The first file is fixed: the run is under way, with hundreds to go.
  const timer = setInterval(() => {
    if (box.read('m000.py') === LEAK) return;
    clearInterval(timer);
    child.kill('SIGINT');
  }, 5);
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearInterval(timer);
  expect(code).toBe(130);
  expect(stderr).toMatch(/interrupted after \d+ files?\n$/);
  const fixed = box.read('m000.py');
  const contents = names.map((name) => box.read(name));
  expect(contents.filter((content) => content !== LEAK && content !== fixed)).toEqual([]);
  expect(contents.at(-1)).toBe(LEAK);
  expect(contents.filter((content) => content === fixed)).toHaveLength(
    Number(/interrupted after (\d+)/.exec(stderr)?.[1]),
  );
});

test.each([
  ['SIGINT', 1, 130, null],
  ['SIGTERM', 1, 130, null],
  ['SIGINT', 2, null, 'SIGINT'],
] as const)(
  '%s, %i times, while --verify-cmd runs: the file has its old bytes back',
  async (name, times, code, signal) => {
    const box = sandbox({ 'a.py': LEAK });
    // It ignores the polite request, so that the second signal comes while it is still there.
    const line = "if grep -q closing a.py; then trap '' TERM; touch started; while :; do sleep 0.1; done; fi";
    const child = spawn(node, [...args, '--fix', '--verify-cmd', line, 'a.py'], { cwd: box.root, stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('close', (...end) => resolve(end)));
    let sent = 0;
    const timer = setInterval(() => {
      if (existsSync(box.path('started')) && sent++ < times) child.kill(name);
    }, 100);
    expect(await ended).toEqual([code, signal]);
    clearInterval(timer);
    expect(box.read('a.py')).toBe(LEAK);
  },
);

test('SIGKILL while --verify-cmd runs: the next run tells of it, and restore gives the old bytes back', async () => {
  const box = sandbox({ 'a.py': LEAK });
  // It outlives the program, and ends with the sandbox.
  const line = 'if grep -q closing a.py; then touch started; while [ -e started ]; do sleep 0.1; done; fi';
  const child = spawn(node, [...args, '--fix', '--verify-cmd', line, 'a.py'], { cwd: box.root, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('close', (...end) => resolve(end)));
  const timer = setInterval(() => {
    if (existsSync(box.path('started'))) child.kill('SIGKILL');
  }, 100);
  expect(await ended).toEqual([null, 'SIGKILL']);
  clearInterval(timer);
  box.delete('started');
  expect(box.read('a.py')).not.toBe(LEAK);
  expect((await box.run(['a.py'])).stderr).toContain('1 file fixed but not checked (a.py)');
  expect(await box.run(['restore'])).toMatchObject({ code: 0, stdout: 'a.py: restored\n1 file restored.\n' });
  expect(box.read('a.py')).toBe(LEAK);
});
