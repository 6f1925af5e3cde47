import type { Cursor } from './cursor';
import { parseExpression, parseStarExpression } from './parse-expression';
import { kindOf, T } from './token';

const K = {
  open: kindOf('('),
  close: kindOf(')'),
  comma: kindOf(','),
  colon: kindOf(':'),
  slash: kindOf('/'),
  star: kindOf('*'),
  power: kindOf('**'),
  equals: kindOf('='),
};

/** What has been read of a parameter list. */
interface ParameterState {
  /** Kind of the token after the last parameter. */
  readonly closing: number;
  readonly isLambda: boolean;
  readonly isGeneric: boolean;
  count: number;
  hasDefault: boolean;
  hasSlash: boolean;
  hasStar: boolean;
}

/** What annotations of a function with type parameters belong to, in CPython's words. */
export const GENERIC = 'the definition of a generic';

/** Parameters of a `def` between its parentheses. */
export function parseDefParameters(cursor: Cursor, isGeneric: boolean): void {
  parseParameters(cursor, K.close, false, isGeneric);
}

/** Parameters of a `lambda` before its colon. */
export function parseLambdaParameters(cursor: Cursor): void {
  parseParameters(cursor, K.colon, true);
}

function parseParameters(cursor: Cursor, closing: number, isLambda: boolean, isGeneric = false): void {
  const state: ParameterState = {
    closing,
    isLambda,
    isGeneric,
    count: 0,
    hasDefault: false,
    hasSlash: false,
    hasStar: false,
  };
  while (!cursor.at(closing)) {
    parseParameter(cursor, state);
    state.count++;
    if (!cursor.accept(K.comma)) return;
  }
}

function annotation(cursor: Cursor, state: ParameterState, read: (cursor: Cursor) => unknown): void {
  cursor.forbidding(state.isGeneric ? GENERIC : undefined, () => read(cursor));
}

function refuse(cursor: Cursor, detail: string): never {
  return cursor.failHere('invalid-parameters', detail);
}

function parseParameter(cursor: Cursor, state: ParameterState): void {
  switch (cursor.kind) {
    case K.slash:
      return parseSlash(cursor, state);
    case K.star:
      return parseStar(cursor, state);
    case K.power:
      return parseMapping(cursor, state);
    case K.open: {
      const what = state.isLambda ? 'Lambda expression' : 'Function';
      return refuse(cursor, `${what} parameters cannot be parenthesized`);
    }
    default:
      return parsePlain(cursor, state);
  }
}

function parseSlash(cursor: Cursor, state: ParameterState): void {
  if (state.count === 0) refuse(cursor, 'at least one argument must precede /');
  if (state.hasSlash) refuse(cursor, '/ may appear only once');
  if (state.hasStar) refuse(cursor, '/ must be ahead of *');
  state.hasSlash = true;
  cursor.advance();
}

function parseStar(cursor: Cursor, state: ParameterState): void {
  if (state.hasStar) refuse(cursor, '* argument may appear only once');
  state.hasStar = true;
  const star = cursor.index;
  cursor.advance();
  if (cursor.accept(T.Name)) {
    if (!state.isLambda && cursor.accept(K.colon)) annotation(cursor, state, parseStarExpression);
    if (cursor.at(K.equals)) refuse(cursor, 'var-positional argument cannot have default value');
    return;
  }
  const isBare = cursor.at(K.comma) && cursor.kindAt(1) !== state.closing && cursor.kindAt(1) !== K.power;
  if (isBare) return;
  if (cursor.at(state.closing) || cursor.at(K.comma)) {
    cursor.failAt('invalid-parameters', 'named arguments must follow bare *', star, star + 1);
  }
  cursor.fail();
}

function parseMapping(cursor: Cursor, state: ParameterState): void {
  cursor.advance();
  cursor.expect(T.Name);
  if (!state.isLambda && cursor.accept(K.colon)) annotation(cursor, state, parseExpression);
  if (cursor.at(K.equals)) refuse(cursor, 'var-keyword argument cannot have default value');
  if (!cursor.at(K.comma) || cursor.kindAt(1) === state.closing) return;
  cursor.advance();
  const { kind } = cursor;
  if (kind === T.Name || kind === K.star || kind === K.power || kind === K.slash) {
    refuse(cursor, 'arguments cannot follow var-keyword argument');
  }
  cursor.fail();
}

function parsePlain(cursor: Cursor, state: ParameterState): void {
  const from = cursor.index;
  cursor.expect(T.Name);
  if (!state.isLambda && cursor.accept(K.colon)) annotation(cursor, state, parseExpression);
  if (cursor.accept(K.equals)) {
    if (cursor.at(K.comma) || cursor.at(state.closing)) {
      cursor.failAt('invalid-parameters', 'expected default value expression', cursor.index - 1, cursor.index);
    }
    parseExpression(cursor);
    state.hasDefault = true;
  } else if (state.hasDefault && !state.hasStar && (cursor.at(K.comma) || cursor.at(state.closing))) {
    const detail = 'parameter without a default follows parameter with a default';
    cursor.failAt('invalid-parameters', detail, from, cursor.index);
  }
}
