import type { Cursor } from './cursor';
import { parseAssignment } from './parse-assignment';
import { parseCompound } from './parse-compound';
import { parseExpression, parseStarExpressions } from './parse-expression';
import { parseFromImport, parseImport } from './parse-import';
import { parseMatch } from './parse-match';
import { parseTypeParameters } from './parse-type-parameters';
import { checkTarget } from './shape';
import { kindOf, T } from './token';

const K = {
  semicolon: kindOf(';'),
  comma: kindOf(','),
  equals: kindOf('='),
  openIndex: kindOf('['),
  pass: kindOf('pass'),
  break: kindOf('break'),
  continue: kindOf('continue'),
  return: kindOf('return'),
  raise: kindOf('raise'),
  global: kindOf('global'),
  nonlocal: kindOf('nonlocal'),
  del: kindOf('del'),
  assert: kindOf('assert'),
  import: kindOf('import'),
  from: kindOf('from'),
};

/** One statement with the lines that belong to it. */
export function parseStatement(cursor: Cursor): void {
  if (parseCompound(cursor)) return;
  if (cursor.atWord('match') && parseMatch(cursor)) return;
  parseSimpleStatements(cursor);
}

/** Simple statements on one line, up to its end. */
export function parseSimpleStatements(cursor: Cursor): void {
  do {
    if (cursor.at(T.Newline)) break;
    parseSimple(cursor);
  } while (cursor.accept(K.semicolon));
  if (cursor.at(K.semicolon)) cursor.fail();
  cursor.expect(T.Newline);
}

function parseSimple(cursor: Cursor): void {
  switch (cursor.kind) {
    case K.pass:
    case K.break:
    case K.continue:
      return cursor.advance();
    case K.return:
      cursor.advance();
      if (!endsStatement(cursor)) parseStarExpressions(cursor);
      return;
    case K.raise:
      return parseRaise(cursor);
    case K.global:
    case K.nonlocal:
      cursor.advance();
      do cursor.expect(T.Name);
      while (cursor.accept(K.comma));
      return;
    case K.del:
      return parseDelete(cursor);
    case K.assert:
      cursor.advance();
      parseExpression(cursor);
      if (cursor.accept(K.comma)) parseExpression(cursor);
      return;
    case K.import:
      return parseImport(cursor);
    case K.from:
      return parseFromImport(cursor);
    case T.Name:
      return parseNamed(cursor);
    default:
      return parseAssignment(cursor);
  }
}

function endsStatement(cursor: Cursor): boolean {
  return cursor.at(T.Newline) || cursor.at(K.semicolon);
}

/** A statement that starts with a name: soft keywords first. */
function parseNamed(cursor: Cursor): void {
  const next = cursor.kindAt(1);
  if (next === T.Name && cursor.text() === 'type') return parseTypeAlias(cursor);
  // Lazy imports, PEP 810.
  if ((next === K.import || next === K.from) && cursor.text() === 'lazy') {
    cursor.advance();
    return cursor.at(K.import) ? parseImport(cursor) : parseFromImport(cursor);
  }
  parseAssignment(cursor);
}

function parseTypeAlias(cursor: Cursor): void {
  cursor.advance();
  cursor.expect(T.Name);
  parseTypeParameters(cursor);
  cursor.expect(K.equals);
  cursor.forbidding('a type alias', () => parseExpression(cursor));
}

function parseRaise(cursor: Cursor): void {
  cursor.advance();
  if (endsStatement(cursor)) return;
  const from = cursor.index;
  parseExpression(cursor);
  if (cursor.accept(K.from)) parseExpression(cursor);
  if (cursor.at(K.comma)) {
    const end = cursor.index + 1;
    cursor.failAt('python-2', "'raise E, value' is Python 2: write 'raise E(value)'", from, end);
  }
}

function parseDelete(cursor: Cursor): void {
  cursor.advance();
  const from = cursor.index;
  const target = parseStarExpressions(cursor);
  if (endsStatement(cursor)) checkTarget(cursor, { ...target, from }, 'delete');
}
