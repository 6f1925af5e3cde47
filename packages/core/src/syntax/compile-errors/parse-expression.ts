import type { Cursor } from './cursor';
import { parseAtom } from './parse-atom';
import { parseTrailers } from './parse-call';
import { parseLambdaParameters } from './parse-parameters';
import { describe, SHAPES, type Element, type Shape } from './shape';
import { kindOf } from './token';

const K = {
  if: kindOf('if'),
  else: kindOf('else'),
  or: kindOf('or'),
  and: kindOf('and'),
  not: kindOf('not'),
  in: kindOf('in'),
  is: kindOf('is'),
  lambda: kindOf('lambda'),
  await: kindOf('await'),
  yield: kindOf('yield'),
  from: kindOf('from'),
  colon: kindOf(':'),
  comma: kindOf(','),
  star: kindOf('*'),
  power: kindOf('**'),
  walrus: kindOf(':='),
};

const COMPARISONS: ReadonlySet<number> = new Set(['<', '>', '<=', '>=', '==', '!='].map(kindOf));
const LEGACY_UNEQUAL = kindOf('<>');
const UNARY: ReadonlySet<number> = new Set(['-', '+', '~'].map(kindOf));
/** Precedence of binary operators, loosest first. */
const BINARY: ReadonlyMap<number, number> = new Map(
  [['|'], ['^'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '/', '//', '%', '@']].flatMap((operators, level) =>
    operators.map((operator) => [kindOf(operator), level + 1] as const),
  ),
);

/** `expression`: conditional, disjunction or lambda. */
export function parseExpression(cursor: Cursor): Shape {
  if (cursor.at(K.lambda)) return parseLambda(cursor);
  const from = cursor.index;
  const shape = parseDisjunction(cursor);
  if (!cursor.at(K.if)) return shape;
  cursor.advance();
  parseDisjunction(cursor);
  if (!cursor.at(K.else)) {
    if (cursor.at(K.colon)) cursor.fail();
    const next = cursor.index;
    cursor.failAt('invalid-syntax', "expected 'else' after 'if' expression", from, next);
  }
  cursor.advance();
  parseExpression(cursor);
  return SHAPES.Conditional;
}

function parseLambda(cursor: Cursor): Shape {
  cursor.advance();
  parseLambdaParameters(cursor);
  cursor.expectNamed(K.colon, ':');
  cursor.forbidding(undefined, () => parseExpression(cursor));
  return SHAPES.Lambda;
}

/** `named_expression`: an expression or `name := expression`. */
export function parseNamedExpression(cursor: Cursor): Shape {
  const from = cursor.index;
  const shape = parseExpression(cursor);
  if (!cursor.at(K.walrus)) return shape;
  if (shape.kind !== 'Name' || cursor.index !== from + 1) {
    cursor.failAt('invalid-target', `cannot use assignment expressions with ${describe(shape)}`, from, cursor.index);
  }
  cursor.advance();
  parseExpression(cursor);
  cursor.noteForbidden('named expression', from);
  return SHAPES.Named;
}

/** `star_expressions`: one expression, or a tuple of them without parentheses. */
export function parseStarExpressions(cursor: Cursor): Element {
  const element = parseSeveral(cursor, parseStarExpression);
  refuseLoneStar(cursor, element);
  return element;
}

/** `*x` alone is grammatical, but only a target or an element can be starred. */
export function refuseLoneStar(cursor: Cursor, { shape, from, to }: Element): void {
  if (shape.kind === 'Starred') cursor.note('misplaced', "can't use starred expression here", from, to);
}

/** `star_named_expressions` joined to one element: what stands in subscripts and match subjects. */
export function parseSeveral(cursor: Cursor, parseOne: (cursor: Cursor) => Element): Element {
  const from = cursor.index;
  const first = parseOne(cursor);
  if (!cursor.at(K.comma)) return first;
  const elements = [first];
  while (cursor.accept(K.comma)) {
    if (!cursor.startsExpression() && !cursor.at(K.star)) break;
    elements.push(parseOne(cursor));
  }
  return { shape: { kind: 'Tuple', elements }, from, to: cursor.index, starred: undefined };
}

