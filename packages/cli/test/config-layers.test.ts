import { sandboxes } from './sandbox';

const sandbox = sandboxes();
const LEAK = 'x = leak(1)\n';
const CONCISE = ['--format', 'concise'];
const found = (path: string, severity = 'error') =>
  `${path}:1:5: ${severity} unclosed-leak The leak is never closed.\n`;

describe('extends', () => {
  test('takes what the other file says, from a path relative to the file that names it', async () => {
    const box = sandbox({
      'team/leaks.toml': 'rules = { unclosed-leak = "off" }\n',
      'app/pyproject.toml': '[tool.pylint-leaks]\nextends = "../team/leaks.toml"\n',
      'app/a.py': LEAK,
    });
    expect(await box.run([...CONCISE, 'app'])).toMatchObject({ code: 0, stdout: '' });
  });

  test('later files win, and the file itself last; rules are merged one by one', async () => {
    const box = sandbox({
      'one.json': '{"rules": {"unclosed-leak": "off", "unclosed-maybe": "error"}, "max-warnings": 0}',
      'two.yaml': 'rules:\n  unclosed-leak: warning\nmax-warnings: 9\n',
      '.pylint-leaksrc.toml': 'extends = ["one.json", "two.yaml"]\n',
      'a.py': LEAK,
      'b.py': 'maybe(1)\n',
    });
    expect(await box.run([...CONCISE, '.'])).toMatchObject({
      code: 1,
      stdout: `${found('a.py', 'warning')}b.py:1:1: error unclosed-maybe The maybe is never closed.\n`,
    });
    box.write({ '.pylint-leaksrc.toml': 'extends = ["one.json", "two.yaml"]\nrules = { unclosed-maybe = "off" }\n' });
    expect(await box.run([...CONCISE, '.'])).toMatchObject({ code: 0, stdout: found('a.py', 'warning') });
    box.write({ '.pylint-leaksrc.toml': 'extends = ["two.yaml", "one.json"]\n' });
    expect((await box.run([...CONCISE, '.'])).stdout).not.toContain('a.py');
  });

  test('patterns of an extended file are relative to it; extend-exclude adds up', async () => {
    const box = sandbox({
      'team/leaks.toml': 'extend-exclude = ["/old/", "/app/new/"]\n',
      'team/app/pyproject.toml': '[tool.pylint-leaks]\nextends = "../leaks.toml"\nextend-exclude = ["/gen/"]\n',
      'team/app/old/a.py': LEAK,
      'team/app/new/b.py': LEAK,
      'team/app/gen/c.py': LEAK,
    });
    expect((await box.run([...CONCISE, 'team'])).stdout).toBe(found('team/app/old/a.py'));
  });

  test('the baseline of an extended file lies beside it', async () => {
    const box = sandbox({
      'team/leaks.toml': 'baseline = "accepted.jsonl"\n',
      'pyproject.toml': '[tool.pylint-leaks]\nextends = "team/leaks.toml"\n',
      'a.py': 'ok\n',
    });
    expect((await box.run(['a.py'])).stderr).toContain('team/accepted.jsonl: there is no such baseline');
  });

  test('a circle is an error that shows it; a file extended twice is none', async () => {
    const box = sandbox({
      '.pylint-leaksrc.toml': 'extends = "b.toml"\n',
      'b.toml': 'extends = ["c.toml"]\n',
      'c.toml': 'extends = "b.toml"\n',
      'a.py': LEAK,
    });
    expect(await box.run(['a.py'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'error: c.toml: "extends" goes in a circle: .pylint-leaksrc.toml → b.toml → c.toml → b.toml\n',
    });
    box.write({
      '.pylint-leaksrc.toml': 'extends = ["b.toml", "c.toml"]\n',
      'b.toml': 'extends = "c.toml"\n',
      'c.toml': '',
    });
    expect(await box.run([...CONCISE, 'a.py'])).toMatchObject({ code: 1, stdout: found('a.py') });
  });

  test('what is wrong with an extended file names it and who extends it', async () => {
    const box = sandbox({ '.pylint-leaksrc.toml': 'extends = "b.toml"\n', 'a.py': LEAK });
    expect(await box.run(['a.py'])).toMatchObject({
      code: 2,
      stderr: 'error: b.toml: cannot be read: it does not exist (extended by .pylint-leaksrc.toml)\n',
    });
    box.write({ 'b.toml': 'max-warnings = -1\n' });
    expect((await box.run(['a.py'])).stderr).toBe(
      'error: b.toml: max-warnings must be a whole number, 0 or more, not -1 (extended by .pylint-leaksrc.toml)\n',
    );
  });
});

describe.each(['files = ["tests/**", "!tests/app/"]', 'files = ["tests/**"]\nexclude = ["tests/app/"]'])(
  'overrides: %s',
  (which) => {
    const config = (table: string) => `[[tool.pylint-leaks.overrides]]\n${which}\n${table}\n`;

    test.each([
      ['rules = { unclosed-leak = "off" }', ''],
      ['ignore = ["unclosed-leak"]', ''],
      ['select = ["unclosed-maybe"]', ''],
      ['rules = { unclosed-leak = "warning" }', found('tests/a.py', 'warning')],
    ])('%s holds for files that match', async (table, inTests) => {
      const box = sandbox({
        'pyproject.toml': config(table),
        'src/a.py': LEAK,
        'tests/a.py': LEAK,
        'tests/app/a.py': LEAK,
      });
      const { stdout } = await box.run([...CONCISE, '.']);
      expect(stdout).toBe(`${found('src/a.py')}${inTests}${found('tests/app/a.py')}`);
      const stdin = await box.run([...CONCISE, '--stdin-filename', 'tests/b.py'], { stdin: LEAK });
      expect(stdin.stdout).toBe(inTests.replace('a.py', 'b.py'));
    });

    test('later ones win, ignore is added, and options win over both', async () => {
      const box = sandbox({
        '.pylint-leaksrc.json': JSON.stringify({
          ignore: ['unclosed-maybe'],
          overrides: [
            { files: ['*.py'], ignore: ['unclosed-leak'] },
            { files: ['a.py'], preset: 'all', 'target-version': '3.12' },
          ],
        }),
        'a.py': 'leak(1)\nmaybe(1)\nversion(1)\n',
      });
      expect((await box.run([...CONCISE, '.'])).stdout).toBe('a.py:3:1: error quiet-rule The target is 3.12.\n');
      const chosen = await box.run([...CONCISE, '--ignore', 'quiet-rule', '--preset', 'recommended', '.']);
      expect(chosen.stdout.match(/unclosed-\w+/g)).toEqual(['unclosed-leak', 'unclosed-maybe']);
    });

    test('of an extended file count from where it lies', async () => {
      const box = sandbox({
        'team/leaks.toml': '[[overrides]]\nfiles = ["/tests/"]\nignore = ["unclosed-leak"]\n',
        'team/app/.pylint-leaksrc.toml': 'extends = "../leaks.toml"\n',
        'team/app/tests/a.py': LEAK,
      });
      expect((await box.run([...CONCISE, 'team'])).stdout).toBe(found('team/app/tests/a.py'));
      box.write({ 'team/leaks.toml': '[[overrides]]\nfiles = ["/app/tests/"]\nignore = ["unclosed-leak"]\n' });
      expect((await box.run([...CONCISE, 'team'])).stdout).toBe('');
    });
  },
);
