import { createSourceFile, findSyntaxProblems, positionAt, type Parser } from '@pylint-leaks/core';
import { loadTestParser } from '@pylint-leaks/testkit';

let parser: Parser;
beforeAll(async () => {
  parser = await loadTestParser();
});

/** Each problem as `line:column code: detail`, the reported text after it. */
function problemsOf(source: string, version: readonly [number, number] = [3, 9]): string[] {
  const file = createSourceFile('source', source);
  return findSyntaxProblems(source, parser.parse(source), version).map(({ code, detail, span }) => {
    const { line, column } = positionAt(file, span.start);
    return `${String(line)}:${String(column)} ${code}: ${detail} «${source.slice(span.start, span.end)}»`;
  });
}

// The texts are those of CPython 3.13, spans included where CPython gives any.
it.each([
  ['f(1', "1:2 unclosed: '(' was never closed «(»"],
  ['f(1\nx = 2\n', "1:2 unclosed: '(' was never closed «(»"],
  ['x = [1\ndef f():\n  pass\n', "1:5 unclosed: '[' was never closed «[»"],
  ['x = (1]', "1:7 unclosed: closing parenthesis ']' does not match opening parenthesis '(' «]»"],
  ['x = (1,\n]', "2:1 unclosed: closing parenthesis ']' does not match opening parenthesis '(' on line 1 «]»"],
  ['x)', "1:2 unclosed: unmatched ')' «)»"],
  ['x = "a\n', '1:5 unclosed: unterminated string literal (detected at line 1) «"a»'],
  ['x = """a\n\n', '1:5 unclosed: unterminated triple-quoted string literal (detected at line 3) «"""»'],
  ['x = f"{a"\n', `1:9 unclosed: f-string: expecting '}' «"»`],
  ['if x\n  pass\n', "1:5 invalid-syntax: expected ':' «\n»"],
  ['def f()\n  pass\n', "1:8 invalid-syntax: expected ':' «\n»"],
  ['def f:\n  pass\n', "1:6 invalid-syntax: expected '(' «:»"],
  ['else x:\n  pass\n', '1:1 invalid-syntax: invalid syntax «else»'],
  ['with a:\nb\n', "2:1 indentation: expected an indented block after 'with' statement on line 1 «b»"],
  ['def f():\n\n# comment\n', '3:10 indentation: expected an indented block after function definition on line 1 «»'],
  ['a\n  b\n', '2:1 indentation: unexpected indent «  »'],
  ['if a:\n    b\n  c\n', '3:3 indentation: unindent does not match any outer indentation level «c»'],
  ['if a:\n        b\n\tc\n', '3:1 indentation: inconsistent use of tabs and spaces in indentation «\t»'],
  ['print "a"', `1:1 python-2: Missing parentheses in call to 'print'. Did you mean print(...)? «print "a"»`],
  ['exec "a" in b', `1:1 python-2: Missing parentheses in call to 'exec'. Did you mean exec(...)? «exec "a" in b»`],
  ['f(a b)', '1:3 invalid-syntax: invalid syntax. Perhaps you forgot a comma? «a b»'],
  ['f(a, b c)', '1:6 invalid-syntax: invalid syntax. Perhaps you forgot a comma? «b c»'],
  ['a b', '1:3 invalid-syntax: invalid syntax «b»'],
  ['if x = 1: pass', "1:6 invalid-syntax: invalid syntax. Maybe you meant '==' or ':=' instead of '='? «=»"],
  ['x = a if b', "1:5 invalid-syntax: expected 'else' after 'if' expression «a if b»"],
  ['f() = 1', "1:1 invalid-target: cannot assign to function call here. Maybe you meant '==' instead of '='? «f()»"],
  ['a, None = 1', '1:4 invalid-target: cannot assign to None «None»'],
  ['[a, [b, 1]] = c', '1:9 invalid-target: cannot assign to literal «1»'],
  ['a and b += 1', "1:1 invalid-target: 'expression' is an illegal expression for augmented assignment «a and b»"],
  ['del f(), a', '1:5 invalid-target: cannot delete function call «f()»'],
  ['f(a=1, b)', '1:8 invalid-arguments: positional argument follows keyword argument «b»'],
  ['f(a=1, a=2)', '1:8 repeated-keyword: keyword argument repeated: a «a=2»'],
  ['def f(a, a): pass', "1:10 invalid-parameters: duplicate argument 'a' in function definition «a»"],
  ['x = 010', LEADING_ZERO()],
  ['x = 1__0', '1:5 invalid-token: invalid decimal literal «1__»'],
  ['x = 0o8', "1:5 invalid-token: invalid digit '8' in octal literal «0o8»"],
  ['x = \u00a01', '1:5 invalid-token: invalid non-printable character U+00A0 «\u00a0»'],
  ['x = “a”', "1:5 invalid-token: invalid character '“' (U+201C) «“»"],
  ['x = "\\x1"', '1:6 invalid-token: (unicode error) truncated \\xXX escape «\\x1»'],
  ['x = 1 \\ 2', '1:7 invalid-token: unexpected character after line continuation character «\\»'],
  ['try:\n  a\nb\n', "3:1 invalid-syntax: expected 'except' or 'finally' block «b»"],
  ['import a from b', "1:1 invalid-syntax: Did you mean to use 'from ... import ...' instead? «import a»"],
  ['x = {1: 2, 3}', "1:12 invalid-syntax: ':' expected after dictionary key «3»"],
  ['a\0b', '1:2 invalid-token: source code cannot contain null bytes «\0»'],
])('%j', (source, expected) => {
  expect(problemsOf(source)).toEqual([expected]);
});

