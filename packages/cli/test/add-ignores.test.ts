import { loadTestParser } from '@pylint-leaks/testkit';
import { createSourceFile, type Parser } from '@pylint-leaks/core';
import { realEngine } from '../src/engine';
import { insertIgnores } from '../src/ignores/insert';
import { sandboxes } from './sandbox';

const sandbox = sandboxes();

let parser: Parser;
beforeAll(async () => {
  parser = await loadTestParser();
});

/** Suppresses rule `r` wherever the text says `bad`. */
function inserted(text: string, reason = 'why'): string | undefined {
  const file = createSourceFile('a.py', text);
  const places = [...text.matchAll(/bad/g)].map(({ index }) => {
    const line = file.lineStarts.filter((start) => start <= index).length;
    return { ruleId: 'r', start: { line, column: index - (file.lineStarts[line - 1] ?? 0) + 1 } };
  });
  return insertIgnores(file, places, reason, parser)?.text;
}

const OWN = '# pylint-leaks: ignore[r] -- why';

test.each([
  ['behind a statement', 'x = bad()\n', `x = bad()  ${OWN}\n`],
  ['without a line end', 'x = bad()', `x = bad()  ${OWN}`],
  ['with Windows line ends', 'a = 1\r\nx = bad()\r\n', `a = 1\r\nx = bad()  ${OWN}\r\n`],
  [
    'above a call of several lines, with tabs',
    'if x:\n\tf(\n\t\tbad(),\n\t)\n',
    `if x:\n\t${OWN}\n\tf(\n\t\tbad(),\n\t)\n`,
  ],
  ['above, with Windows line ends', 'if x:\r\n    f(\r\n  bad())\r\n', `if x:\r\n    ${OWN}\r\n    f(\r\n  bad())\r\n`],
  ['above a continuation', 'x = 1 + \\\n  bad()\n', `${OWN}\nx = 1 + \\\n  bad()\n`],
  ['above a triple-quoted string', 'x = bad("""\n# a\n""")\n', `${OWN}\nx = bad("""\n# a\n""")\n`],
  ['behind a string', 'x = bad("# no")\n', `x = bad("# no")  ${OWN}\n`],
  ['above a statement with a comment', 'x = bad()  # noqa\n', `${OWN}\nx = bad()  # noqa\n`],
  ['the header of a block', 'with bad() as x:\n    pass\n', `with bad() as x:  ${OWN}\n    pass\n`],
  [
    'above elif',
    'if a:\n    pass\nelif f(\n  bad()):\n    pass\n',
    `if a:\n    pass\n${OWN}\nelif f(\n  bad()):\n    pass\n`,
  ],
  ['once for a line', 'x = bad(), bad(); bad()\n', `x = bad(), bad(); bad()  ${OWN}\n`],
  ['more rules', 'x = bad()  # pylint-leaks: ignore[q] -- old\n', 'x = bad()  # pylint-leaks: ignore[q, r] -- old\n'],
  ['more rules above', '# pylint-leaks: ignore[q]\nx = bad()\n', '# pylint-leaks: ignore[q, r]\nx = bad()\n'],
  [
    'inside brackets',
    'f(\n  bad(),  # pylint-leaks: ignore[q]\n)\n',
    'f(\n  bad(),  # pylint-leaks: ignore[q, r]\n)\n',
  ],
])('%s', (_, before, after) => {
  expect(inserted(before)).toBe(after);
});

test('a long line gets its comment above', () => {
  const line = `    x = bad(${'a'.repeat(60)})`;
  expect(inserted(`def f():\n${line}\n`)).toBe(`def f():\n    ${OWN}\n${line}\n`);
});

test('what it writes suppresses, and is all that changes', async () => {
  const text = `import sqlite3, threading

def load(path, job):
\tcon = sqlite3.connect(
\t\tpath)
\tthreading.Thread(target=job).start(); x = open(path).read()
\tfor line in open(path): print("""
# text
""", line)
\treturn [open(path).read(), con]  # type: ignore

def tell(path):
\tcon = sqlite3.connect(path); con.execute("""
insert""")
`;
  const box = sandbox({ 'a.py': text, 'b.py': 'def broken(:\n    open(x)\n' });
  const first = await box.run(['--add-ignore', 'old debt'], { engine: realEngine });
  expect(first.stderr).toContain('note: a.py: ');
  expect(first.stderr).toContain('b.py: no comments added, because Python refuses the file');
  const after = box.read('a.py');
  expect(after.replace(/^\t*# pylint-leaks[^\n]*\n| {2}# pylint-leaks[^\n]*/gm, '')).toBe(text);
  const second = await box.run(['--format', 'concise', 'a.py'], { engine: realEngine });
  expect(second).toMatchObject({ code: 0, stdout: '' });
});

test('is about what would be reported', async () => {
  const read = (name: string) => `def ${name}(path):\n    return open(path).read()\n`;
  const box = sandbox({ 'a.py': read('old') });
  await box.run(['--write-baseline'], { engine: realEngine });
  box.write({ 'a.py': read('old') + read('new') });
  const argv = ['--baseline', 'pylint-leaks-baseline.jsonl', '--add-ignore=later'];
  const { code } = await box.run(argv, { engine: realEngine });
  expect(code).toBe(0);
  const comment = '  # pylint-leaks: ignore[unclosed-file] -- later';
  expect(box.read('a.py')).toBe(read('old') + read('new').replace('.read()', `.read()${comment}`));
});

test.each([
  [['--add-ignore', 'a # b'], /needs a reason of one line without #/],
  [['--add-ignore', ' '], /needs a reason/],
  [['--add-ignore', 'x', '--fix'], /cannot be combined with --fix/],
  [['--add-ignore', 'x', '-'], /cannot be combined with standard input/],
])('%j is refused', async (argv, message) => {
  const { code, stderr } = await sandbox().run(argv);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});
