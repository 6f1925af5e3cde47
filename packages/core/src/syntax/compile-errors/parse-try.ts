import type { Cursor } from './cursor';
import { parseBlock } from './parse-block';
import { parseElse } from './parse-compound';
import { parseExpression } from './parse-expression';
import { kindOf, T } from './token';

const K = {
  except: kindOf('except'),
  finally: kindOf('finally'),
  star: kindOf('*'),
  as: kindOf('as'),
  colon: kindOf(':'),
  comma: kindOf(','),
};

/** `try` with its handlers. */
export function parseTry(cursor: Cursor): void {
  const header = cursor.index;
  cursor.advance();
  cursor.expectNamed(K.colon, ':');
  parseBlock(cursor, "'try' statement", header);
  let isGroup: boolean | undefined;
  let bare: number | undefined;
  while (cursor.at(K.except)) {
    const start = cursor.index;
    if (bare !== undefined) {
      cursor.note('misplaced', "default 'except:' must be last", bare, bare + 1);
    }
    const isStar = cursor.kindAt(1) === K.star;
    if (isGroup !== undefined && isGroup !== isStar) {
      const detail = "cannot have both 'except' and 'except*' on the same 'try'";
      cursor.failAt('invalid-syntax', detail, start, start + (isStar ? 2 : 1));
    }
    isGroup = isStar;
    bare = parseExcept(cursor) ? start : undefined;
  }
  if (isGroup !== undefined) parseElse(cursor);
  if (cursor.at(K.finally)) {
    const clause = cursor.index;
    cursor.advance();
    cursor.expectNamed(K.colon, ':');
    parseBlock(cursor, "'finally' statement", clause);
  } else if (isGroup === undefined) {
    if (cursor.at(T.Error)) cursor.fail();
    cursor.failHere('invalid-syntax', "expected 'except' or 'finally' block");
  }
}

/** One handler; true when it catches everything. */
function parseExcept(cursor: Cursor): boolean {
  const header = cursor.index;
  cursor.advance();
  const isGroup = cursor.accept(K.star);
  const owner = isGroup ? "'except*' statement" : "'except' statement";
  if (cursor.at(K.colon) || cursor.at(T.Newline)) {
    if (isGroup) cursor.failHere('invalid-syntax', 'expected one or more exception types');
    cursor.expectNamed(K.colon, ':');
    parseBlock(cursor, owner, header);
    return true;
  }
  const from = cursor.index;
  parseExpression(cursor);
  if (cursor.at(K.comma)) parseMoreTypes(cursor, from);
  if (cursor.accept(K.as)) cursor.expect(T.Name);
  if (cursor.at(T.Newline)) cursor.failHere('invalid-syntax', "expected ':'");
  cursor.expect(K.colon);
  parseBlock(cursor, owner, header);
  return false;
}

/** `except A, B:` is allowed from Python 3.14, without `as`; `except A, e:` is how Python 2 bound a name. */
function parseMoreTypes(cursor: Cursor, from: number): void {
  let count = 1;
  let last = from;
  while (cursor.accept(K.comma)) {
    if (cursor.at(K.colon)) break;
    last = cursor.index;
    parseExpression(cursor);
    count++;
  }
  const name = cursor.text(last);
  if (!cursor.acceptsBareExceptions && count === 2 && cursor.index === last + 1 && /^[a-z_][a-z_0-9]*$/.test(name)) {
    const detail = `'except E, ${name}' is Python 2: write 'except E as ${name}'`;
    cursor.failAt('python-2', detail, from, cursor.index);
  }
  if (cursor.at(K.as)) {
    const detail = 'multiple exception types must be parenthesized';
    cursor.failAt('invalid-syntax', detail, from, cursor.index);
  }
}
