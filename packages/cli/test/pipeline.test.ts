import { execFileSync } from 'node:child_process';
import { loadTestParser } from '@pylint-leaks/testkit';
import { realEngine } from '../src/engine';
import type { Engine } from '../src/engine';
import type { JsonFile } from '../src/reporters/json';
import { sandboxes, type Sandbox } from './sandbox';

/** The command line with the real pipeline: that the parts fit. What rules find and fixers do is shown by their cases. */
const sandbox = sandboxes();
const engine: Engine = { ...realEngine, loadParser: loadTestParser };

const CONNECTION = `import sqlite3


def names(path):
    conn = sqlite3.connect(path)
    rows = conn.execute("select name from users").fetchall()
    return [name for (name,) in rows]
`;

async function report(box: Sandbox, ...argv: readonly string[]): Promise<readonly JsonFile[]> {
  const { stdout } = await box.run(['--format', 'json', ...argv], { engine });
  return JSON.parse(stdout) as readonly JsonFile[];
}

test('a leaked connection is reported at the acquiring call', async () => {
  const [file] = await report(sandbox({ 'app.py': CONNECTION }), 'app.py');
  expect(file).toMatchObject({ errorCount: 1, warningCount: 0 });
  expect(file?.messages[0]).toMatchObject({
    ruleId: 'unclosed-sqlite-connection',
    severity: 2,
    line: 5,
    column: 12,
    data: { path: 'all', impact: expect.stringMatching(/^(high|medium|low)$/) as string },
  });
});

test('--fix closes it, the result compiles, and a second run has nothing to do', async () => {
  const box = sandbox({ 'app.py': CONNECTION });
  const first = await box.run(['--fix', 'app.py'], { engine });
  expect(first.stderr).toBe('note: app.py: 1 problem fixed\n');
  expect(first.code).toBe(0);
  expect(box.read('app.py')).toContain('closing');
  execFileSync('python3', ['-c', 'compile(open("app.py").read(), "app.py", "exec")'], { cwd: box.root });
  const fixed = box.read('app.py');
  expect(await box.run(['--fix', 'app.py'], { engine })).toMatchObject({ code: 0, stderr: '' });
  expect(box.read('app.py')).toBe(fixed);
});

test('the fix of the JSON report is the edit that --fix makes', async () => {
  const box = sandbox({ 'app.py': CONNECTION });
  const fixes = (await report(box, 'app.py'))[0]?.messages.map(({ fix }) => fix) ?? [];
  expect(fixes).toHaveLength(1);
  const { range, text } = fixes[0] ?? { range: [0, 0], text: '' };
  await box.run(['--fix', 'app.py'], { engine });
  expect(CONNECTION.slice(0, range[0]) + text + CONNECTION.slice(range[1])).toBe(box.read('app.py'));
});

test('a file that does not parse is a finding at the right place', async () => {
  const [file] = await report(sandbox({ 'app.py': 'x = 1\ndef broken(:\n    pass\n' }), 'app.py');
  expect(file?.messages[0]).toMatchObject({ ruleId: 'syntax-error', severity: 2, line: 2 });
});

test('a line of 5 MB', async () => {
  const box = sandbox({ 'app.py': `${CONNECTION}table = [${'1, '.repeat(1_700_000)}]\n` });
  expect((await report(box, 'app.py'))[0]?.messages.map(({ ruleId, line }) => [ruleId, line])).toEqual([
    ['unclosed-sqlite-connection', 5],
  ]);
}, 120_000);

test('every rule has a page', async () => {
  expect(realEngine.rules.length).toBeGreaterThanOrEqual(4);
  for (const { id } of realEngine.rules) {
    const { code, stdout } = await sandbox().run(['rule', id], { engine });
    expect(code).toBe(0);
    expect(stdout).toContain('## Examples');
  }
});