function LEADING_ZERO(): string {
  const detail = 'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers';
  return `1:5 invalid-token: ${detail} «010»`;
}

describe('after an error', () => {
  it('goes on with the next top-level statement, not with clauses of the same one', () => {
    const source = 'try:\n  a b\nexcept E:\n  c d\nelse:\n  e f\nx = 1\ny z\n';
    expect(problemsOf(source)).toEqual([
      '2:5 invalid-syntax: invalid syntax «b»',
      '8:3 invalid-syntax: invalid syntax «z»',
    ]);
  });

  it('tells an error of the tokenizer besides an error in an earlier statement', () => {
    expect(problemsOf('a b\n\nc = 0777\n\ndef f(:\n  pass\n').map((text) => text.split(':')[0])).toEqual([
      '1',
      '3',
      '5',
    ]);
  });

  it('tells at most twenty', () => {
    expect(problemsOf('def f(a b): pass\n'.repeat(100))).toHaveLength(20);
  });

  it('takes lines of prose in a row for one damage', () => {
    expect(problemsOf('Some text without quotes.\nMore of it.\nAnd more.\nx = 1\na b\n')).toEqual([
      '1:6 invalid-syntax: invalid syntax «text»',
      '5:3 invalid-syntax: invalid syntax «b»',
    ]);
  });

  it('says nothing of statements that lost the function around them', () => {
    expect(problemsOf('def f(:\n    x = 1\n    return x\n    yield x\n')).toEqual([
      '1:7 invalid-syntax: invalid syntax «:»',
    ]);
  });

  it('still judges intact functions', () => {
    expect(problemsOf('a b\n\ndef f():\n    def g():\n        nonlocal x\n')).toEqual([
      '1:3 invalid-syntax: invalid syntax «b»',
      "5:18 scope-conflict: no binding for nonlocal 'x' found «x»",
    ]);
  });
});

it('points from a repeated keyword to the first one', () => {
  const source = 'f(a=1, b=2, a=1, a=3)';
  const [problem] = findSyntaxProblems(source, parser.parse(source), [3, 9]);
  expect(problem?.repeated).toEqual({
    name: 'a',
    arguments: [
      { start: 2, end: 5 },
      { start: 12, end: 15 },
      { start: 17, end: 20 },
    ],
    identical: false,
  });
  expect(problem?.related[0]?.span).toEqual({ start: 2, end: 5 });
});

it('reads deep nesting without running out of stack', () => {
  const brackets = 150;
  expect(problemsOf(`x = ${'('.repeat(brackets)}1${')'.repeat(brackets)}`)).toEqual([]);
  expect(problemsOf(`x = ${'-'.repeat(50_000)}1`)).toEqual([]);
  expect(problemsOf(`x = ${'1 + '.repeat(50_000)}1`)).toEqual([]);
});
