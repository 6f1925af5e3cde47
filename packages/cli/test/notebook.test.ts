import { execFileSync } from 'node:child_process';
import { loadTestParser } from '@pylint-leaks/testkit';
import { realEngine, type Engine } from '../src/engine';
import { maskMagics } from '../src/notebook/magics';
import { readNotebook } from '../src/notebook/read';
import { formats } from './notebook-formats';
import { sandboxes, type Sandbox } from './sandbox';

const sandbox = sandboxes();
const engine: Engine = { ...realEngine, loadParser: loadTestParser };

type Source = string | readonly string[];

/** A notebook as Jupyter writes it: one blank of indentation, a line end behind it. */
function notebook(cells: readonly Source[], { indent = 1, end = '\n' } = {}): string {
  const code = cells.map((source, index) => ({
    cell_type: 'code',
    execution_count: index + 1,
    metadata: {},
    outputs: [{ output_type: 'stream', name: 'stdout', text: ['é <b>'] }],
    source,
  }));
  const all = [{ cell_type: 'markdown', metadata: {}, source: ['# open(path).read()\n'] }, ...code];
  const metadata = { language_info: { name: 'python' } };
  return JSON.stringify({ cells: all, metadata, nbformat: 4, nbformat_minor: 5 }, undefined, indent) + end;
}

const LEAK = ['def head(path):\n', '    return open(path).readline()'];
const FIXED = ['def head(path):\n', '    with open(path) as file:\n', '        return file.readline()'];

async function concise(box: Sandbox, ...argv: readonly string[]): Promise<string> {
  return (await box.run(['--format', 'concise', ...argv], { engine })).stdout;
}

/** Fixes the cells as a notebook; the JSON around them must stay what it is. */
async function fixed(cells: readonly Source[], ...argv: readonly string[]): Promise<readonly Source[]> {
  const box = sandbox({ 'a.ipynb': notebook(cells) });
  await box.run(['--fix', ...argv], { engine });
  const after = JSON.parse(box.read('a.ipynb')) as { cells: readonly { source: Source }[] };
  const sources = after.cells.slice(1).map(({ source }) => source);
  expect(box.read('a.ipynb')).toBe(notebook(sources));
  return sources;
}

test('a finding is at its cell, line and column; cells without code count', async () => {
  const box = sandbox({ 'a.ipynb': notebook([['import os\n', '\n', '%matplotlib inline'], LEAK]) });
  expect(await concise(box)).toMatch(/^a\.ipynb:cell 3:2:12: error unclosed-file /);
});

test('what one cell imports and defines another one knows', async () => {
  const cells = [
    'import sqlite3 as db',
    'def connect(p):\n    return db.connect(p)',
    'def rows(p):\n    c = connect(p)\n    return c.execute("x").fetchall()',
  ];
  expect(await concise(sandbox({ 'a.ipynb': notebook(cells) }))).toMatch(
    /^a\.ipynb:cell 4:2:9: error unclosed-sqlite-connection .* at the `return` on line 3 of cell 4/,
  );
});

test('--fix changes the source of one cell and not a byte besides', async () => {
  for (const options of [{}, { indent: 4 }, { indent: 0 }, { end: '' }]) {
    const box = sandbox({ 'a.ipynb': notebook([['x = "ü"'], LEAK, []], options) });
    const { stderr, code } = await box.run(['--fix'], { engine });
    expect([stderr, code]).toEqual(['note: a.ipynb: 1 problem fixed\n', 0]);
    expect(box.read('a.ipynb')).toBe(notebook([['x = "ü"'], FIXED, []], options));
    expect(await box.run(['--fix'], { engine })).toMatchObject({ stderr: '', code: 0 });
  }
});

test('a source that is one string stays one', async () => {
  expect(await fixed([LEAK.join('')])).toEqual([FIXED.join('')]);
});

test('lines that stay keep their spelling, and new ones are spelt in the same way', async () => {
  const escaped = notebook([['def head(path):\n', '    return open(path, "é").readline()  # \t']]).replace(
    '"é\\"',
    '"\\u00e9\\"',
  );
  const box = sandbox({ 'a.ipynb': escaped });
  await box.run(['--fix'], { engine });
  expect(box.read('a.ipynb')).toContain('"    with open(path, \\"\\u00e9\\") as file:');
  expect(box.read('a.ipynb')).toContain('é <b>');
});

test('an import goes to the end of the cell with the imports', async () => {
  const cells = [
    ['import os\n', 'import sqlite3'],
    ['def names(path):\n', '    with sqlite3.connect(path) as c:\n', '        return c.execute("x").fetchall()'],
  ];
  expect(await fixed(cells)).toEqual([
    ['import os\n', 'import sqlite3\n', 'from contextlib import closing'],
    [
      'def names(path):\n',
      '    with closing(sqlite3.connect(path)) as c, c:\n',
      '        return c.execute("x").fetchall()',
    ],
  ]);
});

