import type { Cursor } from './cursor';
import { parseTargets } from './parse-atom';
import { expectColon, parseBlock } from './parse-block';
import { parseArguments } from './parse-call';
import { parseNamedExpression, parseExpression, parseStarExpressions } from './parse-expression';
import { GENERIC, parseDefParameters } from './parse-parameters';
import { parseTry } from './parse-try';
import { parseTypeParameters } from './parse-type-parameters';
import { parseWith } from './parse-with';
import { kindOf, T } from './token';

const K = {
  if: kindOf('if'),
  elif: kindOf('elif'),
  else: kindOf('else'),
  while: kindOf('while'),
  for: kindOf('for'),
  in: kindOf('in'),
  try: kindOf('try'),
  with: kindOf('with'),
  def: kindOf('def'),
  class: kindOf('class'),
  async: kindOf('async'),
  at: kindOf('@'),
  open: kindOf('('),
  close: kindOf(')'),
  colon: kindOf(':'),
  arrow: kindOf('->'),
};

/** A compound statement other than `match`; false when none starts here. */
export function parseCompound(cursor: Cursor): boolean {
  const header = cursor.index;
  switch (cursor.kind) {
    case K.if:
      parseIf(cursor, 'if');
      return true;
    case K.while:
      cursor.advance();
      parseNamedExpression(cursor);
      expectColon(cursor);
      parseBlock(cursor, "'while' statement", header);
      parseElse(cursor);
      return true;
    case K.for:
      parseFor(cursor, header);
      return true;
    case K.try:
      parseTry(cursor);
      return true;
    case K.with:
      parseWith(cursor, header);
      return true;
    case K.def:
      parseDef(cursor, header);
      return true;
    case K.class:
      parseClass(cursor);
      return true;
    case K.at:
      parseDecorated(cursor);
      return true;
    case K.async:
      parseAsync(cursor);
      return true;
    default:
      return false;
  }
}

function parseIf(cursor: Cursor, word: 'if' | 'elif'): void {
  const header = cursor.index;
  cursor.advance();
  parseNamedExpression(cursor);
  expectColon(cursor);
  parseBlock(cursor, `'${word}' statement`, header);
  if (cursor.at(K.elif)) parseIf(cursor, 'elif');
  else parseElse(cursor);
}

/** `else:` and its block, if there is one. */
export function parseElse(cursor: Cursor): void {
  const header = cursor.index;
  if (!cursor.accept(K.else)) return;
  cursor.expectNamed(K.colon, ':');
  parseBlock(cursor, "'else' statement", header);
}

function parseFor(cursor: Cursor, header: number): void {
  cursor.advance();
  parseTargets(cursor);
  cursor.expect(K.in);
  parseStarExpressions(cursor);
  expectColon(cursor);
  parseBlock(cursor, "'for' statement", header);
  parseElse(cursor);
}

function parseDef(cursor: Cursor, header: number): void {
  cursor.advance();
  cursor.expect(T.Name);
  const isGeneric = parseTypeParameters(cursor);
  cursor.expectNamed(K.open, '(');
  parseDefParameters(cursor, isGeneric);
  cursor.expect(K.close);
  if (cursor.accept(K.arrow)) cursor.forbidding(isGeneric ? GENERIC : undefined, () => parseExpression(cursor));
  cursor.expectNamed(K.colon, ':');
  parseBlock(cursor, 'function definition', header);
}

function parseClass(cursor: Cursor): void {
  const header = cursor.index;
  cursor.advance();
  cursor.expect(T.Name);
  const isGeneric = parseTypeParameters(cursor);
  if (cursor.accept(K.open)) {
    cursor.forbidding(isGeneric ? GENERIC : undefined, () => parseArguments(cursor, false));
    cursor.expect(K.close);
  }
  expectColon(cursor);
  parseBlock(cursor, 'class definition', header);
}

function parseDecorated(cursor: Cursor): void {
  while (cursor.accept(K.at)) {
    parseNamedExpression(cursor);
    cursor.expect(T.Newline);
  }
  if (cursor.at(K.class)) return parseClass(cursor);
  if (cursor.at(K.async)) {
    if (cursor.kindAt(1) !== K.def) {
      cursor.advance();
      cursor.fail();
    }
    return parseAsync(cursor);
  }
  if (!cursor.at(K.def)) cursor.fail();
  parseDef(cursor, cursor.index);
}

function parseAsync(cursor: Cursor): void {
  const header = cursor.index;
  cursor.advance();
  switch (cursor.kind) {
    case K.def:
      return parseDef(cursor, header);
    case K.for:
      return parseFor(cursor, header);
    case K.with:
      return parseWith(cursor, header);
    default:
      return cursor.fail();
  }
}
