import type { Cursor } from './cursor';
import { parseStrings } from './parse-string';
import { kindOf, T } from './token';

const K = {
  open: kindOf('('),
  close: kindOf(')'),
  openList: kindOf('['),
  closeList: kindOf(']'),
  openDict: kindOf('{'),
  closeDict: kindOf('}'),
  comma: kindOf(','),
  colon: kindOf(':'),
  dot: kindOf('.'),
  bar: kindOf('|'),
  star: kindOf('*'),
  power: kindOf('**'),
  minus: kindOf('-'),
  plus: kindOf('+'),
  equals: kindOf('='),
  as: kindOf('as'),
  none: kindOf('None'),
  true: kindOf('True'),
  false: kindOf('False'),
};

/** What the checks of `match` need to know about a pattern. */
export interface Pattern {
  /** Names it binds. */
  readonly names: readonly string[];
  /** Set when it matches everything: CPython's words for why. */
  readonly always: string | undefined;
}

const NOTHING: Pattern = { names: [], always: undefined };

/** `patterns`: one pattern, or a sequence without brackets. */
export function parsePatterns(cursor: Cursor): Pattern {
  const from = cursor.index;
  const isStar = cursor.at(K.star);
  const first = parseElement(cursor);
  if (!cursor.at(K.comma)) {
    if (isStar) cursor.fail();
    return first;
  }
  return parseSequence(cursor, from, first, isStar ? 1 : 0, (kind) => kind === K.colon || kind === kindOf('if'));
}

/** Elements after the first of a sequence, which has been read. */
function parseSequence(
  cursor: Cursor,
  from: number,
  first: Pattern,
  stars: number,
  isEnd: (kind: number) => boolean,
): Pattern {
  const parts = [first];
  let starCount = stars;
  while (cursor.accept(K.comma)) {
    if (isEnd(cursor.kind)) break;
    if (cursor.at(K.star)) starCount++;
    parts.push(parseElement(cursor));
  }
  if (starCount > 1) report(cursor, from, 'multiple starred expressions in sequence pattern');
  return combine(cursor, from, parts);
}

function report(cursor: Cursor, from: number, detail: string): void {
  cursor.note('invalid-pattern', detail, from, cursor.index);
}

/** Patterns that all have to match: a name may be bound only once. */
function combine(cursor: Cursor, from: number, parts: readonly Pattern[]): Pattern {
  const names = parts.flatMap((part) => part.names);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) report(cursor, from, `multiple assignments to name '${twice}' in pattern`);
  return { names: [...new Set(names)], always: undefined };
}

function parseElement(cursor: Cursor): Pattern {
  if (!cursor.accept(K.star)) return parsePattern(cursor);
  const name = cursor.text();
  cursor.expect(T.Name);
  return name === '_' ? NOTHING : { names: [name], always: undefined };
}

function parsePattern(cursor: Cursor): Pattern {
  const from = cursor.index;
  const pattern = parseAlternatives(cursor);
  if (!cursor.accept(K.as)) return pattern;
  if (cursor.atWord('_')) cursor.failHere('invalid-pattern', "cannot use '_' as a target");
  if (!cursor.at(T.Name)) cursor.failHere('invalid-pattern', 'invalid pattern target');
  const name = cursor.text();
  cursor.advance();
  if (!cursor.at(K.comma) && [K.dot, K.open, K.openList].includes(cursor.kind)) {
    cursor.failAt('invalid-pattern', 'invalid pattern target', cursor.index - 1, cursor.index);
  }
  return { ...combine(cursor, from, [pattern, { names: [name], always: undefined }]), always: pattern.always };
}

function parseAlternatives(cursor: Cursor): Pattern {
  const from = cursor.index;
  let last = parseClosed(cursor);
  if (!cursor.at(K.bar)) return last;
  const names = [...last.names].sort().join(' ');
  let differs = false;
  while (cursor.accept(K.bar)) {
    if (last.always !== undefined) report(cursor, from, `${last.always} makes remaining patterns unreachable`);
    last = parseClosed(cursor);
    if ([...last.names].sort().join(' ') !== names) differs = true;
  }
  if (differs) report(cursor, from, 'alternative patterns bind different names');
  return { names: last.names, always: differs ? undefined : last.always };
}

function parseClosed(cursor: Cursor): Pattern {
  switch (cursor.kind) {
    case T.Name:
      return parseName(cursor);
    case T.Number:
    case K.minus:
      parseNumber(cursor);
      return NOTHING;
    case T.String:
    case T.FStringStart: {
      const from = cursor.index;
      if (parseStrings(cursor).kind === 'FString') {
        report(cursor, from, 'patterns may only match literals and attribute lookups');
      }
      return NOTHING;
    }
    case K.none:
    case K.true:
    case K.false:
      cursor.advance();
      return NOTHING;
    case K.open:
      return parseBracketed(cursor, K.close);
    case K.openList:
      return parseBracketed(cursor, K.closeList);
    case K.openDict:
      return parseMapping(cursor);
    default:
      return cursor.fail();
  }
}