test('the last line of a cell can go, and the cell ends without a line end', async () => {
  const cells = [['def head(path):\n', '    f = open(path)\n', '    print(f.read())\n', '    f.close()'], ['x = 1']];
  expect(await fixed(cells)).toEqual([
    ['def head(path):\n', '    with open(path) as f:\n', '        print(f.read())'],
    ['x = 1'],
  ]);
});

test('a fix does not go over the end of a cell', async () => {
  const cells = ['for p in ["a", "b"]:\n    f = open(p)', 'print(f.read())\nf.close()'];
  const box = sandbox({ 'a.ipynb': notebook(cells) });
  const { stdout } = await box.run(['--fix', '--unsafe-fixes'], { engine });
  expect(stdout).toContain('unclosed-file');
  expect(box.read('a.ipynb')).toBe(notebook(cells));
});

test('what a cell shows stays shown, unless a semicolon hides it', async () => {
  const shown = [['import sqlite3\n', 'for p in ["a"]:\n', '    c = sqlite3.connect(p)\n', 'open("a").read()']];
  expect(await fixed(shown)).toEqual(shown);
  const cells = [['def f(): ...\n', '[open(p).read() for p in "ab"];']];
  expect(await fixed(cells)).toEqual(cells);
});

test('magics, shell commands and help are passed over and stay', async () => {
  const cells = [
    [
      '%time\n',
      "!echo it's\n",
      'files = !ls *.txt\n',
      'x = %env HOME\n',
      'open?\n',
      '?open\n',
      'print(1\n',
      ' % 2)\n',
      ...LEAK,
    ],
    ['%%bash\n', "echo it's"],
    [
      '%%time\n',
      'def g(p):\n',
      '    !ls\n',
      '    f = open(p)\n',
      '    !ls {p} \\\n',
      '        -l\n',
      '    return f.read()',
    ],
  ];
  const after = await fixed(cells);
  expect(after[0]?.slice(0, 8)).toEqual(cells[0]?.slice(0, 8));
  expect(after[0]?.slice(8)).toEqual(FIXED);
  expect(after[1]).toEqual(cells[1]);
  expect(after[2]).toEqual([
    '%%time\n',
    'def g(p):\n',
    '    !ls\n',
    '    with open(p) as f:\n',
    '        !ls {p} \\\n',
    '        -l\n',
    '        return f.read()',
  ]);
});

test('await outside of functions is fine in a cell, and a future import at the top of each', async () => {
  const cells = [
    'import asyncio\nawait asyncio.sleep(1)',
    'from __future__ import annotations\nasync with a as b:\n    pass',
  ];
  expect(await concise(sandbox({ 'a.ipynb': notebook(cells) }))).toBe('');
  const late = ['import os\nfrom __future__ import annotations', 'return 1'];
  expect(await concise(sandbox({ 'a.ipynb': notebook(late) }))).toMatch(
    /cell 2:2:1: error syntax-error .*\n.*cell 3:1:1: error syntax-error /,
  );
});

test('comments suppress within their cell', async () => {
  const comment = '# pylint-leaks: ignore[unclosed-file] -- why';
  const behind = [[LEAK[0] ?? '', `${LEAK[1] ?? ''}  ${comment}`]];
  expect(await concise(sandbox({ 'a.ipynb': notebook(behind) }))).toBe('');
  const file = [['# pylint-leaks: ignore-file[unclosed-file]'], LEAK];
  expect(await concise(sandbox({ 'a.ipynb': notebook(file) }))).toBe('');
  const before = [['x = 1\n', comment], ['[open(p).read() for p in "ab"]']];
  expect(await concise(sandbox({ 'a.ipynb': notebook(before) }))).toMatch(
    /cell 2:2:1: warning unused-suppression [^]*cell 3:1:2: error unclosed-file/,
  );
});

test('--add-ignore writes into the cell', async () => {
  const box = sandbox({ 'a.ipynb': notebook([LEAK, ['x = 1']]) });
  await box.run(['--add-ignore', 'old'], { engine });
  const line = `    return open(path).readline()  # pylint-leaks: ignore[unclosed-file] -- old`;
  expect(box.read('a.ipynb')).toBe(notebook([[LEAK[0] ?? '', line], ['x = 1']]));
  expect(await concise(box)).toBe('');
});

test('the baseline accepts a finding wherever its cell goes', async () => {
  const box = sandbox({ 'a.ipynb': notebook([LEAK]) });
  await box.run(['--write-baseline'], { engine });
  box.write({ 'a.ipynb': notebook([['x = 1'], ['\n', ...LEAK]]) });
  expect(await concise(box, '--baseline', 'pylint-leaks-baseline.jsonl')).toBe('');
  box.write({ 'a.ipynb': notebook([LEAK, ['def tail(path):\n', '    return open(path).read()']]) });
  expect(await concise(box, '--baseline', 'pylint-leaks-baseline.jsonl')).toMatch(/^a\.ipynb:cell 3:2:12: .*\n$/);
});

