import type { Cursor } from './cursor';
import { parseStatement, parseSimpleStatements } from './parse-statement';
import { kindOf, T } from './token';

const COLON = kindOf(':');

/** The colon before a block; CPython names it when the line ends without one. */
export function expectColon(cursor: Cursor): void {
  if (cursor.at(T.Newline)) cursor.failHere('invalid-syntax', "expected ':'");
  cursor.expect(COLON);
}

/**
 * A block after its colon.
 *
 * @param owner - how CPython calls what the block belongs to: `'if' statement`, `function definition`.
 * @param header - index of the first token of that statement or clause.
 */
export function parseBlock(cursor: Cursor, owner: string, header: number): void {
  if (!cursor.accept(T.Newline)) return parseSimpleStatements(cursor);
  if (!cursor.at(T.Indent)) {
    if (cursor.at(T.Error)) cursor.fail();
    const line = lineOf(cursor, header);
    cursor.failHere('indentation', `expected an indented block after ${owner} on line ${String(line)}`);
  }
  cursor.advance();
  while (!cursor.at(T.Dedent)) {
    if (cursor.at(T.End)) return;
    parseStatement(cursor);
  }
  cursor.advance();
}

function lineOf(cursor: Cursor, token: number): number {
  return cursor.tokens.text.slice(0, cursor.tokens.starts[token]).split(/\r\n|\r|\n/).length;
}
