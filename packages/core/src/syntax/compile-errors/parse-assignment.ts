import type { Cursor } from './cursor';
import { parseExpression, parseSeveral, parseStarExpression, parseYield, refuseLoneStar } from './parse-expression';
import { describe, invalidPart, type Element } from './shape';
import { isAugmented, kindOf } from './token';

const K = { equals: kindOf('='), colon: kindOf(':'), yield: kindOf('yield') };

/** An expression statement, or an assignment of any form. */
export function parseAssignment(cursor: Cursor): void {
  const first = parseSide(cursor);
  if (cursor.at(K.equals)) {
    let target = first;
    do {
      checkAssigned(cursor, target);
      if (target.shape.kind === 'Starred') {
        const detail = 'starred assignment target must be in a list or tuple';
        cursor.note('invalid-target', detail, target.from, target.to);
      }
      cursor.advance();
      target = parseSide(cursor);
    } while (cursor.at(K.equals));
    if (isAugmented(cursor.kind)) cursor.fail();
    return refuseLoneStar(cursor, target);
  }
  if (isAugmented(cursor.kind)) return parseAugmented(cursor, first);
  if (cursor.at(K.colon)) return parseAnnotated(cursor, first);
  refuseLoneStar(cursor, first);
}

/** `star_expressions` or `yield`. */
function parseSide(cursor: Cursor): Element {
  const from = cursor.index;
  if (!cursor.at(K.yield)) return parseSeveral(cursor, parseStarExpression);
  return { shape: parseYield(cursor), from, to: cursor.index, starred: undefined };
}

function checkAssigned(cursor: Cursor, target: Element): void {
  const invalid = invalidPart(target, 'assign');
  if (invalid === undefined) return;
  if (target.shape.kind === 'Yield') {
    cursor.failAt('invalid-target', 'assignment to yield expression not possible', target.from, target.to);
  }
  const what = describe(invalid.shape);
  const isConstant = ['True', 'False', 'None', 'ellipsis'].includes(what);
  const isWhole = invalid.from === target.from && invalid.to === target.to;
  const hint = isWhole && !isConstant ? " here. Maybe you meant '==' instead of '='?" : '';
  cursor.failAt('invalid-target', `cannot assign to ${what}${hint}`, invalid.from, invalid.to);
}

function isSingle(target: Element): boolean {
  const { kind } = target.shape;
  return kind === 'Name' || kind === 'Attribute' || kind === 'Subscript';
}

function parseAugmented(cursor: Cursor, target: Element): void {
  if (!isSingle(target)) {
    const detail = `'${describe(target.shape)}' is an illegal expression for augmented assignment`;
    cursor.failAt('invalid-target', detail, target.from, target.to);
  }
  cursor.advance();
  refuseLoneStar(cursor, parseSide(cursor));
}

function parseAnnotated(cursor: Cursor, target: Element): void {
  if (!isSingle(target)) {
    if (target.shape.kind === 'Yield') cursor.fail();
    const colon = cursor.index;
    cursor.advance();
    const isAnnotation = cursor.startsExpression();
    cursor.index = colon;
    if (!isAnnotation) cursor.fail();
    const { kind } = target.shape;
    const detail =
      kind === 'Tuple' || kind === 'List'
        ? `only single target (not ${kind.toLowerCase()}) can be annotated`
        : 'illegal target for annotation';
    cursor.failAt('invalid-target', detail, target.from, target.to);
  }
  cursor.advance();
  parseExpression(cursor);
  if (cursor.at(K.equals)) {
    cursor.advance();
    refuseLoneStar(cursor, parseSide(cursor));
  }
}
