import { loadTestParser } from '@pylint-leaks/testkit';
import type { Statement } from '../../src/syntax/ast';
import type { Parser } from '../../src/syntax/parser';

let parser: Parser;
beforeAll(async () => {
  parser = await loadTestParser();
});

/** Definitions at the top of a file, `!` behind those that are damaged, with the text at their span. */
function definitionsOf(code: string): readonly string[] {
  return parser.parse(code).module.body.statements.flatMap((statement: Statement) => {
    if (statement.kind !== 'FunctionDefinition' && statement.kind !== 'ClassDefinition') return [];
    const { start, end } = statement.name.span;
    return [code.slice(start, end) + (statement.kind === 'FunctionDefinition' && statement.hasError ? '!' : '')];
  });
}

const INTACT = 'def good(path):\n    return open(path)\n';

it.each<[string, string, readonly string[]]>([
  ['a bracket that is never closed', `def bad(path):\n    x = f((path)\n\n\n${INTACT}`, ['good']],
  ['a string that is never closed', `def bad(path):\n    x = """path\n\n\n${INTACT}`, ['good']],
  [
    'a statement in an attribute',
    `def bad(path):\n    self.with f(str(path) as x:\n        pass\n\n\n${INTACT}`,
    ['good'],
  ],
  ['decorators, also over several lines', `x = (\n\n\n@first(\n    1\n)\n@second\n${INTACT}`, ['good']],
  ['classes and coroutines', 'x = (\n\n\nclass A:\n    pass\n\n\nasync def good():\n    pass\n', ['A', 'good']],
  ['definitions before and after', `${INTACT}\n\nx = f((\n\n\n${INTACT}`, ['good', 'good']],
  ['code between definitions', `x = (\n\n\n${INTACT}\n\nimport os\n\n\n${INTACT}`, ['good', 'good']],
])('finds what is intact after %s', (_, code, names) => {
  expect(definitionsOf(code).filter((name) => !name.endsWith('!'))).toEqual(names);
});

it('gives spans of the whole file', () => {
  const code = `x = (\n\n\n${INTACT}`;
  const [definition] = parser.parse(code).module.body.statements.filter(({ kind }) => kind === 'FunctionDefinition');
  expect(code.slice(definition?.span.start, definition?.span.end)).toBe(INTACT.trimEnd());
});

it('takes no text of a string for a definition', () => {
  const code = 'def first():\n    """\ndef fake():\n    pass\n"""\n\n\nx = = 1\n';
  expect(definitionsOf(code)).toEqual(['first']);
});

it('leaves no statement in two places', () => {
  const code = `def bad(path):\n    x = f((path)\n\n\n${INTACT}\n\n${INTACT}`;
  const { statements } = parser.parse(code).module.body;
  for (const [i, { span }] of statements.entries())
    expect(span.start).toBeGreaterThanOrEqual(statements[i - 1]?.span.end ?? 0);
});

it('keeps what the parser says about errors', () => {
  const code = `def bad(path):\n    x = f((path)\n\n\n${INTACT}`;
  expect(parser.parse(code).errors.length).toBeGreaterThan(0);
});

it('takes time in proportion to the text', () => {
  const code = `x = (\n${INTACT.repeat(2000)}`;
  const started = performance.now();
  expect(definitionsOf(code)).toHaveLength(2000);
  expect(performance.now() - started).toBeLessThan(20_000);
});
