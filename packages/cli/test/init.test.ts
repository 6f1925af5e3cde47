import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { loadTestParser } from '@pylint-leaks/testkit';
import { realEngine } from '../src/engine';
import { moduleName } from '../src/init/module-name';
import { setToolKey } from '../src/init/toml-key';
import { sandboxes } from './sandbox';

const sandbox = sandboxes();
const RUNTIME = readFileSync(join(__dirname, '../../runtime/single_file/pylint_leaks_runtime.py'), 'utf8');
const vendor = ['init', '--vendor-runtime', 'src/app/resources.py'];
const PYPROJECT = '[project]\nname = "app"  # mine\n\n[tool.pylint-leaks]\nselect = ["ALL"]\n';

describe('init --vendor-runtime', () => {
  test('writes the runtime and names it in pyproject.toml', async () => {
    const box = sandbox({ 'pyproject.toml': PYPROJECT });
    expect(await box.run(vendor, { engine: realEngine })).toMatchObject({
      code: 0,
      stdout: '',
      stderr:
        'note: src/app/resources.py: written\nnote: pyproject.toml: runtime-module = "app.resources", so fixes import from app.resources\n',
    });
    expect(box.read('src/app/resources.py')).toBe(RUNTIME);
    expect(box.read('pyproject.toml')).toBe(
      PYPROJECT.replace('[tool.pylint-leaks]\n', '[tool.pylint-leaks]\nruntime-module = "app.resources"\n'),
    );
    expect((await box.run(vendor, { engine: realEngine })).stderr).toBe(
      'note: src/app/resources.py: up to date\nnote: fixes import from app.resources\n',
    );
  });

  test('replaces no file unless told', async () => {
    const box = sandbox({ 'pyproject.toml': PYPROJECT, 'src/app/resources.py': 'mine = 1\n' });
    expect(await box.run(vendor, { engine: realEngine })).toMatchObject({
      code: 2,
      stderr: 'error: src/app/resources.py: there is such a file already; --force replaces it\n',
    });
    expect([box.read('src/app/resources.py'), box.read('pyproject.toml')]).toEqual(['mine = 1\n', PYPROJECT]);
    expect((await box.run([...vendor, '--force'], { engine: realEngine })).stderr).toContain(
      'resources.py: replaced\n',
    );
    expect(box.read('src/app/resources.py')).toBe(RUNTIME);
  });

  test('never follows a link out of the tree', async () => {
    const box = sandbox({ 'outside.py': 'mine = 1\n', 'repo/pyproject.toml': PYPROJECT });
    box.git('init', '-q', 'repo');
    symlinkSync('../outside.py', box.path('repo/resources.py'));
    const argv = ['init', '--vendor-runtime', 'resources.py', '--force'];
    const { code, stderr } = await box.run(argv, { engine: realEngine, cwd: 'repo' });
    expect([code, stderr]).toEqual([2, expect.stringContaining('it is a symbolic link out of the tree')]);
    expect(box.read('outside.py')).toBe('mine = 1\n');
  });

  test.each([
    ['no configuration at all', {}, 'pyproject.toml, below [tool.pylint-leaks]'],
    ['another configuration file', { '.pylint-leaksrc.json': '{"max-warnings": 1}' }, '.pylint-leaksrc.json'],
    [
      'a table that is written inline',
      { 'pyproject.toml': 'tool = { pylint-leaks = { max-warnings = 1 } }\n' },
      'pyproject.toml',
    ],
  ])('says what to add where it cannot: %s', async (_name, files, where) => {
    const box = sandbox(files);
    const { code, stderr } = await box.run(vendor, { engine: realEngine });
    expect([code, stderr]).toEqual([
      0,
      `note: src/app/resources.py: written\nnote: to let fixes import from app.resources, add to ${where}: runtime-module = "app.resources"\n`,
    ]);
    for (const [name, content] of Object.entries(files)) expect(box.read(name)).toBe(content);
  });

  test('a fixed program runs with it, and nobody has to install anything', async () => {
    const box = sandbox({
      'pyproject.toml': PYPROJECT,
      'src/app/__init__.py': '',
      'src/app/work.py':
        'import threading\n\n\ndef start():\n    threading.Thread(target=print, args=("done",)).start()\n',
    });
    const engine = { ...realEngine, loadParser: loadTestParser };
    const fix = ['--fix', '--unsafe-fixes', '--format', 'concise', 'src/app/work.py'];
    const before = await box.run(['--diff', '--unsafe-fixes', 'src/app/work.py'], { engine });
    expect(before.stderr).toContain(
      'note: fixed files import pylint_leaks_runtime: install pylint-leaks-runtime, or write it into the project with pylint-leaks init --vendor-runtime FILE\n',
    );
    await box.run(vendor, { engine });
    const { stderr } = await box.run(fix, { engine });
    expect(stderr).toBe('note: src/app/work.py: 1 problem fixed\n');
    expect(box.read('src/app/work.py')).toContain('from app.resources import thread_manager\n');
    if (spawnSync('python3', ['-c', '']).status !== 0) return;
    const ran = spawnSync('python3', ['-c', 'from app.work import start; start()'], {
      cwd: box.path('src'),
      encoding: 'utf8',
    });
    expect([ran.stdout, ran.stderr]).toEqual(['done\n', '']);
  });

  test('a module of which the project has no file is said so', async () => {
    const box = sandbox({
      'pyproject.toml': '[tool.pylint-leaks]\nruntime-module = "other.place"\n',
      'a.py': 'import threading\n\nfor _ in range(3):\n    threading.Thread(target=print).start()\n',
    });
    const { stderr } = await box.run(['--diff', '--unsafe-fixes', 'a.py'], {
      engine: { ...realEngine, loadParser: loadTestParser },
    });
    expect(stderr).toContain(
      'note: fixed files import other.place (runtime-module), of which the project has no file: see that it can be imported\n',
    );
  });

  test.each([
    [['init', '--fix'], '--fix is an option of linting, not of pylint-leaks init'],
    [
      ['init', '--vendor-runtime', 'my-app/resources.txt'],
      '--vendor-runtime must name a Python file that can be imported, such as src/app/resources.py, not "my-app/resources.txt"',
    ],
    [
      ['init', '--vendor-runtime', 'my-app/resources.py'],
      '--vendor-runtime must name a Python file that can be imported, such as src/app/resources.py, not "my-app/resources.py"',
    ],
  ])('%j is refused', async (argv, message) => {
    const box = sandbox();
    expect(await box.run(argv, { engine: realEngine })).toMatchObject({ code: 2, stderr: `error: ${message}\n` });
    expect(existsSync(box.path('my-app'))).toBe(false);
  });
});

