import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { nodeDisk } from '../src/disk';
import { diskError, sandboxes, type Sandbox, type Surroundings } from './sandbox';

const sandbox = sandboxes();
const LEAK = 'x = leak(1)\n';
const FIXED = 'x = closed(1).now\n';

/** A repository with one leak and what is left of it in the report after --fix. */
async function fix(box: Sandbox, argv: readonly string[], surroundings: Surroundings = {}) {
  const { code, stdout, stderr } = await box.run(['--fix', '--format', 'concise', ...argv], surroundings);
  return { code, stderr, lines: stdout.split('\n').slice(0, -1) };
}

const STILL = (name: string) => `${name}:1:5: error unclosed-leak The leak is never closed.`;
const REFUSED = (name: string, reason: string) =>
  `${name}:1:1: error unwritable-file The fixes were not written: ${reason}.`;

test('a fixed file keeps its mode bits, and no temporary file is left', async () => {
  const box = sandbox({ 'a.py': LEAK });
  chmodSync(box.path('a.py'), 0o751);
  const inode = statSync(box.path('a.py'), { bigint: true }).ino;
  expect(await fix(box, ['a.py'])).toEqual({ code: 0, stderr: 'note: a.py: 1 problem fixed\n', lines: [] });
  expect(box.read('a.py')).toBe(FIXED);
  expect(statSync(box.path('a.py')).mode & 0o777).toBe(0o751);
  expect(readdirSync(box.root)).toEqual(['a.py']);
  // Another inode: the text was not written over the old one, where an interruption would leave half of it.
  expect(statSync(box.path('a.py'), { bigint: true }).ino).not.toBe(inode);
});

test('byte-order mark, line ends and encoding survive', async () => {
  const box = sandbox({
    'bom.py': `\ufeff# é\r\n${LEAK.replace('\n', '\r\n')}`,
    'latin.py': Buffer.from(`# coding: latin-1\n# \xe9\n${LEAK}`, 'latin1'),
    'mac.py': 'a = 1\rx = leak(1)\r',
  });
  expect(await fix(box, ['.'])).toMatchObject({ code: 0 });
  expect(box.bytes('bom.py')).toEqual(Buffer.from('\ufeff# é\r\nx = closed(1).now\r\n'));
  expect(box.bytes('latin.py')).toEqual(Buffer.from(`# coding: latin-1\n# \xe9\n${FIXED}`, 'latin1'));
  expect(box.read('mac.py')).toBe('a = 1\rx = closed(1).now\r');
});

test('files without fixes are not touched', async () => {
  const box = sandbox({
    'clean.py': 'x = 1\n',
    'warned.py': 'maybe(1)\n',
    'unsafe.py': 'risky(1)\n',
    'stubborn.py': 'stubborn(1)\n',
  });
  const replaced: string[] = [];
  await fix(box, ['.'], { disk: { replace: (path) => Promise.resolve(void replaced.push(path)) } });
  expect(replaced).toEqual([]);
});

test('a read-only file is left alone, also for root, and its findings stay', async () => {
  const box = sandbox({ 'a.py': LEAK, 'b.py': LEAK });
  chmodSync(box.path('a.py'), 0o444);
  expect(await fix(box, ['.'])).toEqual({
    code: 1,
    stderr: 'note: b.py: 1 problem fixed\n',
    lines: [REFUSED('a.py', 'it is read-only'), STILL('a.py')],
  });
  expect(box.read('a.py')).toBe(LEAK);
});

test('a file that somebody changed meanwhile is left as they made it', async () => {
  const box = sandbox({ 'a.py': LEAK });
  let reads = 0;
  const disk = {
    read: async (path: string) => {
      const content = await nodeDisk.read(path);
      if (path.endsWith('a.py') && reads++ === 0) writeFileSync(path, 'theirs = 1\n');
      return content;
    },
  };
  expect(await fix(box, ['a.py'], { disk })).toMatchObject({
    code: 1,
    lines: [REFUSED('a.py', 'it was changed by somebody else meanwhile'), STILL('a.py')],
  });
  expect(box.read('a.py')).toBe('theirs = 1\n');
});

