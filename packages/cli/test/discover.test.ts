import { chmodSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { diskError, sandboxes, type Sandbox, type Surroundings } from './sandbox';
import { nodeDisk } from '../src/disk';

const sandbox = sandboxes();
const PLAIN = 'x = 1\n';

/** The files that a run looked at: JSON lists clean files too. */
async function looked(
  box: Sandbox,
  argv: readonly string[],
  surroundings: Surroundings = {},
): Promise<readonly string[]> {
  const { stdout } = await box.run(['--format', 'json', ...argv], surroundings);
  const files = JSON.parse(stdout) as readonly { readonly filePath: string }[];
  return files.map(({ filePath }) => filePath.slice(box.root.length + 1));
}

function tree(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, PLAIN]));
}

describe.each(['in a git checkout', 'outside of git'])('%s', (where) => {
  const make = (files: Readonly<Record<string, string>>): Sandbox => {
    const box = sandbox(files);
    if (where === 'in a git checkout') box.git('init', '-q');
    return box;
  };

  test('finds .py and .pyi files, sorted, each once', async () => {
    const box = make(tree('b.py', 'a.py', 'a/z.pyi', 'a/b.txt', 'a/.hidden/h.py', 'B.py', 'ünï.py', 'with space.py'));
    expect(await looked(box, ['.', 'a', 'a.py'])).toEqual([
      'B.py',
      'a.py',
      'a/.hidden/h.py',
      'a/z.pyi',
      'b.py',
      'with space.py',
      'ünï.py',
    ]);
  });

  test('honours .gitignore, nested and negated', async () => {
    const box = make({
      ...tree('a.py', 'gen/x.py', 'keep/gen.py', 'sub/one_pb2.py', 'sub/two_pb2.py', 'sub/logs/l.py'),
      '.gitignore': '/gen/\n*_pb2.py\n',
      'sub/.gitignore': '!two_pb2.py\nlogs/\n',
    });
    expect(await looked(box, ['.'])).toEqual(['a.py', 'keep/gen.py', 'sub/two_pb2.py']);
  });

  test('leaves out what other people or tools made', async () => {
    const box = make(
      tree(
        'a.py',
        '.venv/lib/v.py',
        'node_modules/n/n.py',
        'build/b.py',
        'dist/d.py',
        'x/__pycache__/c.py',
        'e/lib/site-packages/s.py',
        'src/rebuild/r.py',
      ),
    );
    expect(await looked(box, ['.'])).toEqual(['a.py', 'src/rebuild/r.py']);
  });

  test('leaves out a virtual environment by any name', async () => {
    const box = make(tree('a.py', 'py311/pyvenv.cfg', 'py311/bin/activate_this.py', 'stdlib/venv/__init__.py'));
    expect(await looked(box, ['.'])).toEqual(['a.py', 'stdlib/venv/__init__.py']);
  });

  test('searches a directory that is named even when it is excluded or ignored', async () => {
    const box = make({ ...tree('build/b.py', 'gen/g.py'), '.gitignore': 'gen/\n' });
    expect(await looked(box, ['build', 'gen'])).toEqual(['build/b.py', 'gen/g.py']);
    box.write({ '.pylint-leaksrc.json': '{"extend-exclude": ["gen/"]}' });
    expect(await looked(box, ['gen'])).toEqual(['gen/g.py']);
    expect(await looked(box, ['gen', '--force-exclude'])).toEqual([]);
  });

  test('exclude, extend-exclude and --exclude', async () => {
    const files = tree('a.py', 'build/b.py', 'tests/data/t.py', 'src/x_pb2.py', 'src/y.py');
    const extended = make({ ...files, '.pylint-leaksrc.json': '{"extend-exclude": ["tests/data"]}' });
    expect(await looked(extended, ['.'])).toEqual(['a.py', 'src/x_pb2.py', 'src/y.py']);
    const replaced = make({ ...files, '.pylint-leaksrc.json': '{"exclude": ["*_pb2.py"]}' });
    expect(await looked(replaced, ['.'])).toEqual(['a.py', 'build/b.py', 'src/y.py', 'tests/data/t.py']);
    expect(await looked(extended, ['--exclude', 'src/', '.'])).toEqual(['a.py']);
  });

  test('patterns are relative to the file that states them', async () => {
    const box = make({
      ...tree('data/a.py', 'pkg/data/b.py', 'pkg/sub/data/c.py'),
      'pkg/.pylint-leaksrc.json': '{"extend-exclude": ["/data"]}',
    });
    expect(await looked(box, ['.'])).toEqual(['data/a.py', 'pkg/sub/data/c.py']);
  });

  test('a file that is named is linted, whatever its name, unless --force-exclude', async () => {
    const box = make(tree('build/b.py', 'script'));
    expect(await looked(box, ['build/b.py', 'script'])).toEqual(['build/b.py', 'script']);
    expect(await looked(box, ['--force-exclude', 'build/b.py', 'script'])).toEqual(['script']);
  });

  test('a directory named x.py is searched, and said so', async () => {
    const box = make(tree('x.py/inner.py', 'a.py'));
    expect(await looked(box, ['.'])).toEqual(['a.py', 'x.py/inner.py']);
    expect((await box.run(['x.py'])).stderr).toBe('note: x.py: a directory, searched for Python files\n');
    expect((await box.run(['.'])).stderr).toBe('note: x.py: a directory, searched for Python files\n');
  });

  test('symbolic links are not followed, and loops get a line', async () => {
    const box = make(tree('pkg/a.py'));
    symlinkSync('.', box.path('pkg/loop'));
    symlinkSync('self.py', box.path('self.py'));
    symlinkSync('nowhere', box.path('gone.py'));
    symlinkSync('someone@host.1234', box.path('.#a.py'));
    symlinkSync('pkg/a.py', box.path('again.py'));
    expect(await looked(box, ['.'])).toEqual(['pkg/a.py']);
    const { stderr, code } = await box.run(['.']);
    expect(code).toBe(0);
    expect(stderr.split('\n').sort()).toEqual([
      '',
      'note: gone.py: skipped, a symbolic link to nothing',
      'note: pkg/loop: skipped, a symbolic link to a directory that contains it',
      'note: self.py: skipped, its symbolic links form a loop',
    ]);
  });

  test('nothing to lint is a warning and no failure', async () => {
    const box = make({ 'readme.md': '' });
    expect(await box.run(['.'])).toMatchObject({ code: 0, stderr: 'warning: no Python files found\n' });
    expect(await looked(box, ['.'])).toEqual([]);
  });
});

