import { realEngine } from '../src/engine';
import { FORMATS } from '../src/formats';
import { isInShard } from '../src/shard/shard';
import { sandboxes, type Sandbox } from './sandbox';

const sandbox = sandboxes();
const real = { engine: realEngine };

/** Leaks that only somebody sees who reads the other files: a factory, a wrapper that closes, a class that owns. */
const PROJECT = {
  'pkg/__init__.py': '',
  'pkg/make.py': 'def make(path):\n    return open(path)\n',
  'pkg/close.py': 'def finish(file):\n    file.close()\n',
  'pkg/a.py': 'from pkg.make import make\n\n\ndef a(path):\n    file = make(path)\n    return file.read()\n',
  'pkg/b.py':
    'from .make import make\nfrom .close import finish\n\n\ndef b(path):\n    file = make(path)\n    finish(file)\n',
  'pkg/c.py': 'def c(path):\n    return open(path).read()\n',
  'pkg/d.py': 'def d(path):\n    return open(path).read(\n',
  'pkg/e.py':
    'from pkg.a import a\nimport sqlite3\n\n\ndef e(path):\n    a(path)\n    sqlite3.connect(path).execute("")\n',
  'bad.py': Buffer.from([0x61, 0xff, 0x0a]),
  'pyproject.toml': '[tool.pylint-leaks]\nmax-warnings = 0\n',
};

async function parts(box: Sandbox, count: number): Promise<readonly string[]> {
  const files: string[] = [];
  for (let index = 1; index <= count; index++) {
    const file = `part-${index}.json`;
    await box.run(['--parser', 'wasm', '--shard', `${index}/${count}`, '--format', `part:${file}`, '.'], real);
    files.push(file);
  }
  return files;
}

test('the parts together say in every format what one run says', async () => {
  const box = sandbox(PROJECT);
  const files = await parts(box, 3);
  // The page is filled from the same values, but its template has to be built first.
  const formats = Object.keys(FORMATS).filter((format) => format !== 'part' && format !== 'html');
  for (const format of formats) {
    const one = await box.run(['--parser', 'wasm', '--format', format, '.'], real);
    const merged = await box.run(['merge', '--format', format, ...files.toReversed()], real);
    expect({ format, ...merged }).toEqual({ format, ...one });
    expect(one.code).toBe(1);
    expect(one.stdout).toContain('a.py');
  }
});

test('every file is in exactly one part, and a part is not empty', () => {
  const names = Array.from({ length: 300 }, (_, index) => `src/module_${index}.py`);
  const sizes = [1, 2, 3, 4].map((index) => names.filter((name) => isInShard({ index, count: 4 }, name)).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(300);
  expect(Math.min(...sizes)).toBeGreaterThan(40);
});

test('merging is refused where it would not be the whole truth', async () => {
  const box = sandbox({ 'a.py': 'leak(1)\n', 'b.py': 'leak(1)\n' });
  for (const index of [1, 2]) await box.run(['--shard', `${index}/2`, '--format', `part:${index}.json`, '.']);
  await box.run(['--shard', '1/3', '--format', 'part:other.json', '.']);
  await box.run(['--format', 'json:plain.json', '.']);
  await box.run(['--shard', '2/2', '--format', 'part:lost.json', '.', 'no.py']);
  const merge = async (...files: readonly string[]) => (await box.run(['merge', ...files])).stderr;
  expect(await merge('1.json')).toBe('error: part 2/2 is missing\n');
  expect(await merge('1.json', '2.json', '2.json')).toBe('error: part 2/2 is there twice\n');
  expect(await merge('1.json', 'other.json')).toBe('error: parts of different runs: of 2 and of 3\n');
  expect(await merge('plain.json')).toBe('error: plain.json: not a report of --format part\n');
  expect(await merge('1.json', 'lost.json')).toBe('error: lost.json: that run did not go to its end\n');
  box.write({ 'a.py': 'leak(1)\nleak(2)\n' });
  expect(await merge('1.json', '2.json')).toBe(
    'error: a.py: not what was linted; merge where the same commit is checked out\n',
  );
});

test.each([
  [['--shard', '3/2'], '--shard must be such as 2/4 (the second of four), not "3/2"'],
  [['--shard', '1/2', '--fix'], '--shard cannot be combined with --fix'],
  [['--shard', '1/2', '-'], '--shard cannot be combined with standard input'],
  [['merge'], '"merge" takes the files that --shard i/n --format part:FILE has written'],
])('%j is an error', async (argv, message) => {
  expect(await sandbox().run(argv)).toMatchObject({ code: 2, stderr: `error: ${message}\n` });
});