test('a file that was deleted meanwhile does not come back', async () => {
  const box = sandbox({ 'a.py': LEAK });
  const disk = {
    read: async (path: string) => {
      const content = await nodeDisk.read(path);
      if (path.endsWith('a.py')) rmSync(path);
      return content;
    },
  };
  expect(await fix(box, ['a.py'], { disk })).toMatchObject({
    code: 1,
    lines: [REFUSED('a.py', 'it was deleted meanwhile'), STILL('a.py')],
  });
  expect(readdirSync(box.root)).toEqual([]);
});

test.each([
  ['ENOSPC', 'no space is left on the device'],
  ['EROFS', 'the file system is read-only'],
  ['EXDEV', 'EXDEV'],
])('a write that fails with %s loses nothing, and the next file is fixed', async (code, reason) => {
  const box = sandbox({ 'a.py': LEAK, 'b.py': LEAK });
  const disk = {
    replace: (path: string, bytes: Uint8Array) =>
      path.endsWith('a.py') ? Promise.reject(diskError(code)) : nodeDisk.replace(path, bytes),
  };
  expect(await fix(box, ['.'], { disk })).toMatchObject({ code: 1, lines: [REFUSED('a.py', reason), STILL('a.py')] });
  expect([box.read('a.py'), box.read('b.py')]).toEqual([LEAK, FIXED]);
});

test("a fixed text that the file's encoding cannot hold is not written", async () => {
  const content = '# coding: latin-1\nx = euro(1)\n';
  const box = sandbox({ 'a.py': content });
  const { code, lines } = await fix(box, ['a.py']);
  expect({ code, first: lines[0] }).toEqual({ code: 1, first: REFUSED('a.py', 'the fixed text does not fit latin1') });
  expect(box.read('a.py')).toBe(content);
});

describe('symbolic links', () => {
  test('inside the tree: the target is fixed and the link stays a link', async () => {
    const box = sandbox({ 'src/real.py': LEAK });
    symlinkSync('src/real.py', box.path('link.py'));
    expect(await fix(box, ['link.py'])).toMatchObject({ code: 0 });
    expect(lstatSync(box.path('link.py')).isSymbolicLink()).toBe(true);
    expect(readlinkSync(box.path('link.py'))).toBe('src/real.py');
    expect(box.read('src/real.py')).toBe(FIXED);
  });

  test('out of the tree: never followed', async () => {
    const box = sandbox({ 'outside.py': LEAK, 'repo/keep.py': 'x = 1\n' });
    box.git('init', '-q', 'repo');
    symlinkSync('../outside.py', box.path('repo/link.py'));
    const { code, lines } = await fix(box, ['link.py'], { cwd: 'repo' });
    expect({ code, lines }).toEqual({
      code: 1,
      lines: [
        REFUSED('link.py', `it is a symbolic link out of the tree, to ${box.path('outside.py')}`),
        STILL('link.py'),
      ],
    });
    expect(box.read('outside.py')).toBe(LEAK);
  });

  test('a linked directory that leads out: never followed', async () => {
    const box = sandbox({ 'outside/a.py': LEAK });
    mkdirSync(box.path('repo'));
    box.git('init', '-q', 'repo');
    box.git('init', '-q', 'outside');
    symlinkSync('../outside', box.path('repo/linked'));
    expect(await fix(box, ['linked/a.py'], { cwd: 'repo' })).toMatchObject({ code: 1 });
    expect(box.read('outside/a.py')).toBe(LEAK);
  });

  test('a file that is named outside of the working directory is fixed', async () => {
    const box = sandbox({ 'other/a.py': LEAK, 'here/b.py': '' });
    expect(await fix(box, ['../other/a.py'], { cwd: 'here' })).toMatchObject({ code: 0 });
    expect(box.read('other/a.py')).toBe(FIXED);
  });
});
