import type { Cursor } from './cursor';
import { parseBitwiseOr } from './parse-expression';
import { checkTarget } from './shape';
import { kindOf } from './token';

const STAR = kindOf('*');

/** `star_target` after `as` in a `with` item. */
export function parseTargetsAfterAs(cursor: Cursor): void {
  const from = cursor.index;
  if (cursor.at(STAR)) cursor.fail();
  const shape = parseBitwiseOr(cursor);
  checkTarget(cursor, { shape, from, to: cursor.index, starred: undefined }, 'assign');
}
