import type { Cursor } from './cursor';
import { parseExpression, parseStarExpression } from './parse-expression';
import { kindOf, T } from './token';

const K = {
  open: kindOf('['),
  close: kindOf(']'),
  comma: kindOf(','),
  colon: kindOf(':'),
  star: kindOf('*'),
  power: kindOf('**'),
  equals: kindOf('='),
};

/** `[T: int = str, *Ts, **P]` after the name of a function, class or type alias (PEP 695, PEP 696); false when there are none. */
export function parseTypeParameters(cursor: Cursor): boolean {
  if (!cursor.accept(K.open)) return false;
  if (cursor.at(K.close)) cursor.failHere('invalid-syntax', 'Type parameter list cannot be empty');
  const names = new Set<string>();
  let hasDefault = false;
  while (!cursor.at(K.close)) {
    const from = cursor.index;
    const isStar = cursor.accept(K.star);
    const isPlain = !isStar && !cursor.accept(K.power);
    const name = cursor.text();
    cursor.expect(T.Name);
    if (names.has(name)) report(cursor, from, `duplicate type parameter '${name}'`);
    names.add(name);
    if (cursor.at(K.colon) && !isPlain) {
      cursor.failHere('invalid-syntax', `cannot use bound with ${isStar ? 'TypeVarTuple' : 'ParamSpec'}`);
    }
    const kind = isPlain ? 'TypeVar' : isStar ? 'TypeVarTuple' : 'ParamSpec';
    if (cursor.accept(K.colon)) cursor.forbidding('a TypeVar bound', () => parseExpression(cursor));
    if (cursor.accept(K.equals)) {
      hasDefault = true;
      cursor.forbidding(`a ${kind} default`, () => (isStar ? parseStarExpression(cursor) : parseExpression(cursor)));
    } else if (hasDefault) {
      report(cursor, from, `non-default type parameter '${name}' follows default type parameter`);
    }
    if (!cursor.accept(K.comma)) break;
  }
  cursor.expect(K.close);
  return true;
}

function report(cursor: Cursor, from: number, detail: string): void {
  cursor.note('scope-conflict', detail, from, cursor.index);
}
