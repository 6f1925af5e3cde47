import { realEngine } from '../src/engine';
import { parseBaseline } from '../src/baseline/entry';
import { sandboxes, type Sandbox } from './sandbox';

const sandbox = sandboxes();
const NAME = 'pylint-leaks-baseline.jsonl';

/** A sandbox with files whose findings are all accepted. */
async function accepted(files: Readonly<Record<string, string>>): Promise<Sandbox> {
  const box = sandbox(files);
  const { code } = await box.run(['--write-baseline']);
  expect(code).toBe(0);
  return box;
}

/** `path:line` of what a run reports. */
async function reported(box: Sandbox, argv: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const { stdout, code, stderr } = await box.run(['--baseline', NAME, '--format', 'concise', ...argv], { env });
  return { places: stdout.split('\n').flatMap((line) => /^[^:]+:\d+/.exec(line) ?? []), code, stderr };
}

describe('writing', () => {
  test('takes in everything, one sorted line each, and the next run is clean', async () => {
    const box = await accepted({ 'b.py': 'leak(2)\n', 'a.py': 'leak(1)\nmaybe(1)\n' });
    expect(box.read(NAME)).toBe(
      [
        '{"file":"a.py","rule":"unclosed-leak","scope":"<module>","code":"leak(1)","ordinal":0,"path":"all"}',
        '{"file":"a.py","rule":"unclosed-maybe","scope":"<module>","code":"maybe(1)","ordinal":0,"path":"all"}',
        '{"file":"b.py","rule":"unclosed-leak","scope":"<module>","code":"leak(2)","ordinal":0,"path":"all"}',
        '',
      ].join('\n'),
    );
    const { code, stdout, stderr } = await box.run(['--baseline', NAME]);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: 'No leaks found in 2 files.\n',
      stderr: `note: ${NAME}: 3 findings are accepted and not reported\n`,
    });
  });

  test('a key of the configuration names the file, relative to it', async () => {
    const box = sandbox({
      '.pylint-leaksrc.json': '{"baseline": "tools/old.jsonl"}',
      'a.py': 'leak(1)\n',
      'tools/x': '',
    });
    expect((await box.run([])).stderr).toBe(
      'error: tools/old.jsonl: there is no such baseline; --write-baseline makes it\n',
    );
    expect((await box.run(['--write-baseline'])).code).toBe(0);
    expect(box.read('tools/old.jsonl')).toContain('"file":"../a.py"');
    expect((await box.run([])).code).toBe(0);
    expect((await box.run(['--no-baseline'])).code).toBe(1);
  });

  test('again keeps reasons, and the entries of files that were not looked at', async () => {
    const box = await accepted({ 'a.py': 'leak(1)\nleak(9)\n', 'sub/b.py': 'leak(2)\n' });
    box.write({
      [NAME]: box.read(NAME).replace(/("leak\(1\)","ordinal":0,"path":"all")/, '$1,"reason":"old","owner":"me"'),
    });
    box.write({ 'a.py': 'leak(1)\nleak(3)\n', 'sub/b.py': '' });
    await box.run(['--baseline', NAME, '--write-baseline', 'a.py']);
    const entries = box.read(NAME);
    expect(entries).toContain('"code":"leak(1)","ordinal":0,"path":"all","reason":"old","owner":"me"');
    expect(entries).toContain('"code":"leak(3)"');
    expect(entries).toContain('sub/b.py');
    expect(entries).not.toContain('leak(9)');
  });

  test('is refused in CI, and with what would see only a part', async () => {
    const box = sandbox({ 'a.py': 'leak(1)\n' });
    const inCi = await box.run(['--write-baseline'], { env: { CI: 'true' } });
    expect(inCi.code).toBe(2);
    expect(inCi.stderr).toContain('with CI set nothing is written');
    for (const option of ['--frozen', '--staged', '--since=HEAD', '--diff', '--prune-baseline', '--no-baseline', '-']) {
      const { code, stderr } = await box.run(['--write-baseline', option]);
      expect([option, code]).toEqual([option, 2]);
      expect(stderr).toMatch(/cannot be combined|exclude each other/);
    }
    expect((await box.run(['--write-baseline'], { env: { CI: 'false' } })).code).toBe(0);
  });
});

