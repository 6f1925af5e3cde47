import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { childBlocks, childExpressions, statementExpressions, type ast, type Parser } from '@pylint-leaks/core';
import { loadTestParser } from '@pylint-leaks/testkit';
import { mutate } from '../compile-errors/mutations';

let parser: Parser;
beforeAll(async () => {
  parser = await loadTestParser();
});

interface Spanned {
  readonly kind?: string;
  readonly span: { readonly start: number; readonly end: number };
}

/** Every node whose span is not within its parent's, as text. */
function misplaced(source: string): string[] {
  const found: string[] = [];
  const within = (outer: Spanned, inner: Spanned): void => {
    const { start, end } = inner.span;
    if (start > end || start < outer.span.start || end > outer.span.end) {
      const place = (node: Spanned): string =>
        `${node.kind ?? 'Block'}@${String(node.span.start)}-${String(node.span.end)}`;
      found.push(`${place(inner)} in ${place(outer)}`);
    }
  };
  const expression = (node: ast.Expression): void => {
    for (const child of childExpressions(node)) {
      within(node, child);
      expression(child);
    }
  };
  const block = (node: ast.Block, outer: Spanned): void => {
    if (node.statements.length > 0) within(outer, node);
    for (const statement of node.statements) {
      within(node, statement);
      const decorators: readonly ast.Expression[] = 'decorators' in statement ? statement.decorators : [];
      for (const child of statementExpressions(statement)) {
        // Decorators stand before the `def` or `class` that the statement's span starts with.
        if (!decorators.includes(child)) within(statement, child);
        expression(child);
      }
      for (const inner of childBlocks(statement)) block(inner, statement);
    }
  };
  const { module, comments, errors } = parser.parse(source);
  block(module.body, module);
  for (const { span } of errors) within(module, { kind: 'error', span });
  for (const span of comments) within(module, { kind: 'comment', span });
  return found;
}

const SAMPLE = readFileSync(join(__dirname, 'every_construct.py'), 'utf8');

it('nests the spans of valid code', () => {
  expect(misplaced(SAMPLE)).toEqual([]);
});

it('nests the spans of broken code', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000 }), (seed) => {
      const [broken = ''] = mutate(SAMPLE, 1, seed);
      expect(misplaced(broken)).toEqual([]);
    }),
    { numRuns: 60, seed: 11 },
  );
});
