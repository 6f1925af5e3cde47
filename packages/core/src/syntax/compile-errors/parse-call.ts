import type { Cursor } from './cursor';
import { parseComprehensionClauses, startsComprehension } from './parse-atom';
import { parseExpression, parseNamedExpression, parseStarNamedExpression } from './parse-expression';
import { describe, SHAPES, type Shape } from './shape';
import { kindOf, T } from './token';

const K = {
  open: kindOf('('),
  close: kindOf(')'),
  openIndex: kindOf('['),
  closeIndex: kindOf(']'),
  dot: kindOf('.'),
  comma: kindOf(','),
  colon: kindOf(':'),
  star: kindOf('*'),
  power: kindOf('**'),
  equals: kindOf('='),
};

/** Attributes, calls and subscripts after an atom. */
export function parseTrailers(cursor: Cursor, atom: Shape): Shape {
  let shape = atom;
  for (;;) {
    switch (cursor.kind) {
      case K.dot:
        cursor.advance();
        cursor.expect(T.Name);
        shape = SHAPES.Attribute;
        break;
      case K.open:
        cursor.advance();
        parseArguments(cursor, true);
        cursor.expect(K.close);
        shape = SHAPES.Call;
        break;
      case K.openIndex:
        cursor.advance();
        parseSlices(cursor);
        cursor.expect(K.closeIndex);
        shape = SHAPES.Subscript;
        break;
      default:
        return shape;
    }
  }
}

function parseSlices(cursor: Cursor): void {
  do {
    if (cursor.at(K.closeIndex)) {
      // `a[]` has nothing, `a[b,]` has something before the comma.
      if (cursor.kindAt(-1) === K.comma) return;
      cursor.fail();
    }
    parseSlice(cursor);
  } while (cursor.accept(K.comma));
}

function parseSlice(cursor: Cursor): void {
  if (!cursor.at(K.colon)) {
    const element = parseStarNamedExpression(cursor);
    if (!cursor.at(K.colon)) return;
    if (element.shape.kind === 'Starred') cursor.fail();
  }
  cursor.advance();
  const atEnd = (): boolean => cursor.at(K.colon) || cursor.at(K.comma) || cursor.at(K.closeIndex);
  if (!atEnd()) parseExpression(cursor);
  if (!cursor.accept(K.colon)) return;
  if (!atEnd()) parseExpression(cursor);
}

/** Where the arguments of a call stand in their fixed order. */
interface ArgumentState {
  hasKeyword: boolean;
  hasMapping: boolean;
  /** Tokens of a generator expression without parentheses of its own. */
  generator: { from: number; to: number } | undefined;
  count: number;
}

/**
 * `arguments` up to the closing parenthesis.
 *
 * @param allowsGenerator - true for calls, where `f(x for x in y)` needs no second parentheses.
 */
export function parseArguments(cursor: Cursor, allowsGenerator: boolean): void {
  const state: ArgumentState = { hasKeyword: false, hasMapping: false, generator: undefined, count: 0 };
  while (!cursor.at(K.close)) {
    parseArgument(cursor, state);
    state.count++;
    const { generator } = state;
    const isAlone = state.count === 1 && cursor.at(K.close);
    if (generator !== undefined && !isAlone && (cursor.at(K.comma) || cursor.at(K.close))) {
      const detail = 'Generator expression must be parenthesized';
      cursor.failAt('invalid-arguments', detail, generator.from, generator.to);
    }
    if (generator !== undefined && !allowsGenerator) {
      cursor.failAt('invalid-arguments', 'invalid syntax', generator.from, generator.to);
    }
    if (!cursor.accept(K.comma)) return;
  }
}

function parseArgument(cursor: Cursor, state: ArgumentState): void {
  const from = cursor.index;
  if (cursor.accept(K.power)) {
    parseExpression(cursor);
    state.hasMapping = true;
    return;
  }
  if (cursor.at(K.star)) {
    if (state.hasMapping) {
      cursor.failHere('invalid-arguments', 'iterable argument unpacking follows keyword argument unpacking');
    }
    cursor.advance();
    parseExpression(cursor);
    if (startsComprehension(cursor)) parseComprehensionClauses(cursor);
    return;
  }
  if (cursor.kindAt(1) === K.equals) return parseKeyword(cursor, state);
  parseNamedExpression(cursor);
  if (startsComprehension(cursor)) {
    parseComprehensionClauses(cursor);
    state.generator = { from, to: cursor.index };
    return;
  }
  if (cursor.at(K.equals)) {
    const detail = 'expression cannot contain assignment, perhaps you meant "=="?';
    cursor.failAt('invalid-arguments', detail, from, cursor.index + 1);
  }
  if (!cursor.at(K.comma) && !cursor.at(K.close)) return;
  if (state.hasMapping) {
    cursor.failAt('invalid-arguments', 'positional argument follows keyword argument unpacking', from, cursor.index);
  }
  if (state.hasKeyword) {
    cursor.failAt('invalid-arguments', 'positional argument follows keyword argument', from, cursor.index);
  }
}

function parseKeyword(cursor: Cursor, state: ArgumentState): void {
  const from = cursor.index;
  if (!cursor.at(T.Name)) {
    const shape = parseExpression(cursor);
    const isConstant = shape.kind === 'True' || shape.kind === 'False' || shape.kind === 'None';
    const detail = isConstant
      ? `cannot assign to ${describe(shape)}`
      : 'expression cannot contain assignment, perhaps you meant "=="?';
    cursor.failAt('invalid-arguments', detail, from, from + 2);
  }
  cursor.advance();
  cursor.advance();
  if (cursor.at(K.comma) || cursor.at(K.close)) {
    cursor.failAt('invalid-arguments', 'expected argument value expression', from, from + 2);
  }
  parseExpression(cursor);
  if (startsComprehension(cursor)) {
    const detail = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
    cursor.failAt('invalid-arguments', detail, from, from + 2);
  }
  state.hasKeyword = true;
}
