import { sandboxes, type Sandbox } from './sandbox';

const sandbox = sandboxes();

/** Lints what `files` make of a sandbox, in a directory of its own. */
async function reportOf(box: Sandbox, name: string, files: Readonly<Record<string, string>>): Promise<void> {
  box.write(Object.fromEntries(Object.entries(files).map(([file, text]) => [`${name}/${file}`, text])));
  await box.run(['--format', `json:../${name}.json`, '.'], { cwd: name });
}

const compare = (box: Sandbox, ...more: readonly string[]) =>
  box.run(['compare', '--old-root', '../old', '../old.json', '../new.json', ...more], { cwd: 'new' });

async function counts(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) {
  const box = sandbox();
  await reportOf(box, 'old', before);
  await reportOf(box, 'new', after);
  const { code, stdout } = await compare(box, '--format', 'json');
  return { code, ...(JSON.parse(stdout) as { counts: object }).counts };
}

test.each([
  [
    'nothing changes',
    { 'a.py': 'leak(1)\n' },
    { 'a.py': 'leak(1)\n' },
    { code: 0, introduced: 0, fixed: 0, existing: 1 },
  ],
  [
    'code moves',
    { 'a.py': 'leak(1)\n' },
    { 'a.py': '\n\nleak( 1 )\n' },
    { code: 0, introduced: 0, fixed: 0, existing: 1 },
  ],
  [
    'a file is renamed',
    { 'a.py': 'leak(1)\n' },
    { 'b.py': 'leak(1)\n' },
    { code: 0, introduced: 0, fixed: 0, existing: 1 },
  ],
  [
    'a leak is swapped',
    { 'a.py': 'leak(1)\n' },
    { 'a.py': 'leak(2)\n' },
    { code: 1, introduced: 1, fixed: 1, existing: 0 },
  ],
  [
    'the same call comes in another file that was there',
    { 'a.py': 'leak(1)\n', 'b.py': '' },
    { 'a.py': '', 'b.py': 'leak(1)\n' },
    { code: 1, introduced: 1, fixed: 1, existing: 0 },
  ],
  [
    'a second file is a copy',
    { 'a.py': 'leak(1)\n' },
    { 'a.py': 'leak(1)\n', 'b.py': 'leak(1)\n' },
    { code: 1, introduced: 1, fixed: 0, existing: 1 },
  ],
  [
    'a file with a leak is deleted',
    { 'a.py': 'leak(1)\n' },
    { 'b.py': '' },
    { code: 0, introduced: 0, fixed: 1, existing: 0 },
  ],
  ['a warning comes', { 'a.py': '' }, { 'a.py': 'maybe(1)\n' }, { code: 0, introduced: 1, fixed: 0, existing: 0 }],
])('%s', async (_, before, after, expected) => {
  expect(await counts(before, after)).toMatchObject(expected);
});

test('a warning that becomes an error is introduced', async () => {
  const box = sandbox();
  await reportOf(box, 'old', {
    'a.py': 'leak(1)\n',
    '.pylint-leaksrc.toml': 'rules = { unclosed-leak = "warning" }\n',
  });
  await reportOf(box, 'new', { 'a.py': 'leak(1)\n' });
  const { code, stdout } = await compare(box);
  expect(code).toBe(1);
  expect(stdout).toBe(`## pylint-leaks

1 introduced, 1 fixed, 0 existing.

### Introduced

| Place | Severity | Rule | Finding |
| --- | --- | --- | --- |
| \`a.py:1\` | error | \`unclosed-leak\` | The leak is never closed. |

### Fixed

| Place | Severity | Rule | Finding |
| --- | --- | --- | --- |
| \`a.py:1\` | warning | \`unclosed-leak\` | The leak is never closed. |
`);
});

test('writes several files, and exits with 0 when asked', async () => {
  const box = sandbox();
  await reportOf(box, 'old', { 'a.py': '' });
  await reportOf(box, 'new', { 'a.py': 'leak(1)\n' });
  const ran = await compare(box, '--exit-zero', '--format', 'json:c.json', '--format', 'markdown:c.md');
  expect(ran).toMatchObject({ code: 0, stdout: '', stderr: '' });
  expect(box.read('new/c.md')).toContain('1 introduced, 0 fixed, 0 existing.');
  expect(JSON.parse(box.read('new/c.json'))).toMatchObject({
    counts: { introduced: 1, introducedErrors: 1 },
    introduced: [{ file: 'a.py', line: 1 }],
  });
});

test.each([
  [['compare', 'a.json'], '"compare" takes two reports of --format json: an older one and a newer one'],
  [['compare', 'a.json', 'b.json', '--format', 'sarif'], '"compare" writes markdown or json, not sarif'],
  [['compare', 'no.json', 'no.json'], 'no.json: the report cannot be read: it does not exist'],
  [['compare', 'a.json', 'a.json'], 'a.json: not a report of --format json'],
  [['compare', 'a.py', 'a.json'], 'a.py: not JSON'],
  [['compare', '--fix', 'a.json', 'a.json'], '--fix is an option of linting, not of pylint-leaks compare'],
])('%j is an error', async (argv, message) => {
  const box = sandbox({ 'a.json': '{}', 'a.py': 'ok\n' });
  expect(await box.run(argv)).toMatchObject({ code: 2, stdout: '', stderr: `error: ${message}\n` });
});
