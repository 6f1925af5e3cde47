import type { Cursor } from './cursor';
import { parseComprehensionClauses, parseElements, startsComprehension } from './parse-atom';
import { parseBitwiseOr, parseExpression, parseStarNamedExpression } from './parse-expression';
import { SHAPES, type Shape } from './shape';
import { kindOf } from './token';

const K = {
  close: kindOf('}'),
  comma: kindOf(','),
  colon: kindOf(':'),
  star: kindOf('*'),
  power: kindOf('**'),
  walrus: kindOf(':='),
};

/** `{…}`: a dict, a set or a comprehension of one. */
export function parseDictOrSet(cursor: Cursor): Shape {
  cursor.advance();
  if (cursor.accept(K.close)) return SHAPES.Dict;
  if (cursor.at(K.power)) return parseDict(cursor, true);
  const first = parseStarNamedExpression(cursor);
  const isKey = first.shape.kind !== 'Starred' && cursor.tokens.kinds[first.from + 1] !== K.walrus;
  if (cursor.at(K.colon) && isKey) {
    return parseDict(cursor, false);
  }
  if (startsComprehension(cursor)) {
    parseComprehensionClauses(cursor);
    cursor.expect(K.close);
    return SHAPES.SetComprehension;
  }
  parseElements(cursor, first, K.close);
  cursor.expect(K.close);
  return SHAPES.Set;
}

/** @param atItem - false when the first key has been read. */
function parseDict(cursor: Cursor, atItem: boolean): Shape {
  if (atItem) parseItem(cursor, false);
  else parseValue(cursor);
  if (startsComprehension(cursor)) {
    parseComprehensionClauses(cursor);
    cursor.expect(K.close);
    return SHAPES.DictComprehension;
  }
  while (cursor.accept(K.comma)) {
    if (cursor.at(K.close)) break;
    parseItem(cursor, true);
  }
  cursor.expect(K.close);
  return SHAPES.Dict;
}

function parseItem(cursor: Cursor, explainsColon: boolean): void {
  if (cursor.accept(K.power)) {
    parseBitwiseOr(cursor);
    return;
  }
  const from = cursor.index;
  parseExpression(cursor);
  if (!cursor.at(K.colon) && explainsColon && (cursor.at(K.comma) || cursor.at(K.close))) {
    cursor.failAt('invalid-syntax', "':' expected after dictionary key", from, cursor.index);
  }
  parseValue(cursor);
}

function parseValue(cursor: Cursor): void {
  const colon = cursor.index;
  cursor.expect(K.colon);
  if (cursor.at(K.close) || cursor.at(K.comma)) {
    cursor.failAt('invalid-syntax', "expression expected after dictionary key and ':'", colon, colon + 1);
  }
  if (cursor.at(K.star)) cursor.failHere('invalid-syntax', 'cannot use a starred expression in a dictionary value');
  parseExpression(cursor);
}