describe('comparing', () => {
  test('a new finding is reported, an accepted one is not', async () => {
    const box = await accepted({ 'a.py': 'leak(1)\n' });
    box.write({ 'a.py': 'x = 1\n\nleak(2)\nleak( 1 )\n' });
    expect(await reported(box)).toMatchObject({ places: ['a.py:3'], code: 1 });
  });

  test('one leak for another does not hide, nor does a second equal one', async () => {
    const box = await accepted({ 'a.py': 'leak(1)\n' });
    box.write({ 'a.py': 'leak(2)\n' });
    expect(await reported(box, ['--frozen'])).toMatchObject({ places: ['a.py:1'] });
    box.write({ 'a.py': 'leak(1)\nleak(1)\n' });
    expect(await reported(box)).toMatchObject({ places: ['a.py:2'] });
  });

  test('a renamed file keeps its entries, and the entries follow it', async () => {
    const box = await accepted({ 'old.py': 'leak(1)\nleak(2)\n', 'c.py': '' });
    box.write({ 'sub/new.py': 'leak(1)\nleak(2)\nleak(3)\n', 'c.py': 'leak(4)\n' });
    box.delete('old.py');
    expect(await reported(box)).toMatchObject({ places: ['c.py:1', 'sub/new.py:3'] });
    expect(box.read(NAME).match(/"file":"[^"]*"/g)).toEqual(['"file":"sub/new.py"', '"file":"sub/new.py"']);
  });

  test('what is found elsewhere while the old place is still there is new', async () => {
    const box = await accepted({ 'a.py': 'leak(1)\n' });
    box.write({ 'a.py': '', 'b.py': 'leak(1)\n' });
    expect(await reported(box, ['--frozen'])).toMatchObject({ places: ['b.py:1'] });
  });

  test('what has expired counts again, and only a person can change that', async () => {
    const box = await accepted({ 'a.py': 'leak(1)\n' });
    const until = (date: string) =>
      box.write({
        [NAME]: `${box
          .read(NAME)
          .trim()
          .replace(/(,"expires".*)?\}$/, '')},"expires":"${date}"}\n`,
      });
    until('2027-03-01');
    expect(await reported(box)).toMatchObject({ places: [], code: 0 });
    until('2027-02-28');
    const after = await reported(box);
    expect(after).toMatchObject({ places: ['a.py:1'], code: 1 });
    expect(after.stderr).toBe(`note: ${NAME}: expired on 2027-02-28: a.py <module>: unclosed-leak leak(1)\n`);
    const before = box.read(NAME);
    expect((await box.run(['--write-baseline'])).code).toBe(1);
    expect(box.read(NAME)).toBe(before);
  });

  test('what has become worse than it was counts again', async () => {
    const box = await accepted({ 'a.py': 'leak(1)\n' });
    box.write({ [NAME]: box.read(NAME).replace('"path":"all"', '"path":"exception"') });
    const { places, stderr } = await reported(box);
    expect(places).toEqual(['a.py:1']);
    expect(stderr).toContain('worse than what was accepted: a.py <module>');
    await box.run(['--write-baseline']);
    expect(box.read(NAME)).toContain('"path":"all"');
  });

  test('standard input is compared under its name', async () => {
    const box = await accepted({ 'a.py': 'leak(1)\n' });
    const { stdout } = await box.run(['--baseline', NAME, '--format=concise', '--stdin-filename', 'a.py'], {
      stdin: 'leak(1)\nleak(2)\n',
    });
    expect(stdout).toMatch(/^a\.py:2:1: [^\n]*\n$/);
  });
});

describe('shrinking', () => {
  test('drops what is gone, and says so', async () => {
    const box = await accepted({ 'a.py': 'leak(1)\nmaybe(1)\n', 'b.py': 'leak(2)\n' });
    box.write({ 'a.py': 'maybe(1)\n' });
    box.delete('b.py');
    const { stderr } = await reported(box);
    expect(stderr).toContain(`${NAME}: 2 entries dropped, because nothing is found there any more`);
    expect(box.read(NAME).split('\n')).toHaveLength(2);
  });

  test('never says that of what was not looked for', async () => {
    const files = { 'a.py': 'leak(1)\nmaybe(1)\n', 'sub/b.py': 'leak(2)\n', 'sub/c.py': 'leak(3)\n' };
    const box = await accepted(files);
    const before = box.read(NAME);
    box.delete('a.py');
    await reported(box, ['sub']);
    expect(box.read(NAME)).toBe(before);
    box.write({ 'a.py': '', 'sub/b.py': '' });
    await reported(box, ['--select', 'quiet-rule']);
    await reported(box, ['--diff']);
    await reported(box, ['missing.py', '.']);
    const stopped = new AbortController();
    stopped.abort();
    await box.run(['--baseline', NAME], { signal: stopped.signal });
    expect(box.read(NAME)).toBe(before);
  });

  test.each([
    ['--frozen', {}],
    ['--exit-zero', { CI: '1' }],
    ['--quiet', { CI: 'true' }],
  ])('is refused with %s and %j, and an outdated entry is an error', async (option, env) => {
    const box = await accepted({ 'a.py': 'leak(1)\n', 'b.py': 'leak(2)\n' });
    const before = box.read(NAME);
    box.write({ 'a.py': '' });
    const { code, stderr } = await reported(box, [option], env);
    expect(code).toBe(option === '--exit-zero' ? 0 : 1);
    expect(stderr).toContain(`error: ${NAME}: 1 entry is out of date (a.py <module>: unclosed-leak leak(1))`);
    expect(box.read(NAME)).toBe(before);
  });

  test('fixing drops the entries of what was fixed', async () => {
    const box = await accepted({ 'a.py': 'leak(1)\nrisky(2)\n' });
    expect(await reported(box, ['--fix'])).toMatchObject({ places: [], code: 0 });
    expect(box.read(NAME)).toMatch(/^\{[^\n]*risky\(2\)[^\n]*\n$/);
  });

  test('pruning also drops the entries of rules that do not exist', async () => {
    const box = await accepted({ 'a.py': 'leak(1)\n' });
    box.write({ [NAME]: box.read(NAME) + box.read(NAME).replace('unclosed-leak', 'former-rule') });
    await reported(box);
    expect(box.read(NAME)).toContain('former-rule');
    await reported(box, ['--prune-baseline']);
    expect(box.read(NAME)).not.toContain('former-rule');
  });
});

describe('the file', () => {
  test.each([
    ['{"file":"a.py"}', 'line 2: rule must be a rule id'],
    ['nonsense', 'line 2: not one JSON object'],
    ['[1]', 'line 2: not one JSON object'],
    ['<<<<<<< HEAD', 'line 2: a merge conflict: keep the lines of both sides, in any order'],
    [
      '{"file":"a.py","rule":"r","scope":"s","code":"c","ordinal":0,"path":"all","expires":"soon"}',
      'line 2: expires must be a date such as "2027-01-31"',
    ],
    [
      '{"file":"a.py","rule":"r","scope":"s","code":"c","ordinal":0,"path":"all","expiry":"2027-01-31"}',
      'line 2: unknown key "expiry" (known: file, rule, scope, code, ordinal, path, reason, owner, expires)',
    ],
  ])('%s ends the run', async (line, problem) => {
    const box = sandbox({ 'a.py': '', [NAME]: `\n${line}\n` });
    const { code, stderr } = await box.run(['--baseline', NAME]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: `error: ${NAME}: ${problem}\n` });
  });

  test('lines that stand twice after a merge count once', () => {
    const line = '{"file":"a.py","rule":"r","scope":"s","code":"c","ordinal":0,"path":"all"}';
    expect(parseBaseline(`${line}\r\n\n${line}\n`)).toMatchObject({ kind: 'valid', entries: [{ file: 'a.py' }] });
  });

  test('two branches that accept and repair different findings merge', async () => {
    const box = await accepted({ 'a.py': 'leak(1)\nleak(2)\nleak(3)\nleak(4)\nleak(5)\n' });
    box.git('init', '-q');
    box.git('add', '.');
    box.git('commit', '-qm', 'base');
    box.git('checkout', '-qb', 'other');
    box.write({ 'b.py': 'leak(6)\n' });
    await box.run(['--write-baseline']);
    box.git('add', '.');
    box.git('commit', '-qm', 'add');
    box.git('checkout', '-q', '-');
    box.write({ 'a.py': 'leak(2)\nleak(3)\nleak(4)\nleak(5)\n' });
    await box.run(['--baseline', NAME]);
    box.git('commit', '-qam', 'repair');
    box.git('merge', '-q', 'other');
    expect(await reported(box, ['--frozen'])).toMatchObject({ places: [], code: 0 });
  });
});

describe('with the real analysis', () => {
  const CODE = `import sqlite3


def load(path):
    con = sqlite3.connect(path, timeout=3)
    rows = con.execute('select 1').fetchall()
    return rows


def other(path):
    return open(path).read()
`;

  test('moving, reformatting and renaming keep it; an exchange does not', async () => {
    const box = sandbox({ 'a.py': CODE });
    const run = async (argv: readonly string[]) => {
      const { stdout } = await box.run(['--format=concise', ...argv], { engine: realEngine });
      return stdout.split('\n').flatMap((line) => /^[^:]+:\d+/.exec(line) ?? []);
    };
    expect(await run(['--write-baseline'])).toEqual([]);
    const [first = '', second = ''] = CODE.replace('import sqlite3\n\n\n', '').split('\n\n\n');
    const reformatted = first.replace(
      'sqlite3.connect(path, timeout=3)',
      'sqlite3.connect(\n        path,\n        timeout=3,\n    )',
    );
    box.write({ 'a.py': `"""Page."""\nimport sqlite3\n\n\n${second}\n\n${reformatted}\n` });
    expect(await run(['--baseline', NAME, '--frozen'])).toEqual([]);
    box.write({ 'deep/b.py': box.read('a.py') });
    box.delete('a.py');
    expect(await run(['--baseline', NAME, '--frozen'])).toEqual([]);
    // The function goes to another file that was there before.
    box.write({ 'a.py': `import sqlite3\n\n\n${first}\n`, 'deep/b.py': `${second}\n` });
    expect(await run(['--baseline', NAME])).toEqual([]);
    expect(box.read(NAME).match(/"file":"[^"]*"/g)).toEqual(['"file":"a.py"', '"file":"deep/b.py"']);
    box.write({ 'a.py': `import sqlite3\n\n\n${first.replace('path, timeout=3', 'path')}\n` });
    expect(await run(['--baseline', NAME, '--frozen'])).toEqual(['a.py:5']);
  });
});
