import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeWorkplace, runIn, type Ended, type Workplace } from './bundle';

/** The bundle as hooks and editors run it: with file names, again and again, in whatever order. */
jest.setTimeout(120_000);

const LEAK = 'import sqlite3\n\n\ndef use(path):\n    conn = sqlite3.connect(path)\n    conn.execute("vacuum")\n';
/** Closed on every normal path. */
const WARNING = 'def read(path):\n    file = open(path)\n    text = file.read()\n    file.close()\n    return text\n';
const CLEAN = 'def read(path):\n    with open(path) as file:\n        return file.read()\n';
const BROKEN = 'def read(path:\n    pass\n';
/** A finding without a safe fix. */
const OWNER =
  'class Log:\n    def __init__(self, path):\n        self.file = open(path)\n\n    def write(self, text):\n        self.file.write(text)\n';

const PROJECT: Readonly<Record<string, string>> = {
  'pyproject.toml': '[tool.pylint-leaks]\nexclude = ["vendor/", "*_pb2.py"]\n',
  'clean.py': CLEAN,
  'leak.py': LEAK,
  'warning.py': WARNING,
  'broken.py': BROKEN,
  'owner.py': OWNER,
  'vendor/leak.py': LEAK,
  'app/leak_pb2.py': LEAK,
  'app/zeta.py': LEAK,
  'app/alpha.py': LEAK + OWNER,
};

let work: Workplace;
beforeAll(() => {
  work = makeWorkplace();
});
afterAll(() => {
  work.remove();
});

function project(): {
  readonly root: string;
  readonly run: (...args: readonly string[]) => Ended;
  readonly read: (name: string) => string;
} {
  const root = mkdtempSync(join(work.root, 'project-'));
  for (const [name, text] of Object.entries(PROJECT)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return {
    root,
    run: (...args) => runIn(root, process.execPath, [work.cli, ...args]),
    read: (name) => readFileSync(join(root, name), 'utf8'),
  };
}

describe('a hook', () => {
  const names = (stdout: string): readonly string[] => [
    ...new Set([...stdout.matchAll(/^(\S+?):\d+:\d+: /gm)].map(([, name]) => name ?? '')),
  ];

  it.each<readonly [string, number, readonly string[], readonly string[]]>([
    ['nothing to say', 0, ['clean.py'], []],
    ['a leak', 1, ['clean.py', 'leak.py'], ['leak.py']],
    ['a warning only', 0, ['warning.py'], ['warning.py']],
    ['a file that does not parse', 1, ['broken.py'], ['broken.py']],
    ['files left out', 0, ['vendor/leak.py', 'app/leak_pb2.py'], []],
    ['a leak beside files left out', 1, ['vendor/leak.py', 'leak.py', 'app/leak_pb2.py'], ['leak.py']],
  ])('ends well or badly: %s', (_, code, files, reported) => {
    const ended = project().run('--force-exclude', '--format', 'concise', ...files);
    expect(names(ended.stdout)).toEqual(reported);
    expect(ended.code).toBe(code);
  });

  it('reports a named file without --force-exclude, excluded or not', () => {
    expect(project().run('--format', 'concise', 'vendor/leak.py').code).toBe(1);
  });

  it('can count warnings', () => {
    const { run } = project();
    expect(run('--force-exclude', '--max-warnings', '0', 'warning.py').code).toBe(1);
    expect(run('--force-exclude', '--max-warnings', '1', 'warning.py').code).toBe(0);
  });

  it('tells a program that could not run from one that found something', () => {
    const { run } = project();
    expect(run('--force-exclude', 'missing.py').code).toBe(2);
    expect(run('--force-exlude', 'clean.py').code).toBe(2);
  });

  it('with --fix changes what it may, leaves the rest, and ends badly only for the rest', () => {
    const { run, read } = project();
    const fixed = run('--fix', '--force-exclude', 'leak.py', 'warning.py', 'vendor/leak.py');
    expect(fixed.code).toBe(0);
    expect(read('leak.py')).toContain('with closing(sqlite3.connect(path)) as conn:');
    expect(read('warning.py')).toContain('with open(path) as file:');
    expect(read('vendor/leak.py')).toBe(LEAK);
    expect(run('--fix', '--force-exclude', 'owner.py', 'broken.py').code).toBe(1);
    expect([read('owner.py'), read('broken.py')]).toEqual([OWNER, BROKEN]);
    expect(run('--fix', '--force-exclude', 'leak.py', 'warning.py')).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('output', () => {
  const FILES = ['app/zeta.py', 'owner.py', 'broken.py', 'app/alpha.py', 'warning.py', 'leak.py', 'clean.py'];
  const orders: readonly (readonly string[])[] = [
    FILES,
    [...FILES].reverse(),
    [...FILES.slice(3), ...FILES.slice(0, 3)],
    [...FILES, ...FILES],
    FILES.map((name) => `./${name}`),
  ];

  it.each(['concise', 'json', 'full'])('is the same on every run and in every order of the files: %s', (format) => {
    const { run } = project();
    const [first, ...others] = [...orders, FILES].map((files) => run('--format', format, ...files));
    expect(first?.code).toBe(1);
    expect(first?.stdout).toContain('zeta.py');
    for (const other of others) expect(other).toEqual(first);
  });

  it('is the same for a directory as for its files', () => {
    const { run } = project();
    const visible = [...FILES];
    expect(run('--format', 'concise', '.').stdout).toBe(run('--format', 'concise', ...visible).stdout);
  });

  it('of --diff is the same, too, and applies', () => {
    const { root, run, read } = project();
    const [first, ...others] = orders.map((files) => run('--diff', ...files));
    for (const other of others) expect(other).toEqual(first);
    expect(first?.code).toBe(1);
    writeFileSync(join(root, 'fixes.patch'), first?.stdout ?? '');
    const applied = runIn(root, 'git', ['apply', '--verbose', 'fixes.patch']);
    expect(applied).toMatchObject({ code: 0 });
    const patched = FILES.map(read);
    const fixed = project();
    fixed.run('--fix', ...FILES);
    expect(patched).toEqual(FILES.map(fixed.read));
  });
});
