import { createSourceFile, lintSource, type Diagnostic, type Edit, type Parser, type Rule } from '@pylint-leaks/core';
import { fixers, fixSource, offerFixes, type Fixer, type FixOutcome } from '@pylint-leaks/fixers';
import { rules } from '@pylint-leaks/rules';
import { loadTestParser } from '@pylint-leaks/testkit';
import { lint, lintOptions, OPTIONS } from './lint';

const LEAK = 'def load(path):\n    f = open(path)\n    data = f.read()\n    return data\n';
const TWO = `${LEAK}\n\ndef save(path):\n    g = open(path, 'w')\n    g.write('x')\n`;

let parser: Parser;
beforeAll(async () => {
  parser = await loadTestParser();
});

function fixAll(code: string, use: readonly Fixer[] = fixers, applicability: 'safe' | 'unsafe' = 'safe'): FixOutcome {
  return fixSource(createSourceFile('code.py', code), lintOptions(parser), { ...OPTIONS, applicability }, use);
}

/** A fixer for files that makes the edits it is told to. */
function fixerOf(edits: (diagnostic: Diagnostic) => readonly Edit[], applicability: 'safe' | 'unsafe' = 'safe'): Fixer {
  return {
    ruleId: 'unclosed-file',
    fix: (diagnostic) => ({
      kind: 'fix',
      fix: { ruleId: 'unclosed-file', applicability, title: 'test', edits: edits(diagnostic), checked: [] },
    }),
  };
}

