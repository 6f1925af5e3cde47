import type { Cursor } from './cursor';
import { parseStarExpressions, parseYield } from './parse-expression';
import { SHAPES, type Shape } from './shape';
import { kindOf, T } from './token';

const K = {
  open: kindOf('{'),
  close: kindOf('}'),
  colon: kindOf(':'),
  exclamation: kindOf('!'),
  equals: kindOf('='),
  yield: kindOf('yield'),
};

type StringType = 'string' | 'bytes' | 'template';

/** One string literal or several beside each other. */
export function parseStrings(cursor: Cursor): Shape {
  const from = cursor.index;
  const types = new Set<StringType>();
  let isFormatted = false;
  while (cursor.at(T.String) || cursor.at(T.FStringStart)) {
    const prefix = /^[a-z]*/i.exec(cursor.text())?.[0].toLowerCase() ?? '';
    const type: StringType = prefix.includes('b') ? 'bytes' : prefix.includes('t') ? 'template' : 'string';
    types.add(type);
    if (cursor.at(T.FStringStart)) {
      isFormatted = true;
      parseFormatted(cursor);
    } else {
      // eslint-disable-next-line no-control-regex -- the range of ASCII
      if (type === 'bytes' && /[^\x00-\x7f]/.test(cursor.text())) {
        cursor.failHere('invalid-token', 'bytes can only contain ASCII literal characters');
      }
      cursor.advance();
    }
  }
  if (types.size > 1) {
    const detail = types.has('template')
      ? 'cannot mix t-string literals with string or bytes literals'
      : 'cannot mix bytes and nonbytes literals';
    cursor.failAt('invalid-syntax', detail, from, cursor.index);
  }
  return isFormatted ? SHAPES.FString : SHAPES.Literal;
}

function parseFormatted(cursor: Cursor): void {
  cursor.advance();
  while (!cursor.accept(T.FStringEnd)) {
    if (cursor.accept(T.FStringMiddle)) continue;
    parseField(cursor);
  }
}

/** `{expression=!r:format}`. */
function parseField(cursor: Cursor): void {
  const open = cursor.index;
  cursor.expect(K.open);
  for (const mark of ['}', '=', '!', ':']) {
    if (!cursor.at(kindOf(mark))) continue;
    cursor.failHere('invalid-syntax', `f-string: valid expression required before '${mark}'`);
  }
  if (cursor.at(K.yield)) parseYield(cursor);
  else parseStarExpressions(cursor);
  cursor.accept(K.equals);
  if (cursor.accept(K.exclamation)) {
    if (!['s', 'r', 'a'].includes(cursor.text()) || !cursor.at(T.Name)) {
      const found = cursor.at(T.Name) ? ` '${cursor.text()}': expected 's', 'r', or 'a'` : '';
      cursor.failHere('invalid-syntax', `f-string: invalid conversion character${found}`);
    }
    cursor.advance();
  }
  if (cursor.accept(K.colon)) {
    while (!cursor.at(K.close)) {
      if (!cursor.accept(T.FStringMiddle)) parseField(cursor);
    }
  }
  if (!cursor.accept(K.close)) {
    if (cursor.at(T.Error)) cursor.fail();
    cursor.failAt('invalid-syntax', "f-string: expecting '=', or '!', or ':', or '}'", open, cursor.index + 1);
  }
}
