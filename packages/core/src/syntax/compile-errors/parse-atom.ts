import type { Cursor } from './cursor';
import { parseDictOrSet } from './parse-dict';
import { parseBitwiseOr, parseDisjunction, parseStarNamedExpression, parseYield } from './parse-expression';
import { parseStrings } from './parse-string';
import { checkTarget, SHAPES, type Element, type Shape } from './shape';
import { kindOf, T } from './token';

const K = {
  open: kindOf('('),
  close: kindOf(')'),
  openList: kindOf('['),
  closeList: kindOf(']'),
  openDict: kindOf('{'),
  comma: kindOf(','),
  star: kindOf('*'),
  power: kindOf('**'),
  for: kindOf('for'),
  async: kindOf('async'),
  in: kindOf('in'),
  if: kindOf('if'),
  yield: kindOf('yield'),
  none: kindOf('None'),
  true: kindOf('True'),
  false: kindOf('False'),
  ellipsis: kindOf('...'),
};

/** `atom`: a name, a literal or something in brackets. */
export function parseAtom(cursor: Cursor): Shape {
  switch (cursor.kind) {
    case T.Name:
      cursor.advance();
      return SHAPES.Name;
    case T.Number:
      cursor.advance();
      return SHAPES.Literal;
    case T.String:
    case T.FStringStart:
      return parseStrings(cursor);
    case K.open:
      return parseParenthesized(cursor);
    case K.openList:
      return parseList(cursor);
    case K.openDict:
      return parseDictOrSet(cursor);
    case K.none:
      cursor.advance();
      return SHAPES.None;
    case K.true:
      cursor.advance();
      return SHAPES.True;
    case K.false:
      cursor.advance();
      return SHAPES.False;
    case K.ellipsis:
      cursor.advance();
      return SHAPES.Ellipsis;
    default:
      return cursor.fail();
  }
}

/** A group, a tuple or a generator expression. */
function parseParenthesized(cursor: Cursor): Shape {
  cursor.advance();
  if (cursor.accept(K.close)) return { kind: 'Tuple', elements: [] };
  if (cursor.at(K.yield)) {
    const shape = parseYield(cursor);
    cursor.expect(K.close);
    return shape;
  }
  if (cursor.at(K.power)) cursor.failHere('invalid-syntax', 'cannot use double starred expression here');
  const first = parseStarNamedExpression(cursor);
  if (startsComprehension(cursor)) {
    parseComprehensionClauses(cursor);
    cursor.expect(K.close);
    return SHAPES.Generator;
  }
  if (cursor.at(K.comma)) {
    const elements = parseElements(cursor, first, K.close);
    cursor.expect(K.close);
    return { kind: 'Tuple', elements };
  }
  if (cursor.at(K.close) && first.shape.kind === 'Starred') {
    cursor.failAt('invalid-syntax', 'cannot use starred expression here', first.from, first.to);
  }
  cursor.expect(K.close);
  return first.shape;
}

function parseList(cursor: Cursor): Shape {
  cursor.advance();
  if (cursor.accept(K.closeList)) return { kind: 'List', elements: [] };
  const first = parseStarNamedExpression(cursor);
  if (startsComprehension(cursor)) {
    parseComprehensionClauses(cursor);
    cursor.expect(K.closeList);
    return SHAPES.ListComprehension;
  }
  const elements = parseElements(cursor, first, K.closeList);
  cursor.expect(K.closeList);
  return { kind: 'List', elements };
}

/** The rest of `a, b, c` before a closing bracket. */
export function parseElements(cursor: Cursor, first: Element, closing: number): Element[] {
  const elements = [first];
  while (cursor.accept(K.comma)) {
    if (cursor.at(closing)) break;
    elements.push(parseStarNamedExpression(cursor));
  }
  if (startsComprehension(cursor) && elements.length > 1) {
    const detail = 'did you forget parentheses around the comprehension target?';
    cursor.failAt('invalid-syntax', detail, first.from, cursor.index);
  }
  return elements;
}

export function startsComprehension(cursor: Cursor): boolean {
  return cursor.at(K.for) || (cursor.at(K.async) && cursor.kindAt(1) === K.for);
}

/** `for_if_clauses`. */
export function parseComprehensionClauses(cursor: Cursor): void {
  while (startsComprehension(cursor)) {
    cursor.accept(K.async);
    cursor.expect(K.for);
    parseTargets(cursor);
    cursor.expect(K.in);
    parseDisjunction(cursor);
    while (cursor.accept(K.if)) parseDisjunction(cursor);
  }
}

/** `star_targets` before `in`. */
export function parseTargets(cursor: Cursor): void {
  let isAlone = true;
  for (;;) {
    const from = cursor.index;
    const isStarred = cursor.accept(K.star);
    const isFirst = isAlone;
    isAlone = false;
    const shape = parseBitwiseOr(cursor);
    checkTarget(cursor, { shape, from, to: cursor.index, starred: undefined }, 'for');
    if (cursor.accept(K.comma)) {
      if (cursor.at(K.in)) return;
      continue;
    }
    if (isStarred && isFirst) {
      const detail = 'starred assignment target must be in a list or tuple';
      cursor.note('invalid-target', detail, from, cursor.index);
    }
    return;
  }
}