describe('fixSource', () => {
  it('says what was fixed and where', () => {
    const { applied, rejected, passes, text, lint: after } = fixAll(TWO);
    expect(applied.map(({ line, fix }) => [line, fix.applicability])).toEqual([
      [2, 'safe'],
      [8, 'safe'],
    ]);
    expect([rejected, passes, after.file.text]).toEqual([[], 1, text]);
    expect(after.diagnostics).toEqual([]);
  });

  it.each(['\n', '\r\n'])('adds no line end to a file that ends without one (%j)', (end) => {
    const code = 'def f(p, g):\n    s = open(p)\n    g()\n    try:\n        s.read()\n    finally:\n        s.close()';
    const fixed = 'def f(p, g):\n    with open(p) as s:\n        g()\n        s.read()';
    expect(fixAll(code.replaceAll('\n', end)).text).toBe(fixed.replaceAll('\n', end));
  });

  it('gives back the text when there is nothing to do', () => {
    const code = 'print(1)\n';
    expect(fixAll(code)).toMatchObject({ text: code, applied: [], rejected: [], passes: 0 });
  });

  it('does not touch a file that does not parse', () => {
    const code = `${LEAK}\n\ndef broken(:\n    pass\n`;
    expect(fixAll(code).text).toBe(code);
    const offers = offerFixes(lint(parser, code), OPTIONS).filter(
      ({ diagnostic }) => diagnostic.ruleId === 'unclosed-file',
    );
    expect(offers.map(({ refused }) => refused)).toEqual(offers.map(() => 'the file does not compile'));
  });

  it('applies unsafe fixes only when asked', () => {
    const whole = fixerOf(({ span }) => [{ span, text: '[]' }], 'unsafe');
    expect(fixAll(LEAK, [whole]).text).toBe(LEAK);
    expect(fixAll(LEAK, [whole], 'unsafe').text).toBe(LEAK.replace('open(path)', '[]'));
  });

  it.each<[string, (diagnostic: Diagnostic) => readonly Edit[], string]>([
    ['does not parse', ({ span }) => [{ span, text: 'with (' }], 'the fixed text does not parse'],
    [
      'leaves the finding',
      ({ span }) => [{ span: { start: span.end, end: span.end }, text: '  ' }],
      'the finding is still there after the fix',
    ],
    ['loses a string', ({ span }) => [{ span, text: "['other']" }], 'a string literal would change'],
    [
      'does not compile',
      ({ span }) => [{ span, text: "dict(a='w', a=path)" }],
      'the fixed text does not compile: keyword argument repeated: a',
    ],
  ])('takes back a fix that %s, and lets the others through', (_, edits, reason) => {
    const honest = fixers.find(({ ruleId }) => ruleId === 'unclosed-file') as Fixer;
    const mixed: Fixer = {
      ruleId: 'unclosed-file',
      fix: (diagnostic, result, options) =>
        result.file.text.slice(diagnostic.span.start, diagnostic.span.end).includes("'w'")
          ? fixerOf(edits).fix(diagnostic, result, options)
          : honest.fix(diagnostic, result, options),
    };
    const { text, rejected, applied } = fixAll(TWO, [mixed]);
    expect(text).toBe(fixAll(LEAK).text + TWO.slice(LEAK.length));
    expect(rejected.map((entry) => entry.reason)).toContain(reason);
    expect(applied).toHaveLength(1);
  });

  it('takes back a fix that changes the order of comments', () => {
    const code = '# first\ndef load(path):\n    f = open(path)  # second\n    return f.read()\n';
    const second = { start: code.indexOf('# second'), end: code.indexOf('# second') + '# second'.length };
    const moving = fixerOf(({ span }) => [
      { span: { start: 0, end: 0 }, text: '# second\n' },
      { span, text: 'str(path)' },
      { span: second, text: '' },
    ]);
    expect(fixAll(code, [moving])).toMatchObject({
      text: code,
      rejected: [{ reason: 'a comment would change or move' }],
    });
  });

  it('takes back a fix that makes a finding of a rule that does not run', () => {
    const only = (ids: readonly string[]) => rules.filter(({ id }) => ids.includes(id));
    const code = `import socket\n\n\n${LEAK}`;
    const swap = fixerOf(({ span }) => [{ span, text: 'socket.socket(path)' }]);
    const run = (watching: readonly Rule[]) =>
      fixSource(
        createSourceFile('code.py', code),
        { ...lintOptions(parser), rules: only(['unclosed-file']) },
        { ...OPTIONS, applicability: 'safe', watching },
        [swap],
      );
    expect(run([]).text).not.toBe(code);
    const { text, rejected, lint: after } = run(rules);
    expect([text, rejected.map(({ reason }) => reason)]).toEqual([
      code,
      [expect.stringMatching(/^the fix makes a new finding: unclosed-socket /)],
    ]);
    expect(after.diagnostics.map(({ ruleId }) => ruleId)).toEqual(['unclosed-file']);
  });

  it('does not touch a file that does not compile when the rule for that is off', () => {
    const code = `${LEAK}\n\nprint(sep='', sep='')\n`;
    const options = { ...lintOptions(parser), rules: rules.filter(({ id }) => id === 'unclosed-file') };
    expect(fixSource(createSourceFile('code.py', code), options, { ...OPTIONS, applicability: 'safe' }).text).toBe(
      code,
    );
  });

  it('stops after ten passes, and says that it was not done', () => {
    const code = `def load(path):\n${'    open(path)\n'.repeat(12)}`;
    const oneByOne: Fixer = {
      ruleId: 'unclosed-file',
      fix: (diagnostic, result, options) =>
        diagnostic === result.diagnostics[0]
          ? fixerOf(({ span }) => [{ span, text: 'None' }]).fix(diagnostic, result, options)
          : { kind: 'refused', reason: 'one after the other' },
    };
    expect(fixAll(code, [oneByOne])).toMatchObject({ passes: 10, converged: false, rejected: [] });
    expect(fixAll(code.replace('    open(path)\n'.repeat(2), ''), [oneByOne])).toMatchObject({
      passes: 10,
      converged: true,
    });
  });

  it('fixes what is inside another fix in the next pass', () => {
    const code =
      'def copy(a, b):\n    f = open(a)\n    g = open(b)\n    g.read(f.read())\n    g.close()\n    f.close()\n';
    const { text, passes } = fixAll(code);
    expect(text).toBe(
      'def copy(a, b):\n    with open(a) as f:\n        with open(b) as g:\n            g.read(f.read())\n',
    );
    expect(passes).toBe(2);
  });

  it('needs one pass for any number of blocks below each other', () => {
    const block = '    f = open(path)\n    text += f.read()\n    f.close()\n';
    const { text, passes } = fixAll(`def load(path):\n    text = ''\n${block.repeat(15)}    return text\n`);
    expect(text.match(/with open/g)).toHaveLength(15);
    expect(passes).toBe(1);
  });

  it('tries what failed again once the text has changed, so that a second run gets no further', () => {
    const code =
      'def f(a):\n    x = open(a)\n\n\ndef g(b):\n    y = open(b)\n\n\ndef h(c):\n    z = open(c)\n\n\nother = open\n';
    const alias = { start: code.indexOf('open\n'), end: code.length - 1 };
    // The first fix is right only when `other` means something else, which the second does, once the third is in.
    const staged: Fixer = {
      ruleId: 'unclosed-file',
      fix: (diagnostic, result, options) => {
        const { text } = result.file;
        const shift = text.length - code.length;
        const edits: Readonly<Record<string, readonly Edit[]>> = {
          'open(a)': [{ span: diagnostic.span, text: 'other(a)' }],
          'open(b)': [
            { span: diagnostic.span, text: 'len(b)' },
            { span: { start: alias.start + shift, end: alias.end + shift }, text: 'len' },
          ],
          'open(c)': [{ span: diagnostic.span, text: 'len(c)' }],
        };
        const called = text.slice(diagnostic.span.start, diagnostic.span.end);
        if (called === 'open(b)' && text.includes('open(c)')) return { kind: 'refused', reason: 'not yet' };
        return fixerOf(() => edits[called] ?? []).fix(diagnostic, result, options);
      },
    };
    const { text, passes } = fixAll(code, [staged]);
    expect([text.includes('open'), passes]).toEqual([false, 2]);
  });

  it('adds an import once for many fixes', () => {
    const use = (name: string): string =>
      `\n\ndef ${name}(p):\n    with sqlite3.connect(p) as c:\n        c.execute('x')\n`;
    const { text } = fixAll(`import sqlite3\n${use('a')}${use('b')}${use('c')}`);
    expect(text.match(/from contextlib import closing/g)).toHaveLength(1);
    expect(text.match(/with closing\(sqlite3\.connect\(p\)\) as c, c:/g)).toHaveLength(3);
  });

  it('leaves a with statement alone whose name is a cursor in the version that is used', () => {
    const code = 'import pymysql\n\n\ndef f(p):\n    with pymysql.connect(p) as c:\n        c.execute("x")\n';
    const offersFor = (version: string) => {
      const options = { ...lintOptions(parser), packages: new Map([['pymysql', version]]) };
      const offered = offerFixes(lintSource(createSourceFile('code.py', code), options), OPTIONS);
      return offered.map(({ diagnostic, refused }) => [diagnostic.ruleId, refused]);
    };
    const reason = 'in this version c is a cursor, not the connection';
    expect(offersFor('0.9.3')).toEqual([['unclosed-database-connection', reason]]);
    expect(offersFor('1.1.0')).toEqual([]);
  });
});