test.each([
  [['app/__init__.py', 'app/sub/__init__.py'], 'app/sub/resources.py', 'app.sub.resources'],
  [['lib/app/__init__.py'], 'lib/app/resources.py', 'app.resources'],
  [[], 'src/app/resources.py', 'app.resources'],
  [[], 'app/resources.py', 'app.resources'],
  [[], 'resources.py', 'resources'],
  [[], 'my-app/resources.py', undefined],
])('with %j, %s is imported as %s', (packages, file, expected) => {
  const hasFile = (path: string) => packages.some((name) => path === `/top/${name}`);
  expect(moduleName(`/top/${file}`, '/top', { hasFile })).toBe(expected);
});

describe('setToolKey', () => {
  const set = (text: string) => setToolKey(text, 'runtime-module', 'a.b');

  test.each([
    ['[tool.pylint-leaks]\n', '[tool.pylint-leaks]\nruntime-module = "a.b"\n'],
    ['[tool.pylint-leaks]', '[tool.pylint-leaks]\nruntime-module = "a.b"'],
    [
      "[tool.pylint-leaks]\n# x\nruntime-module = 'c' # why\n",
      '[tool.pylint-leaks]\n# x\nruntime-module = "a.b" # why\n',
    ],
    [
      '[ tool . "pylint-leaks" ] # x\r\nignore = []\r\n',
      '[ tool . "pylint-leaks" ] # x\r\nruntime-module = "a.b"\r\nignore = []\r\n',
    ],
    ['\ufeffx = 1', '\ufeffx = 1\n\n[tool.pylint-leaks]\nruntime-module = "a.b"\n'],
    ['', '[tool.pylint-leaks]\nruntime-module = "a.b"\n'],
    [
      '[tool.pylint-leaks.rules]\nunclosed-file = "off"\n',
      '[tool.pylint-leaks.rules]\nunclosed-file = "off"\n\n[tool.pylint-leaks]\nruntime-module = "a.b"\n',
    ],
    [
      '[tool.pylint-leaks]\nselect = []\n[tool.other]\nruntime-module = "c"\n',
      '[tool.pylint-leaks]\nruntime-module = "a.b"\nselect = []\n[tool.other]\nruntime-module = "c"\n',
    ],
  ])('%j', (before, after) => {
    expect(set(before)).toBe(after);
  });

  test.each([
    ['inline', 'tool = { pylint-leaks = {} }\n'],
    ['no TOML', '[tool.pylint-leaks\n'],
    ['a header that is none', 'x = """\n[tool.pylint-leaks]\n"""\n'],
    ['a dotted key', '[tool]\npylint-leaks.max-warnings = 1\n'],
  ])('is not sure: %s', (_name, text) => {
    expect(set(text)).toBeUndefined();
  });
});
