import { checkConfig, configJsonSchema } from '../src/config-schema';
import { lowestVersion } from '../src/python-version';
import { sandboxes } from './sandbox';

const sandbox = sandboxes();
const LEAK = 'x = leak(1)\n';
const CONCISE = ['--format', 'concise'];

describe('where the configuration comes from', () => {
  test.each([
    ['pyproject.toml', '[tool.pylint-leaks]\nignore = ["unclosed-leak"]\n'],
    ['.pylint-leaksrc.toml', 'ignore = ["unclosed-leak"]\n'],
    ['.pylint-leaksrc.json', '{"ignore": ["unclosed-leak"]}\n'],
    ['.pylint-leaksrc.yaml', 'ignore:\n  - unclosed-leak\n'],
    ['pylint-leaks.config.json', '{"ignore": ["unclosed-leak"]}\n'],
  ])('%s above the file', async (name, content) => {
    const box = sandbox({ [name]: content, 'pkg/a.py': LEAK });
    expect(await box.run([...CONCISE, 'pkg/a.py'])).toMatchObject({ code: 0, stdout: '' });
  });

  test('a pyproject.toml without our table does not end the search', async () => {
    const box = sandbox({
      'pyproject.toml': '[tool.pylint-leaks]\nignore = ["unclosed-leak"]\n',
      'pkg/pyproject.toml': '[tool.black]\nline-length = 100\n',
      'pkg/a.py': LEAK,
    });
    expect(await box.run(['pkg'])).toMatchObject({ code: 0 });
  });

  test('a broken pyproject.toml of another tool is no concern of ours', async () => {
    const box = sandbox({ 'pyproject.toml': '[tool.black\n', 'a.py': 'ok\n' });
    expect(await box.run(['.'])).toMatchObject({ code: 0 });
  });

  test('the search ends at the root of the git checkout', async () => {
    const box = sandbox({
      'pyproject.toml': '[tool.pylint-leaks]\nignore = ["unclosed-leak"]\n',
      'repo/.git/HEAD': '',
      'repo/a.py': LEAK,
    });
    expect(await box.run(['repo/a.py'])).toMatchObject({ code: 1 });
  });

  test('each file follows the configuration nearest to it', async () => {
    const box = sandbox({
      'one/pyproject.toml': '[tool.pylint-leaks]\nignore = ["unclosed-leak"]\n',
      'one/deep/a.py': LEAK,
      'two/a.py': LEAK,
    });
    expect((await box.run([...CONCISE, '.'])).stdout).toBe(
      'two/a.py:1:5: error unclosed-leak The leak is never closed.\n',
    );
  });

  test('--config replaces the search, for all files', async () => {
    const box = sandbox({
      'pyproject.toml': '[tool.pylint-leaks]\nignore = ["unclosed-leak"]\n',
      'a.py': LEAK,
      'other.json': '{}',
    });
    expect(await box.run(['--config', 'other.json', 'a.py'])).toMatchObject({ code: 1 });
  });

  test('--no-config uses none', async () => {
    const box = sandbox({ 'pyproject.toml': '[tool.pylint-leaks]\nignore = ["unclosed-leak"]\n', 'a.py': LEAK });
    expect(await box.run(['--no-config', 'a.py'])).toMatchObject({ code: 1 });
  });
});