/** `star_expression`: `*bitwise_or` or an expression. */
export function parseStarExpression(cursor: Cursor): Element {
  const from = cursor.index;
  if (cursor.at(K.star)) return parseStarred(cursor);
  return { shape: parseExpression(cursor), from, to: cursor.index, starred: undefined };
}

/** `star_named_expression`: `*bitwise_or` or a named expression. */
export function parseStarNamedExpression(cursor: Cursor): Element {
  const from = cursor.index;
  if (cursor.at(K.star)) return parseStarred(cursor);
  return { shape: parseNamedExpression(cursor), from, to: cursor.index, starred: undefined };
}

function parseStarred(cursor: Cursor): Element {
  const from = cursor.index;
  cursor.advance();
  const starred = parseBitwiseOr(cursor);
  return { shape: SHAPES.Starred, from, to: cursor.index, starred };
}

/** `yield`, with or without a value. */
export function parseYield(cursor: Cursor): Shape {
  const from = cursor.index;
  cursor.expect(K.yield);
  if (cursor.accept(K.from)) parseExpression(cursor);
  else if (cursor.startsExpression() || cursor.at(K.star)) parseStarExpressions(cursor);
  cursor.noteForbidden('yield expression', from);
  return SHAPES.Yield;
}

export function parseDisjunction(cursor: Cursor): Shape {
  const from = cursor.index;
  let shape = parseConjunction(cursor);
  while (cursor.accept(K.or)) {
    parseConjunction(cursor);
    shape = SHAPES.Operation;
  }
  cursor.disjunctionStart = from;
  cursor.disjunctionEnd = cursor.index;
  return shape;
}

function parseConjunction(cursor: Cursor): Shape {
  let shape = parseInversion(cursor);
  while (cursor.accept(K.and)) {
    parseInversion(cursor);
    shape = SHAPES.Operation;
  }
  return shape;
}

function parseInversion(cursor: Cursor): Shape {
  if (!cursor.at(K.not)) return parseComparison(cursor);
  cursor.advance();
  parseInversion(cursor);
  return SHAPES.Operation;
}

function parseComparison(cursor: Cursor): Shape {
  const shape = parseBitwiseOr(cursor);
  let isComparison = false;
  while (acceptComparison(cursor)) {
    parseBitwiseOr(cursor);
    isComparison = true;
  }
  return isComparison ? SHAPES.Comparison : shape;
}

function acceptComparison(cursor: Cursor): boolean {
  const { kind } = cursor;
  if (COMPARISONS.has(kind) || kind === K.in) {
    cursor.advance();
    return true;
  }
  if (kind === K.is) {
    cursor.advance();
    cursor.accept(K.not);
    return true;
  }
  if (kind === K.not && cursor.kindAt(1) === K.in) {
    cursor.advance();
    cursor.advance();
    return true;
  }
  if (kind === LEGACY_UNEQUAL) cursor.failHere('python-2', "'<>' is Python 2: write '!='");
  return false;
}

/** Binary operators by precedence climbing. */
export function parseBitwiseOr(cursor: Cursor, level = 1): Shape {
  let shape = parseFactor(cursor);
  for (;;) {
    const own = BINARY.get(cursor.kind);
    if (own === undefined || own < level) return shape;
    cursor.advance();
    parseBitwiseOr(cursor, own + 1);
    shape = SHAPES.Operation;
  }
}

function parseFactor(cursor: Cursor): Shape {
  if (!UNARY.has(cursor.kind)) return parsePower(cursor);
  cursor.advance();
  parseFactor(cursor);
  return SHAPES.Operation;
}

function parsePower(cursor: Cursor): Shape {
  const shape = parsePrimary(cursor);
  if (!cursor.accept(K.power)) return shape;
  parseFactor(cursor);
  return SHAPES.Operation;
}

function parsePrimary(cursor: Cursor): Shape {
  if (!cursor.at(K.await)) return parseTrailers(cursor, parseAtom(cursor));
  const from = cursor.index;
  cursor.advance();
  parseTrailers(cursor, parseAtom(cursor));
  cursor.noteForbidden('await expression', from);
  return SHAPES.Await;
}
