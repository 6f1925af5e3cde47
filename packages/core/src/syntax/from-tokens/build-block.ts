import type { Block, Statement } from '../ast';
import { kindOf, T } from '../compile-errors/token';
import { buildCompound } from './build-compound';
import { buildSimple } from './build-simple';
import { Unsupported, type Reader } from './reader';

const K = { colon: kindOf(':'), semicolon: kindOf(';') };

/** Names that start a statement of their own where a name or literal follows. */
const SOFT_KEYWORDS: ReadonlySet<string> = new Set(['match', 'type', 'lazy']);

/** The suite after a colon, on the same line or indented. */
export function buildBlock(reader: Reader): Block {
  reader.skip(K.colon);
  const statements: Statement[] = [];
  if (!reader.accept(T.Newline)) {
    const { start } = reader;
    const end = buildLine(reader, statements);
    return { span: { start, end }, statements };
  }
  reader.skip(T.Indent);
  const { start } = reader;
  let end = start;
  while (!reader.accept(T.Dedent)) end = buildStatement(reader, statements);
  return { span: { start, end }, statements };
}

/** Adds one statement, or those of one line; gives where they end, a semicolon included. */
export function buildStatement(reader: Reader, into: Statement[]): number {
  const compound = buildCompound(reader);
  if (compound === undefined) return buildLine(reader, into);
  into.push(compound);
  return endWithSemicolon(reader, compound.span.end);
}

/** `if x: pass;` ends with its semicolon. */
function endWithSemicolon({ text }: Reader, end: number): number {
  SEMICOLON_AFTER.lastIndex = end;
  return SEMICOLON_AFTER.test(text) ? SEMICOLON_AFTER.lastIndex : end;
}
const SEMICOLON_AFTER = /[ \t\f]*;/y;

function buildLine(reader: Reader, into: Statement[]): number {
  let end: number;
  do {
    if (reader.kind === T.Name && SOFT_KEYWORDS.has(reader.word)) refuseSoftKeyword(reader);
    const statement = buildSimple(reader);
    into.push(statement);
    ({ end } = statement.span);
    if (reader.accept(K.semicolon)) end = reader.end;
  } while (reader.kind !== T.Newline);
  reader.skip(T.Newline);
  return end;
}

const ORDINARY_AFTER: ReadonlySet<number> = new Set(
  ['.', '=', ',', ')', ':', ';', 'in', 'is', 'and', 'or', 'if', 'else', 'for', ':='].map(kindOf),
);

/** `match x:`, `type X = int`, `lazy import x`; `match.group()` and `type = 1` are plain. */
function refuseSoftKeyword(reader: Reader): void {
  const next = reader.kindAt(reader.index + 1);
  if (next !== T.Newline && !ORDINARY_AFTER.has(next)) throw new Unsupported();
}
