import { sandboxes } from './sandbox';

const sandbox = sandboxes();
const MIXED = 'import x\n\n\na = leak(1)\nb = risky(2)\nc = maybe(3)\n';

describe('--statistics', () => {
  test('counts by rule in place of the findings, most first', async () => {
    const { stdout, code } = await sandbox({ 'a.py': MIXED, 'b.py': 'maybe(1)\nmaybe(2)\n' }).run([
      '--statistics',
      '.',
    ]);
    expect(code).toBe(1);
    expect(stdout).toBe(`3  unclosed-maybe  [ ]  Words of unclosed-maybe.
2  unclosed-leak   [-]  Words of unclosed-leak.

[*] all can be fixed, [-] some can.
Found 5 problems (2 errors, 3 warnings) in 2 of 2 files.
1 fixable with --fix; --diff shows how.
1 fix that may change behaviour: add --unsafe-fixes to --diff or --fix.
`);
    expect((await sandbox({ 'a.py': '' }).run(['--statistics', '.'])).stdout).toBe('No leaks found in 1 file.\n');
  });

  test('in JSON, beside a report in a file that has the findings', async () => {
    const box = sandbox({ 'a.py': MIXED });
    const { stdout } = await box.run(['--statistics', '-f', 'json', '-f', 'jsonl:a.jsonl', '--unsafe-fixes', '.']);
    expect(JSON.parse(stdout)).toEqual([
      { ruleId: 'unclosed-leak', count: 2, errors: 2, warnings: 0, fixable: 2 },
      { ruleId: 'unclosed-maybe', count: 1, errors: 0, warnings: 1, fixable: 0 },
    ]);
    expect(box.read('a.jsonl').trim().split('\n')).toHaveLength(3);
    expect((await box.run(['--statistics', '-f', 'jsonl:a.jsonl', '.'])).stdout).toContain('2  unclosed-leak');
  });
});

describe('--show-files', () => {
  test('prints what would be linted, and lints nothing', async () => {
    const box = sandbox({ 'a.py': MIXED, 'b/c.pyi': '', 'build/d.py': '', 'e.txt': '' });
    expect(await box.run(['--show-files', '.'])).toMatchObject({ code: 0, stdout: 'a.py\nb/c.pyi\n', stderr: '' });
    expect(await box.run(['--show-files', 'b', 'none.py'])).toMatchObject({
      code: 2,
      stdout: 'b/c.pyi\n',
      stderr: 'error: none.py: no such file or directory\n',
    });
  });
});

describe('--show-settings', () => {
  test('says what holds for a path, and where it comes from', async () => {
    const box = sandbox({
      'sub/a.py': '',
      'sub/.pylint-leaksrc.json':
        '{"target-version":"3.10","max-warnings":3,"extend-exclude":["gen/"],"rules":{"unclosed-leak":"warning"}}',
    });
    const { stdout, code } = await box.run(['--show-settings', '--ignore', 'unclosed-maybe', 'sub/a.py']);
    expect(code).toBe(0);
    const { exclude, ...rest } = JSON.parse(stdout) as { readonly exclude: readonly string[] };
    expect(rest).toEqual({
      path: 'sub/a.py',
      configuration: 'sub/.pylint-leaksrc.json',
      'target-version': '3.10',
      'runtime-module': 'pylint_leaks_runtime',
      'max-warnings': 3,
      baseline: null,
      rules: { 'unclosed-leak': 'warning' },
    });
    expect(exclude).toEqual(expect.arrayContaining(['.venv/', 'gen/']));
    expect(JSON.parse((await box.run(['--show-settings'])).stdout)).toMatchObject({ path: '.', configuration: null });
  });
});

describe('fixing', () => {
  test('--fix-only fixes, and neither reports nor judges what is left', async () => {
    const box = sandbox({ 'a.py': MIXED });
    const { stdout, code } = await box.run(['--fix-only', '.']);
    expect({ stdout, code }).toEqual({ stdout: 'Fixed 1 problem in 1 file.\n', code: 0 });
    expect(box.read('a.py')).toContain('closed(1).now');
    expect(await box.run(['--fix-only', '.'])).toMatchObject({ stdout: 'Nothing to fix.\n', code: 0 });
    expect(JSON.parse((await box.run(['--fix-only', '-f', 'json', '.'])).stdout)).toMatchObject([{ messages: [] }]);
  });

  test('--fix-only still says what it could not look at', async () => {
    const { stdout, code } = await sandbox({ 'a.py': Buffer.from([0xff]) }).run(['--fix-only', '-f', 'concise', '.']);
    expect(stdout).toContain('unreadable-file');
    expect(code).toBe(1);
  });

  test('--show-fixes names each fix, also of a diff and of standard input', async () => {
    const box = sandbox({ 'a.py': 'leak(1)\nx = leak(2)\n' });
    const each = 'note: a.py:1: unclosed-leak: Write closed\nnote: a.py:1: unclosed-leak: Write closed\n';
    expect((await box.run(['--diff', '--show-fixes', '.'])).stderr).toContain(each);
    expect(
      (await box.run(['--fix', '--show-fixes', '--stdin-filename', 'a.py'], { stdin: 'leak(1)\nleak(2)\n' })).stderr,
    ).toContain(each);
    expect((await box.run(['--fix', '--show-fixes', '.'])).stderr).toBe(`note: a.py: 2 problems fixed\n${each}`);
    box.write({ 'a.py': 'leak(1)\n' });
    expect((await box.run(['--fix', '.'])).stderr).toBe('note: a.py: 1 problem fixed\n');
  });

  test('--exit-non-zero-on-fix', async () => {
    const box = sandbox({ 'a.py': 'leak(1)\n' });
    expect((await box.run(['--fix', '--exit-non-zero-on-fix', '.'])).code).toBe(1);
    expect((await box.run(['--fix', '--exit-non-zero-on-fix', '.'])).code).toBe(0);
    box.write({ 'a.py': 'leak(1)\n' });
    expect((await box.run(['--fix-only', '--exit-non-zero-on-fix', '--exit-zero', '.'])).code).toBe(1);
  });
});
