import { type Failure, type Cursor } from './cursor';
import { parseTargetsAfterAs } from './parse-target';
import { expectColon, parseBlock } from './parse-block';
import { parseExpression } from './parse-expression';
import { kindOf } from './token';

const K = {
  with: kindOf('with'),
  as: kindOf('as'),
  open: kindOf('('),
  close: kindOf(')'),
  colon: kindOf(':'),
  comma: kindOf(','),
};

/** `with`, the items in parentheses or not. */
export function parseWith(cursor: Cursor, header: number): void {
  cursor.expect(K.with);
  const start = cursor.index;
  let parenthesized: Failure | undefined;
  if (cursor.at(K.open)) {
    parenthesized = cursor.attempt(() => {
      cursor.advance();
      parseItems(cursor, K.close);
      cursor.expect(K.close);
      if (!cursor.at(K.colon)) cursor.fail();
    });
  }
  if (cursor.index === start) {
    // Whichever reading came further explains the error.
    const failure = cursor.attempt(() => {
      parseItems(cursor, K.colon);
      expectColon(cursor);
    });
    if (failure !== undefined) throw better(parenthesized, failure);
  } else cursor.advance();
  parseBlock(cursor, "'with' statement", header);
}

function better(first: Failure | undefined, second: Failure): Failure {
  if (first === undefined || first.token < second.token) return second;
  if (first.token > second.token) return first;
  return second.isGeneric ? first : second;
}

function parseItems(cursor: Cursor, closing: number): void {
  do {
    // Only the form in parentheses may end in a comma.
    if (closing === K.close && cursor.at(K.close) && cursor.kindAt(-1) === K.comma) return;
    parseExpression(cursor);
    if (cursor.accept(K.as)) parseTargetsAfterAs(cursor);
  } while (cursor.accept(K.comma));
}
