import type { Cursor } from './cursor';
import { kindOf, T } from './token';

const K = {
  import: kindOf('import'),
  from: kindOf('from'),
  as: kindOf('as'),
  dot: kindOf('.'),
  ellipsis: kindOf('...'),
  comma: kindOf(','),
  star: kindOf('*'),
  open: kindOf('('),
  close: kindOf(')'),
};

/** `import a.b as c, d`. */
export function parseImport(cursor: Cursor): void {
  const from = cursor.index;
  cursor.advance();
  if (cursor.at(T.Newline)) cursor.failHere('invalid-syntax', "Expected one or more names after 'import'");
  do {
    parseDottedName(cursor);
    if (cursor.accept(K.as)) cursor.expect(T.Name);
  } while (cursor.accept(K.comma));
  if (cursor.at(K.from)) {
    const detail = "Did you mean to use 'from ... import ...' instead?";
    cursor.failAt('invalid-syntax', detail, from, cursor.index);
  }
}

function parseDottedName(cursor: Cursor): void {
  do cursor.expect(T.Name);
  while (cursor.accept(K.dot));
}

/** `from ..a import b as c`. */
export function parseFromImport(cursor: Cursor): void {
  cursor.advance();
  let isRelative = false;
  while (cursor.accept(K.dot) || cursor.accept(K.ellipsis)) isRelative = true;
  const isFuture = !isRelative && cursor.atWord('__future__') && cursor.kindAt(1) === K.import;
  if (!isRelative || !cursor.at(K.import)) parseDottedName(cursor);
  cursor.expect(K.import);
  if (cursor.accept(K.star)) {
    if (isFuture) cursor.note('invalid-syntax', 'future feature * is not defined', cursor.index - 1, cursor.index);
    return;
  }
  if (cursor.accept(K.open)) {
    do {
      if (cursor.at(K.close) && cursor.kindAt(-1) === K.comma) break;
      parseAlias(cursor);
    } while (cursor.accept(K.comma));
    cursor.expect(K.close);
    return;
  }
  if (cursor.at(T.Newline)) cursor.failHere('invalid-syntax', "Expected one or more names after 'import'");
  do {
    if (cursor.at(T.Newline)) {
      cursor.failHere('invalid-syntax', 'trailing comma not allowed without surrounding parentheses');
    }
    parseAlias(cursor);
  } while (cursor.accept(K.comma));
}

function parseAlias(cursor: Cursor): void {
  cursor.expect(T.Name);
  if (cursor.accept(K.as)) cursor.expect(T.Name);
}