function parseNumber(cursor: Cursor): void {
  cursor.accept(K.minus);
  const first = cursor.text();
  cursor.expect(T.Number);
  if (!cursor.accept(K.plus) && !cursor.accept(K.minus)) return;
  const isImaginary = /j$/i.test(cursor.text());
  if (/j$/i.test(first))
    cursor.failAt('invalid-pattern', 'real number required in complex literal', cursor.index - 2, cursor.index);
  if (cursor.at(T.Number) && !isImaginary) {
    cursor.failHere('invalid-pattern', 'imaginary number required in complex literal');
  }
  cursor.expect(T.Number);
}

function parseName(cursor: Cursor): Pattern {
  const name = cursor.text();
  cursor.advance();
  if (!cursor.at(K.dot) && !cursor.at(K.open)) {
    if (name === '_') return { names: [], always: 'wildcard' };
    return { names: [name], always: `name capture '${name}'` };
  }
  while (cursor.accept(K.dot)) cursor.expect(T.Name);
  return cursor.at(K.open) ? parseClass(cursor) : NOTHING;
}

function parseBracketed(cursor: Cursor, closing: number): Pattern {
  const from = cursor.index;
  cursor.advance();
  if (cursor.accept(closing)) return NOTHING;
  const isStar = cursor.at(K.star);
  const first = parseElement(cursor);
  if (!cursor.at(K.comma)) {
    if (isStar && closing === K.close) cursor.fail();
    cursor.expect(closing);
    return closing === K.close ? first : { names: first.names, always: undefined };
  }
  const pattern = parseSequence(cursor, from, first, isStar ? 1 : 0, (kind) => kind === closing);
  cursor.expect(closing);
  return pattern;
}

function parseMapping(cursor: Cursor): Pattern {
  const from = cursor.index;
  cursor.advance();
  const parts: Pattern[] = [];
  const keys = new Set<string>();
  while (!cursor.at(K.closeDict)) {
    if (cursor.accept(K.power)) {
      parts.push({ names: [cursor.text()], always: undefined });
      if (cursor.atWord('_')) cursor.fail();
      cursor.expect(T.Name);
      cursor.accept(K.comma);
      break;
    }
    const keyFrom = cursor.index;
    if (cursor.at(T.Name) && cursor.kindAt(1) !== K.dot) {
      cursor.advance();
      cursor.fail();
    }
    const isDotted = cursor.at(T.Name);
    if (cursor.at(K.open) || cursor.at(K.openList) || cursor.at(K.openDict)) cursor.fail();
    parseClosed(cursor);
    const { start, end } = cursor.span(keyFrom, cursor.index);
    const key = cursor.tokens.text.slice(start, end);
    const value = valueOfKey(key);
    if (!isDotted && keys.has(value)) report(cursor, keyFrom, `mapping pattern checks duplicate key (${key})`);
    if (!isDotted) keys.add(value);
    cursor.expect(K.colon);
    parts.push(parsePattern(cursor));
    if (!cursor.accept(K.comma)) break;
  }
  cursor.expect(K.closeDict);
  return combine(cursor, from, parts);
}

/** What makes two literal keys equal in Python, as far as it is easily told: `1`, `1.0` and `True` are. */
function valueOfKey(text: string): string {
  if (text === 'True' || text === 'False') return text === 'True' ? '1' : '0';
  const number = Number(text.replace(/[_\s]/g, ''));
  if (!Number.isNaN(number)) return String(number + 0);
  const string = /^[uU]?(?:'([^'\\]*)'|"([^"\\]*)")$/.exec(text);
  return string === null ? text : `'${string[1] ?? string[2] ?? ''}'`;
}

function parseClass(cursor: Cursor): Pattern {
  const from = cursor.index;
  cursor.advance();
  const parts: Pattern[] = [];
  const attributes = new Set<string>();
  while (!cursor.at(K.close)) {
    const start = cursor.index;
    if (cursor.at(T.Name) && cursor.kindAt(1) === K.equals) {
      const name = cursor.text();
      cursor.advance();
      cursor.advance();
      if (attributes.has(name)) report(cursor, start, `attribute name repeated in class pattern: ${name}`);
      attributes.add(name);
      parts.push(parsePattern(cursor));
    } else {
      parts.push(parsePattern(cursor));
      if (attributes.size > 0) {
        cursor.failAt('invalid-pattern', 'positional patterns follow keyword patterns', start, cursor.index);
      }
    }
    if (!cursor.accept(K.comma)) break;
  }
  cursor.expect(K.close);
  return combine(cursor, from, parts);
}
