import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { loadTestParser } from '@pylint-leaks/testkit';
import { realEngine, type Engine } from '../src/engine';
import { sandboxes } from './sandbox';

/** What people run into on their first day. */
const sandbox = sandboxes();
const engine: Engine = { ...realEngine, loadParser: loadTestParser };

const canNameBytes = process.platform === 'linux' ? test : test.skip;

canNameBytes.each([true, false])(
  'a file whose name is no UTF-8 is not passed over in silence (git: %s)',
  async (inGit) => {
    const box = sandbox({ 'a.py': '' });
    writeFileSync(Buffer.concat([Buffer.from(`${box.root}/n`), Buffer.of(0xff), Buffer.from('.py')]), 'leak(1)\n');
    if (inGit) execFileSync('git', ['init', '-q'], { cwd: box.root });
    const { stdout, code } = await box.run(['--format', 'concise', '.']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/unreadable-file The file cannot be read: its name is not valid UTF-8\.\n$/);
  },
);

test.each(['pylint_leaks', 'pylint-leak', 'pylintleaks', '"pylint_leaks"', 'pylint_leaks.rules'])(
  'a table [tool.%s] is told from none',
  async (name) => {
    const box = sandbox({ 'a.py': '', 'pyproject.toml': `[tool.${name}]\nselect = []\n` });
    const { stderr, code } = await box.run(['a.py']);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error: pyproject\.toml: \[tool\.(pylint_leaks|pylint-leak|pylintleaks)\] is not read; write \[tool\.pylint-leaks\]\n$/,
    );
  },
);

test('tables of other tools, and mentions of this one, are none of ours', async () => {
  const toml = '[tool.pylint]\nx = 1\n[tool.black]\ny = "pylint_leaks"\n# [tool.pylint-leaks]\n';
  expect((await sandbox({ 'a.py': '', 'pyproject.toml': toml }).run(['a.py'])).code).toBe(0);
});

test('a broken JSON configuration says what is wrong', async () => {
  const box = sandbox({ 'a.py': '', '.pylint-leaksrc.json': '{"rules": {},}' });
  const { stderr } = await box.run(['a.py']);
  expect(stderr).toBe('error: .pylint-leaksrc.json: line 1, column 14: property name expected\n');
});

test('--since in a shallow clone says how to get the history', async () => {
  const box = sandbox({ 'from/a.py': 'x = 1\n' });
  const git = (cwd: string, ...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=n', '-c', 'user.email=e@example.com', ...args], { cwd });
  git(box.path('from'), 'init', '-q');
  for (const name of ['one', 'two']) {
    git(box.path('from'), 'add', '.');
    git(box.path('from'), 'commit', '-q', '--allow-empty', '-m', name);
  }
  git(box.root, 'clone', '-q', '--depth', '1', `file://${box.path('from')}`, 'clone');
  const { stderr, code } = await box.run(['--since', 'HEAD~1'], { cwd: 'clone' });
  expect([code, stderr]).toEqual([
    2,
    'error: --since: git knows no commit "HEAD~1" in this shallow clone; fetch more of it (git fetch --unshallow)\n',
  ]);
});

const GROWS =
  'class A:\n    def __init__(self):\n        self.seen = []\n\n    def loop(self, s):\n        while True:\n            self.seen.append(s.get())\n';

test('what grows in a file of tests goes with the run of the tests', async () => {
  const box = sandbox({ 'tests/test_a.py': GROWS, 'a_test.py': GROWS, 'conftest.py': GROWS, 'latest.py': GROWS });
  const { stdout } = await box.run(['--format', 'concise', '.'], { engine });
  expect([...stdout.matchAll(/^(\S+?):.* growing-container/gm)].map(([, file]) => file)).toEqual(['latest.py']);
});

test('messages name classes of the file as people do', async () => {
  const code = `import socketserver


class Api(socketserver.TCPServer):
    def __init__(self, owner, *args):
        super().__init__(*args)
        self.owner = owner


class Proxy:
    def __init__(self, address):
        self.api = Api(self, address, None)
`;
  const { stdout } = await sandbox({ 'a.py': code }).run(['--format', 'concise', 'a.py'], { engine });
  expect(stdout).toContain('so `the end of Api` runs only when');
  expect(stdout).not.toContain('<local>');
});
