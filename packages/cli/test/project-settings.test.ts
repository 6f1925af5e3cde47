import { realEngine } from '../src/engine';
import { sandboxes } from './sandbox';

const sandbox = sandboxes();
const real = { engine: realEngine };
const CONCISE = ['--format', 'concise', '--parser', 'wasm'];

const WITH_PYMYSQL = `import pymysql


def load(sql):
    with pymysql.connect() as conn:
        conn.execute(sql)
`;

describe('versions of packages', () => {
  test.each([
    ['requirements.txt', 'PyMySQL==0.9.3\n', true],
    ['requirements.txt', '# pinned\nPyMySQL[rsa] ~= 0.9.1 ; python_version > "3"\n', true],
    ['requirements.txt', 'pymysql<1.0\n', false],
    ['requirements.txt', 'pymysql<0.10\n', true],
    ['requirements.txt', 'PyMySQL>=0.9\n', false],
    ['requirements.txt', 'PyMySQL==1.1.0\n', false],
    ['poetry.lock', '[[package]]\nname = "pymysql"\nversion = "0.9.3"\n', true],
    ['uv.lock', '[[package]]\nname = "pymysql"\nversion = "1.1.0"\n', false],
    ['Pipfile.lock', '{"default": {"pymysql": {"version": "==0.9.3"}}}', true],
    ['pyproject.toml', '[project]\ndependencies = ["PyMySQL == 0.9.*"]\n', true],
    ['poetry.lock', 'not = [toml', false],
  ])('%s %j', async (name, content, isTransaction) => {
    const box = sandbox({ [name]: content, 'app/db.py': WITH_PYMYSQL });
    const { stdout } = await box.run([...CONCISE, '.'], real);
    expect(stdout.includes('`with` ends a transaction')).toBe(isTransaction);
  });
});

describe('rows of the project', () => {
  const CONFIG = `
[[resources.acquires]]
acquire = "app.pool.checkout"
release = ["give_back"]
with = "closes"

[[resources.effects]]
call = "app.pool.adopt"
effect = "owns"

[[resources.effects]]
call = "*.recycle"
argument = 0
effect = "releases"
`;
  const files = {
    '.pylint-leaksrc.toml': CONFIG,
    'src/app/__init__.py': '',
    'src/app/pool.py': 'def use():\n    item = checkout()\n    item.run()\n\n\ndef checkout():\n    return make()\n',
    'src/app/web.py': `from . import pool
from .pool import adopt, checkout


def leak():
    item = checkout()
    item.run()


def released(bin):
    with pool.checkout() as item:
        item.run()
    other = checkout()
    try:
        other.run()
    finally:
        bin.recycle(other)


def adopted():
    item = checkout()
    adopt(item)
`,
  };

  test('are matched by the absolute names of what files import relatively or define', async () => {
    const { stdout } = await sandbox(files).run([...CONCISE, '.'], real);
    expect(stdout.split('\n').map((line) => line.split(' ')[0])).toEqual([
      'src/app/pool.py:2:12:',
      'src/app/web.py:6:12:',
      '',
    ]);
  });

  test('that are not valid end the run and say what is wrong', async () => {
    const box = sandbox({ '.pylint-leaksrc.toml': '[[resources.acquires]]\nacquire = "a b"\n', 'a.py': '' });
    expect(await box.run(['.'], real)).toMatchObject({
      code: 2,
      stderr:
        'error: .pylint-leaksrc.toml: resources.acquires.0.acquire must be a dotted name, such as "app.db.checkout", not "a b"\n',
    });
  });
});

describe('presets', () => {
  const LEAKS = {
    'a.py': `import sqlite3
import other

CONN = sqlite3.connect("app.db")


def passed_on(path):
    conn = sqlite3.connect(path)
    other.call(conn)
`,
  };
  const lines = (stdout: string) => stdout.split('\n').flatMap((line) => /^a\.py:(\d+)/.exec(line)?.[1] ?? []);

  test('strict: unknown calls borrow, and modules must close what they open', async () => {
    const box = sandbox(LEAKS);
    expect(lines((await box.run([...CONCISE, '.'], real)).stdout)).toEqual([]);
    expect(lines((await box.run([...CONCISE, '--preset', 'strict', '.'], real)).stdout)).toEqual(['4', '8']);
    box.write({ '.pylint-leaksrc.toml': 'preset = "strict"\n' });
    expect(lines((await box.run([...CONCISE, '.'], real)).stdout)).toEqual(['4', '8']);
    expect(lines((await box.run([...CONCISE, '--preset', 'recommended', '.'], real)).stdout)).toEqual([]);
  });

  test('all: rules that are off by default', async () => {
    const box = sandbox({ 'a.py': 'x = version(1)\n' });
    expect((await box.run([...CONCISE, '.'])).code).toBe(0);
    expect((await box.run([...CONCISE, '--preset', 'all', '.'])).code).toBe(1);
  });

  test('another word is refused', async () => {
    expect(await sandbox({}).run(['--preset', 'stric'])).toMatchObject({
      code: 2,
      stderr: 'error: --preset must be recommended, strict or all, not "stric"; did you mean strict?\n',
    });
  });
});
