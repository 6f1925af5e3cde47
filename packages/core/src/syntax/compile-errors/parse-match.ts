import type { Cursor } from './cursor';
import { expectColon, parseBlock } from './parse-block';
import { parseNamedExpression, parseSeveral, parseStarNamedExpression } from './parse-expression';
import { parsePatterns } from './parse-pattern';
import { kindOf, T } from './token';

const K = { if: kindOf('if'), colon: kindOf(':') };

/** Tokens after which the name `match` is an ordinary name. */
const ORDINARY_AFTER: ReadonlySet<number> = new Set(
  ['.', '=', ',', ')', ':', ';', 'in', 'is', 'and', 'or', 'if', 'else', 'for', ':='].map(kindOf),
);

/** A `match` statement; false when the name `match` starts another statement here. */
export function parseMatch(cursor: Cursor): boolean {
  if (ORDINARY_AFTER.has(cursor.kindAt(1)) || cursor.kindAt(1) === T.Newline) return false;
  const header = cursor.index;
  const failure = cursor.attempt(() => {
    cursor.advance();
    parseSeveral(cursor, parseStarNamedExpression);
    cursor.expect(K.colon);
    cursor.expect(T.Newline);
    // An annotated assignment ends with its line, a `match` goes on with an indented block.
    if (!cursor.at(T.Indent) || cursor.kindAt(1) !== T.Name || cursor.text(cursor.index + 1) !== 'case') cursor.fail();
  });
  if (failure !== undefined) return explainMatch(cursor, header);
  cursor.advance();
  let always: { from: number; to: number; what: string } | undefined;
  while (cursor.atWord('case')) {
    if (always !== undefined) {
      cursor.note('invalid-pattern', `${always.what} makes remaining patterns unreachable`, always.from, always.to);
    }
    always = parseCase(cursor);
  }
  if (!cursor.accept(T.Dedent)) cursor.fail();
  return true;
}

/** What is wrong with `match x` when a name follows `match`, so that nothing else can be meant. */
function explainMatch(cursor: Cursor, header: number): boolean {
  const next = cursor.kindAt(1);
  if (next !== T.Name && next !== T.Number && next !== T.String) return false;
  cursor.advance();
  if (cursor.attempt(() => parseSeveral(cursor, parseStarNamedExpression)) !== undefined) {
    cursor.index = header;
    return false;
  }
  if (cursor.at(T.Newline)) cursor.failHere('invalid-syntax', "expected ':'");
  if (cursor.at(K.colon) && cursor.kindAt(1) === T.Newline && cursor.kindAt(2) !== T.Indent) {
    cursor.advance();
    parseBlock(cursor, "'match' statement", header);
  }
  cursor.index = header;
  return false;
}

/** One `case`; its pattern's tokens when it matches everything. */
function parseCase(cursor: Cursor): { from: number; to: number; what: string } | undefined {
  const header = cursor.index;
  cursor.advance();
  const from = cursor.index;
  const pattern = parsePatterns(cursor);
  const to = cursor.index;
  const hasGuard = cursor.accept(K.if);
  if (hasGuard) parseNamedExpression(cursor);
  expectColon(cursor);
  parseBlock(cursor, "'case' statement", header);
  return hasGuard || pattern.always === undefined ? undefined : { from, to, what: pattern.always };
}
