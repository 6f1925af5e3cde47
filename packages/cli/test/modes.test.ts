import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { nodeDisk } from '../src/disk';
import { sandboxes, type Sandbox } from './sandbox';

const sandbox = sandboxes();
const LEAK = 'x = leak(1)\n';
const MIXED = 'a = leak(1)\nb = risky(2)\nc = maybe(3)\n';

describe('exit codes', () => {
  test.each([
    ['clean', 'x = 1\n', [], 0],
    ['an error', LEAK, [], 1],
    ['a warning', 'maybe(1)\n', [], 0],
    ['as many warnings as allowed', 'maybe(1)\n', ['--max-warnings', '1'], 0],
    ['too many warnings', 'maybe(1)\nmaybe(2)\n', ['--max-warnings', '1'], 1],
    ['too many warnings that are not shown', 'maybe(1)\n', ['--quiet', '--max-warnings', '0'], 1],
    ['an error with --exit-zero', LEAK, ['--exit-zero'], 0],
    ['everything fixed', LEAK, ['--fix'], 0],
    ['something left after fixing', MIXED, ['--fix'], 1],
    ['only a warning left', MIXED, ['--fix', '--unsafe-fixes'], 0],
    ['a diff', LEAK, ['--diff'], 1],
    ['an empty diff, though there is an error', 'risky(1)\n', ['--diff'], 0],
    ['a diff with --exit-zero', LEAK, ['--diff', '--exit-zero'], 0],
  ])('%s', async (_name, content, argv, expected) => {
    expect((await sandbox({ 'a.py': content }).run([...argv, 'a.py'])).code).toBe(expected);
  });
});

describe('--fix', () => {
  test('applies safe fixes, with --unsafe-fixes the others too', async () => {
    const box = sandbox({ 'a.py': MIXED });
    const { stdout } = await box.run(['--fix', '--format', 'concise', 'a.py']);
    expect(box.read('a.py')).toBe('a = closed(1).now\nb = risky(2)\nc = maybe(3)\n');
    expect(stdout).toBe(
      'a.py:2:5: error unclosed-leak The risky is never closed.\na.py:3:5: warning unclosed-maybe The maybe is never closed.\n',
    );
    await box.run(['--fix', '--unsafe-fixes', 'a.py']);
    expect(box.read('a.py')).toBe('a = closed(1).now\nb = closed(2).now\nc = maybe(3)\n');
  });

  test('--unsafe-fixes alone writes nothing', async () => {
    const box = sandbox({ 'a.py': MIXED });
    await box.run(['--unsafe-fixes', 'a.py']);
    expect(box.read('a.py')).toBe(MIXED);
  });

  test('a rule that does not run fixes nothing', async () => {
    const box = sandbox({ 'a.py': LEAK });
    expect(await box.run(['--fix', '--ignore', 'unclosed-leak', 'a.py'])).toMatchObject({ code: 0 });
    expect(box.read('a.py')).toBe(LEAK);
  });

  test('a fix that is taken back is said so', async () => {
    const { code, stderr } = await sandbox({ 'a.py': 'stubborn(1)\n' }).run(['--fix', 'a.py']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'note: a.py: a fix of unclosed-leak was taken back: it is still there\n',
    });
  });

  test('a second run changes nothing', async () => {
    const box = sandbox({ 'a.py': MIXED });
    await box.run(['--fix', 'a.py']);
    const before = statSync(box.path('a.py'), { bigint: true }).ino;
    await box.run(['--fix', 'a.py']);
    expect(statSync(box.path('a.py'), { bigint: true }).ino).toBe(before);
  });
});

describe('--diff', () => {
  const contents = {
    'lf.py': `head = 1\n\n\n\n\n${LEAK}tail = 2\n`,
    'crlf.py': 'a = leak(1)\r\nb = 2\r\n',
    'bom.py': `\ufeff${LEAK}`,
    'no-end.py': 'x = leak(1)',
    'latin.py': Buffer.from(`# coding: latin-1\n# caf\xe9\n${LEAK}`, 'latin1'),
    'dir with space/näme.py': LEAK,
    'clean.py': 'x = 1\n',
  };

  test('writes nothing, and git applies it to the same bytes that --fix writes', async () => {
    const shown = sandbox(contents);
    const fixed = sandbox(contents);
    const { code, stdoutBytes, stderr } = await shown.run(['--diff', '.']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'note: 6 problems in 6 files would be fixed\n' });
    for (const [name, content] of Object.entries(contents)) expect(shown.bytes(name)).toEqual(Buffer.from(content));

    await fixed.run(['--fix', '.']);
    shown.git('init', '-q');
    execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: shown.root, input: stdoutBytes });
    for (const name of Object.keys(contents)) expect(shown.bytes(name)).toEqual(fixed.bytes(name));
  });

  test('is a plain unified diff', async () => {
    const { stdout } = await sandbox({ 'lf.py': contents['lf.py'] }).run([
      '--diff',
      '--format',
      'json',
      '--fix',
      'lf.py',
    ]);
    expect(stdout).toBe(
      '--- a/lf.py\n+++ b/lf.py\n@@ -3,5 +3,5 @@\n \n \n \n-x = leak(1)\n+x = closed(1).now\n tail = 2\n',
    );
  });

  test('with --unsafe-fixes shows those too', async () => {
    const { stdout } = await sandbox({ 'a.py': MIXED }).run(['--diff', '--unsafe-fixes', 'a.py']);
    expect(stdout.match(/^\+.*closed/gm)).toHaveLength(2);
  });

  test('a file that cannot be read is said on stderr and is no diff', async () => {
    const { code, stdout, stderr } = await sandbox({ 'a.py': 'x = "\0"\n' }).run(['--diff', 'a.py']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toBe(
      'a.py:1:6: error unreadable-file The file cannot be read: it contains a NUL byte, which Python refuses.\n',
    );
  });
});