test('repositories inside a checkout are searched, tracked or not', async () => {
  const box = sandbox(tree('a.py', 'inner/i.py', 'inner/.gitignore', 'module/m.py'));
  for (const name of ['inner', 'module']) {
    box.git('-C', name, 'init', '-q');
    box.git('-C', name, 'add', '.');
    box.git('-C', name, 'commit', '-qm', 'One');
  }
  box.git('init', '-q');
  box.git('add', 'module');
  expect(await looked(box, ['.'])).toEqual(['a.py', 'inner/i.py', 'module/m.py']);
});

test('a submodule that is not checked out is an ordinary directory', async () => {
  const box = sandbox(tree('a.py', 'module/m.py'));
  box.git('-C', 'module', 'init', '-q');
  box.git('-C', 'module', 'add', '.');
  box.git('-C', 'module', 'commit', '-qm', 'One');
  box.git('init', '-q');
  box.git('add', 'module');
  rmSync(box.path('module/.git'), { recursive: true });
  expect(await looked(box, ['.'])).toEqual(['a.py', 'module/m.py']);
  expect(await looked(box, ['module'])).toEqual(['module/m.py']);
});

test('a tracked file that was deleted is no longer there', async () => {
  const box = sandbox(tree('a.py', 'gone.py'));
  box.git('init', '-q');
  box.git('add', '.');
  rmSync(box.path('gone.py'));
  expect(await looked(box, ['.'])).toEqual(['a.py']);
});

test('a hook runs with variables that point git elsewhere', async () => {
  const box = sandbox(tree('repo/a.py', 'repo/known-to-git.py', 'other/.keep'));
  box.git('init', '-q', 'repo');
  box.git('init', '-q', 'other');
  box.write({ 'repo/.git/info/exclude': 'known-to-git.py\n' });
  const env = { GIT_DIR: box.path('other/.git'), GIT_INDEX_FILE: box.path('other/.git/index') };
  expect(await looked(box, ['repo'], { env })).toEqual(['repo/a.py']);
});

test('without git the directories are walked', async () => {
  const box = sandbox({ ...tree('a.py', 'gen/g.py'), '.gitignore': 'gen/\n' });
  box.git('init', '-q');
  mkdirSync(box.path('bin'));
  expect(await looked(box, ['.'], { env: { PATH: box.path('bin') } })).toEqual(['a.py']);
});

test('a directory that cannot be read is a finding, and the rest is linted', async () => {
  const box = sandbox(tree('a.py', 'locked/b.py'));
  const disk = {
    list: (path: string) => (path.endsWith('locked') ? Promise.reject(diskError('EACCES')) : nodeDisk.list(path)),
  };
  chmodSync(box.path('locked'), 0o700);
  const { code, stdout } = await box.run(['--format', 'concise', '.'], { disk });
  expect({ code, stdout }).toEqual({
    code: 1,
    stdout: 'locked:1:1: error unreadable-file The file cannot be read: permission denied.\n',
  });
});
