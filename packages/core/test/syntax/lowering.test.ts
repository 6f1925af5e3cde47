import type { Parser } from '@pylint-leaks/core';
import { loadTestParser } from '@pylint-leaks/testkit';
import { notationOf } from './notation';

let parser: Parser;
beforeAll(async () => {
  parser = await loadTestParser();
});

/** The tree in the notation of the comparison with CPython, without spans. */
function shapeOf(source: string): string {
  return notationOf(parser.parse(source), source)
    .lines.slice(1, -1)
    .join(' ; ')
    .replace(/@\d+:\d+-\d+:\d+/g, '')
    .replace(/ \)/g, ')');
}

// What tree-sitter's grammar reads differently from Python, and what only its newer versions read.
it.each([
  ['f(*a.b())', 'ExpressionStatement (Call (Name f) [(Starred (Call (Attribute (Name a) b) []))])'],
  ['[*a or b]', 'ExpressionStatement (List (Starred (BooleanOperation or (Name a) (Name b))))'],
  ['type(a).b = c', 'Assign (Attribute (Call (Name type) [(Name a)]) b) = (Name c)'],
  ['type(a, *b)[0] = c', 'Assign (Subscript (Call (Name type) [(Name a) (Starred (Name b))]) (Number)) = (Name c)'],
  ['type[a] = b', 'Assign (Subscript (Name type) (Name a)) = (Name b)'],
  ['type A[T] = b', 'TypeAlias (Name A) (Name b)'],
  ['print >>a, b', 'ExpressionStatement (Tuple (BinaryOperation >> (Name print) (Name a)) (Name b))'],
  ['print a, b', 'Print (Name a) (Name b)'],
  ['a ^ b & c', 'ExpressionStatement (BinaryOperation ^ (Name a) (BinaryOperation & (Name b) (Name c)))'],
  ['x: a | b | c', 'AnnotatedAssign (Name x) : (BinaryOperation | (BinaryOperation | (Name a) (Name b)) (Name c)) = -'],
  ['(x): a', 'AnnotatedAssign (Name x) : (Name a) = -'],
  ['del (a, b)', 'Delete (Tuple (Name a) (Name b))'],
  ['del a, b', 'Delete (Name a) (Name b)'],
  ['a[b,]', 'ExpressionStatement (Subscript (Name a) (Tuple (Name b)))'],
  ['a[*b]', 'ExpressionStatement (Subscript (Name a) (Tuple (Starred (Name b))))'],
  ['f"{a:=5}"', 'ExpressionStatement (String (Name a))'],
  ['with (a as b): pass', 'With ((Name a) as (Name b)) ; body{ ; Pass ; }'],
  ['with (a, b): pass', 'With ((Name a) as -) ((Name b) as -) ; body{ ; Pass ; }'],
  ['with (a, b) as c: pass', 'With ((Tuple (Name a) (Name b)) as (Name c)) ; body{ ; Pass ; }'],
  ['match a:\n  case b, *_: c', 'Match (Name a) ; case [b] [] - ; body{ ; ExpressionStatement (Name c) ; }'],
  ['match a:\n  case (b): c', 'Match (Name a) ; case always [b] [] - ; body{ ; ExpressionStatement (Name c) ; }'],
  [
    'if a: b\nelif c: d',
    'If (Name a) ; body{ ; ExpressionStatement (Name b) ; } ; orelse{ ; If (Name c) ; body{ ; ExpressionStatement (Name d) ; } ; }',
  ],
  ['ﬁ = 1', 'Assign (Name fi) = (Number)'],
])('%s', (source, expected) => {
  expect(shapeOf(source)).toBe(expected);
});

it.each([
  [`r'\\\\'`, undefined],
  [`'a' "b"`, 'ab'],
  [`'''a\nb'''`, 'a\nb'],
  [`'a\\n'`, undefined],
  [`f'a'`, undefined],
  [`u'a'`, 'a'],
])('knows the value of the string %s only when it is plain', (source, value) => {
  const [statement] = parser.parse(source).module.body.statements;
  expect(statement?.kind === 'ExpressionStatement' && statement.value.kind === 'String' && statement.value.value).toBe(
    value,
  );
});

it('ends a compound statement where its last statement ends, not after the comments that follow', () => {
  const source = 'if a:\n    b()  # why\n    # more\n\n# else\nc()\n';
  const [first] = parser.parse(source).module.body.statements;
  expect(source.slice(first?.span.start, first?.span.end)).toBe('if a:\n    b()');
});

it('keeps whole functions that stand after an error', () => {
  const source = 'def f(:\n    pass\n\ndef g():\n    return 1\n';
  const kinds = parser
    .parse(source)
    .module.body.statements.map((statement) =>
      statement.kind === 'FunctionDefinition' ? `${statement.name.id}${statement.hasError ? '!' : ''}` : statement.kind,
    );
  expect(kinds).toContain('g');
});