describe('standard input', () => {
  test('is reported under the name that is given', async () => {
    expect(
      await sandbox().run(['--format', 'concise', '-', '--stdin-filename', 'pkg/a.py'], { stdin: LEAK }),
    ).toMatchObject({
      code: 1,
      stdout: 'pkg/a.py:1:5: error unclosed-leak The leak is never closed.\n',
      stderr: '',
    });
  });

  test('follows the configuration of that name', async () => {
    const box = sandbox({ 'pkg/.pylint-leaksrc.json': '{"ignore": ["unclosed-leak"]}' });
    expect(await box.run(['--stdin-filename', 'pkg/a.py'], { stdin: LEAK })).toMatchObject({ code: 0 });
    expect(await box.run(['-'], { stdin: LEAK })).toMatchObject({ code: 1 });
  });

  test('--fix prints the fixed text, and the report on stderr; no file is touched', async () => {
    const box = sandbox({ 'a.py': 'on disk\n' });
    const ran = await box.run(['--fix', '--format', 'concise', '--stdin-filename', 'a.py'], { stdin: MIXED });
    expect(ran).toMatchObject({ code: 1, stdout: 'a = closed(1).now\nb = risky(2)\nc = maybe(3)\n' });
    expect(ran.stderr).toContain('a.py:2:5: error unclosed-leak');
    expect(box.read('a.py')).toBe('on disk\n');
    expect(readdirSync(box.root)).toEqual(['a.py']);
  });

  test.each([
    ['nothing to fix', Buffer.from('x = 1\r\n')],
    ['not decodable', Buffer.of(0x78, 0xff, 0x0a)],
    ['a mark', Buffer.from('\ufeffx = 1\n')],
    ['empty', Buffer.of()],
  ])('--fix gives back what it got: %s', async (_name, stdin) => {
    expect((await sandbox().run(['--fix', '-'], { stdin })).stdoutBytes).toEqual(stdin);
  });

  test('an excluded name is left out with --force-exclude', async () => {
    const argv = ['--format', 'json', '--force-exclude', '--stdin-filename', 'build/a.py'];
    expect(await sandbox().run(argv, { stdin: LEAK })).toMatchObject({ code: 0, stdout: '[]\n' });
    expect(await sandbox().run(['--fix', ...argv], { stdin: LEAK })).toMatchObject({ code: 0, stdout: LEAK });
  });

  test('--diff prints the diff', async () => {
    const { code, stdout } = await sandbox().run(['--diff', '--stdin-filename', 'a.py'], { stdin: LEAK });
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: '--- a/a.py\n+++ b/a.py\n@@ -1,1 +1,1 @@\n-x = leak(1)\n+x = closed(1).now\n',
    });
  });
});

describe('--output-file', () => {
  test('takes the report, without colour, and makes its directory', async () => {
    const box = sandbox({ 'a.py': LEAK });
    expect(await box.run(['-o', 'out/report.txt', 'a.py'], { isTTY: true, env: { FORCE_COLOR: '1' } })).toMatchObject({
      code: 1,
      stdout: '',
    });
    expect(box.read('out/report.txt')).toContain('a.py:1:5: error unclosed-leak The leak is never closed.\n');
  });

  test('that cannot be written is one line and exit code 2', async () => {
    const box: Sandbox = sandbox({ 'a.py': LEAK, 'taken/x': '' });
    expect(await box.run(['-o', 'taken', 'a.py'])).toMatchObject({
      code: 2,
      stderr: 'error: taken: the report cannot be written: it is a directory\n',
    });
  });
});

test('an interruption while looking ends the run before anything is written', async () => {
  const box = sandbox({ 'a.py': LEAK, 'b.py': LEAK });
  const stop = new AbortController();
  const disk = {
    read: (path: string) => {
      if (path.endsWith('/a.py')) stop.abort();
      return nodeDisk.read(path);
    },
  };
  const ran = await box.run(['--fix', '--format', 'concise', '.'], { disk, signal: stop.signal });
  expect(ran).toMatchObject({ code: 130, stderr: 'note: interrupted after 1 file\n' });
  expect([box.read('a.py'), box.read('b.py')]).toEqual([LEAK, LEAK]);
});

test('an interruption while fixing ends the run after the current file, and says so', async () => {
  const box = sandbox({ 'a.py': LEAK, 'b.py': LEAK });
  const stop = new AbortController();
  const disk = {
    replace: (path: string, bytes: Uint8Array) => {
      stop.abort();
      return nodeDisk.replace(path, bytes);
    },
  };
  const ran = await box.run(['--fix', '--format', 'concise', '.'], { disk, signal: stop.signal });
  expect(ran).toMatchObject({
    code: 130,
    stdout: '',
    stderr: 'note: a.py: 1 problem fixed\nnote: interrupted after 1 file\n',
  });
  expect([box.read('a.py'), box.read('b.py')]).toEqual(['x = closed(1).now\n', LEAK]);
});