test.each(formats)('%s tells the cell', async (format, pattern) => {
  const box = sandbox({ 'a.ipynb': notebook([['import os'], LEAK]) });
  const { stdout } = await box.run(['--format', format], { engine });
  expect(stdout).toMatch(pattern);
});

test('the lines that other tools get are those of the JSON', async () => {
  const box = sandbox({ 'a.ipynb': notebook([['import os'], LEAK]) });
  const { stdout } = await box.run(['--format', 'sarif'], { engine });
  const log = JSON.parse(stdout) as {
    runs: [{ results: [{ fixes?: object; locations: [{ physicalLocation: { region: { startLine: number } } }] }] }];
  };
  const [result] = log.runs[0].results;
  const { startLine } = result.locations[0].physicalLocation.region;
  expect(box.read('a.ipynb').split('\n')[startLine - 1]).toContain('return open(path)');
  expect(result.fixes).toBeUndefined();
});

test('a frame ends with its cell', async () => {
  const box = sandbox({ 'a.ipynb': notebook([['before = 1'], LEAK, ['after = 1']]) });
  const { stdout } = await box.run([], { engine });
  expect(stdout).toContain('> 2 |     return open(path)');
  expect(stdout).not.toMatch(/before|after/);
});

test('why takes a cell and a line', async () => {
  const box = sandbox({ 'a.ipynb': notebook([['import os'], LEAK]) });
  const { stdout } = await box.run(['why', 'a.ipynb:3:2'], { engine });
  expect(stdout).toContain('a.ipynb:cell 3:2: open(path)');
  expect((await box.run(['why', 'a.ipynb:2'], { engine })).stderr).toContain('name a cell and a line of it');
  expect((await box.run(['why', 'a.ipynb:3:9'], { engine })).stderr).toContain(
    'there is no line 9 of Python in cell 3',
  );
  expect((await box.run(['why', 'a.ipynb:1:1'], { engine })).code).toBe(2);
});

test('--diff is a patch of the JSON', async () => {
  const box = sandbox({ 'a.ipynb': notebook([LEAK]) });
  execFileSync('git', ['init', '-q'], { cwd: box.root });
  const { stdout } = await box.run(['--diff'], { engine });
  execFileSync('git', ['apply'], { cwd: box.root, input: stdout });
  expect(box.read('a.ipynb')).toBe(notebook([FIXED]));
});

test('standard input is read as a notebook when its name says so', async () => {
  const box = sandbox({});
  const stdin = notebook([LEAK]);
  const { stdout } = await box.run(['--fix', '--stdin-filename', 'a.ipynb'], { engine, stdin });
  expect(stdout).toBe(notebook([FIXED]));
});

test.each([
  ['', /it is no valid JSON/],
  ['{"cells": [', /:1:12: error unreadable-file .* it is no valid JSON: close bracket expected/],
  ['[]', /it is no notebook/],
  ['{"cells": [], "nbformat": 3}', /it is a notebook of format 3; open and save it with Jupyter/],
  ['{"cells": [{"cell_type": "code", "outputs": [01], "source": []}], "nbformat": 4}', /it is no valid JSON/],
])('the broken notebook %j is a finding, and the run goes on', async (content, message) => {
  const box = sandbox({ 'a.ipynb': content, 'b.py': LEAK.join('') });
  const stdout = await concise(box);
  expect(stdout).toMatch(message);
  expect(stdout).toContain('b.py:2:12');
});

test.each([{ metadata: { kernelspec: { language: 'R' } } }, { metadata: { language_info: { name: 'julia' } } }])(
  'a notebook in another language has nothing to say: %j',
  async (other) => {
    const content = { ...(JSON.parse(notebook([LEAK])) as object), ...other };
    expect(await concise(sandbox({ 'a.ipynb': JSON.stringify(content) }))).toBe('');
  },
);

test('masking moves nothing, and takes Python for Python', () => {
  for (const code of [
    'x = 1 % 2\n',
    'a = b != c',
    's = """\n!ls\n"""\n',
    'f(\n!x)',
    '# !ls?',
    "d['?']",
    'x[1:]; y',
    'x = y\\\n % z',
  ])
    expect(maskMagics(code)).toEqual({ text: code, masked: [] });
  for (const code of [
    '!ls',
    '  %x y',
    'a.b?',
    'a??',
    'x, y = !ls',
    'x = %t y',
    'if a:\n    !ls "\n',
    '/f 1',
    ';f a b',
    ',f a b',
  ]) {
    const { text = '', masked = [] } = maskMagics(code) ?? {};
    expect(text).toHaveLength(code.length);
    expect(masked).toHaveLength(1);
  }
  expect(maskMagics('%%html\n<b>')).toBeUndefined();
});

test('an empty notebook has no text', () => {
  expect(readNotebook('{"cells": [], "nbformat": 4}')).toMatchObject({ kind: 'notebook', text: '' });
});