describe('what is wrong with a configuration is one clear line, and the run does not start', () => {
  const KNOWN =
    'extends, preset, select, ignore, target-version, runtime-module, rules, exclude, extend-exclude, max-warnings, baseline, resources, overrides';
  const RULES = 'unclosed-leak, unclosed-maybe, quiet-rule';
  test.each([
    ['exlude = ["x"]', `unknown key "exlude"; did you mean exclude? (known: ${KNOWN})`],
    [
      'select = ["unclosed-leek"]',
      `select: unknown rule "unclosed-leek"; did you mean unclosed-leak? (known: ${RULES})`,
    ],
    ['select = "unclosed-leak"', 'select must be a list of rule ids, or ["ALL"], not "unclosed-leak"'],
    ['max-warnings = "many"', 'max-warnings must be a whole number, 0 or more, not "many"'],
    ['max-warnings = -3', 'max-warnings must be a whole number, 0 or more, not -3'],
    [
      'target-version = "three"',
      'target-version must be the lowest Python version the code must run on, such as "3.9", not "three"',
    ],
    [
      'runtime-module = "a b"',
      'runtime-module must be an importable module name, such as "pylint_leaks_runtime", not "a b"',
    ],
    ['exclude = [1]', 'exclude.0 must be a list of patterns as in .gitignore, instead of the default ones, not 1'],
    [
      'rules = { unclosed-leek = "off" }',
      `unknown rule "unclosed-leek"; did you mean unclosed-leak? (known: ${RULES})`,
    ],
    ['extends = 3', 'extends must be the name of a configuration file, or a list of them, not 3'],
    ['overrides = [{ rules = {} }]', 'overrides.0.files must be a list of patterns as in .gitignore, not missing'],
    [
      'overrides = [{ files = ["a"], selct = [] }]',
      'overrides.0: unknown key "selct"; did you mean select? (known: files, exclude, preset, select, ignore, target-version, runtime-module, rules)',
    ],
    [
      'overrides = [{ files = ["a"], ignore = ["unclosed-leek"] }]',
      `overrides.0.ignore: unknown rule "unclosed-leek"; did you mean unclosed-leak? (known: ${RULES})`,
    ],
    [
      'rules = { unclosed-leak = "warn" }',
      'rules.unclosed-leak must be "off", "warning" or "error", or a list of that and a table of options, not "warn"',
    ],
  ])('%s', async (line, problem) => {
    const box = sandbox({ 'pyproject.toml': `[tool.pylint-leaks]\n${line}\n`, 'a.py': LEAK });
    expect(await box.run(['a.py'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `error: pyproject.toml [tool.pylint-leaks]: ${problem}\n`,
    });
  });

  test('also deep inside a directory that is searched', async () => {
    const box = sandbox({
      'deep/er/pyproject.toml': '[tool.pylint-leaks]\nquit = 1\n',
      'deep/er/a.py': LEAK,
      'b.py': LEAK,
    });
    const { code, stdout, stderr } = await box.run(['.']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: deep\/er\/pyproject\.toml \[tool\.pylint-leaks\]: unknown key "quit" .*\n$/);
  });

  test('two mistakes are two lines', () => {
    expect(checkConfig({ exlude: [], quit: 1 }, [])).toMatchObject({
      kind: 'invalid',
      problems: [expect.any(String), expect.any(String)],
    });
  });

  test.each([
    ['pyproject.toml', '[tool.pylint-leaks]\nselect = [\n', /^error: pyproject\.toml: line \d+, column \d+: .+\n$/],
    ['.pylint-leaksrc.json', '{"select": }', /^error: \.pylint-leaksrc\.json: .+\n$/],
    ['.pylint-leaksrc.yaml', 'select: [', /^error: \.pylint-leaksrc\.yaml: .+\n$/],
    [
      '.pylint-leaksrc.json',
      '[]',
      /^error: \.pylint-leaksrc\.json: the configuration must be a table of keys and values\n$/,
    ],
  ])('%s that is %j', async (name, content, stderr) => {
    const box = sandbox({ [name]: content, 'a.py': LEAK });
    const ran = await box.run(['a.py']);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toMatch(stderr);
  });

  test('--config that does not exist', async () => {
    expect(await sandbox({ 'a.py': LEAK }).run(['--config', 'no.toml', 'a.py'])).toMatchObject({
      code: 2,
      stderr: 'error: no.toml: cannot be read: it does not exist\n',
    });
  });

  test('--config that names a pyproject.toml without our table', async () => {
    expect(
      await sandbox({ 'pyproject.toml': '[project]\n', 'a.py': LEAK }).run(['--config', 'pyproject.toml', 'a.py']),
    ).toMatchObject({
      code: 2,
      stderr: 'error: pyproject.toml: it has no [tool.pylint-leaks] table\n',
    });
  });

  test('--select with an unknown rule', async () => {
    expect(await sandbox({ 'a.py': LEAK }).run(['--select', 'unclosed-maybee'])).toMatchObject({
      code: 2,
      stderr: `error: --select: unknown rule "unclosed-maybee"; did you mean unclosed-maybe? (known: ${RULES})\n`,
    });
  });
});

describe('which rules run', () => {
  const ALL_WORDS = 'leak(1)\nmaybe(2)\nversion(3)\n';
  const rulesOf = (stdout: string) => [...stdout.matchAll(/(?:error|warning) (\S+)/g)].map((match) => match[1]);

  test.each([
    ['by default the recommended ones', '', [], ['unclosed-leak', 'unclosed-maybe']],
    [
      'a severity turns a rule on',
      'rules = { quiet-rule = "error" }',
      [],
      ['unclosed-leak', 'unclosed-maybe', 'quiet-rule'],
    ],
    ['select in the configuration', 'select = ["quiet-rule"]', [], ['quiet-rule']],
    [
      '--select before the configuration',
      'select = ["quiet-rule"]',
      ['--select', 'unclosed-maybe'],
      ['unclosed-maybe'],
    ],
    ['ALL', '', ['--select', 'ALL'], ['unclosed-leak', 'unclosed-maybe', 'quiet-rule']],
    ['--ignore', '', ['--select', 'ALL', '--ignore', 'unclosed-leak,quiet-rule'], ['unclosed-maybe']],
    ['off', 'rules = { unclosed-leak = "off" }', [], ['unclosed-maybe']],
    ['--select before off', 'rules = { unclosed-leak = "off" }', ['--select', 'unclosed-leak'], ['unclosed-leak']],
  ])('%s', async (_name, line, argv, expected) => {
    const box = sandbox({ 'pyproject.toml': `[tool.pylint-leaks]\n${line}\n`, 'a.py': ALL_WORDS });
    expect(rulesOf((await box.run([...CONCISE, ...argv, 'a.py'])).stdout)).toEqual(expected);
  });

  test('a severity replaces that of the rule', async () => {
    const box = sandbox({
      '.pylint-leaksrc.json': '{"rules": {"unclosed-leak": "warning", "unclosed-maybe": "error"}}',
      'a.py': ALL_WORDS,
    });
    expect((await box.run([...CONCISE, 'a.py'])).stdout).toBe(
      'a.py:1:1: warning unclosed-leak The leak is never closed.\na.py:2:1: error unclosed-maybe The maybe is never closed.\n',
    );
  });

  test('max-warnings of the configuration counts, and the option comes before it', async () => {
    const box = sandbox({ '.pylint-leaksrc.json': '{"max-warnings": 0}', 'a.py': 'maybe(1)\n' });
    expect(await box.run(['a.py'])).toMatchObject({
      code: 1,
      stderr: 'error: too many warnings: 1, and the maximum is 0\n',
    });
    expect(await box.run(['--max-warnings', '1', 'a.py'])).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('target version', () => {
  const target = async (files: Readonly<Record<string, string>>, ...argv: readonly string[]) => {
    const { stdout } = await sandbox({ 'pkg/a.py': 'version(1)\n', ...files }).run([
      ...CONCISE,
      '--select',
      'quiet-rule',
      ...argv,
      'pkg/a.py',
    ]);
    return /target is ([\d.]+)\./.exec(stdout)?.[1];
  };
  const PROJECT = '[project]\nrequires-python = ">=3.11,<4"\n';

  test('the oldest that is supported by default', async () => expect(await target({})).toBe('3.9'));
  test('requires-python of the nearest project', async () =>
    expect(await target({ 'pyproject.toml': PROJECT })).toBe('3.11'));
  test('configuration before requires-python', async () =>
    expect(await target({ 'pyproject.toml': `${PROJECT}[tool.pylint-leaks]\ntarget-version = "3.12"\n` })).toBe(
      '3.12',
    ));
  test('option before configuration', async () =>
    expect(await target({ '.pylint-leaksrc.json': '{"target-version": "3.12"}' }, '--target-version', 'py310')).toBe(
      '3.10',
    ));
  test('a table without requires-python does not end the search', async () =>
    expect(await target({ 'pyproject.toml': PROJECT, 'pkg/pyproject.toml': '[project]\nname = "inner"\n' })).toBe(
      '3.11',
    ));

  test.each([
    ['>=3.8', [3, 8]],
    ['>=3.8, !=3.9.*, <3.13', [3, 8]],
    ['~=3.10', [3, 10]],
    ['==3.11.*', [3, 11]],
    ['>3.8', [3, 8]],
    ['>=3', [3, 0]],
    ['>=3.9,>=3.10', [3, 10]],
    ['<4', undefined],
    ['', undefined],
  ])('requires-python %j', (specifier, expected) => {
    expect(lowestVersion(specifier)).toEqual(expected);
  });
});

test('the JSON schema names every key and refuses others', () => {
  expect(configJsonSchema([{ id: 'unclosed-leak', options: {} }])).toMatchObject({
    additionalProperties: false,
    properties: {
      select: { type: 'array' },
      'max-warnings': { minimum: 0 },
      rules: { properties: { 'unclosed-leak': { enum: ['off', 'warning', 'error'] } } },
    },
  });
});
