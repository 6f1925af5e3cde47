import { scanNumber } from './scan-number';
import { scanString } from './scan-string';
import { Scanner, ScanStop } from './scanner';
import { KEYWORD_KINDS, OPERATOR_KINDS, T, type Tokens } from './token';

const TAB = 9;
const NEWLINE = 10;
const FORM_FEED = 12;
const RETURN = 13;
const SPACE = 32;
const HASH = 35;
const BACKSLASH = 92;
const TAB_WIDTH = 8;
const MAX_INDENTS = 100;

/**
 * Splits Python source into the tokens that CPython's grammar is written in. Stops at the first text that is no token.
 *
 * @param from - offset of a line without indentation to start at.
 */
export function tokenize(text: string, from = 0): Tokens {
  const scanner = new Scanner(text);
  scanner.pos = from;
  try {
    scanLines(scanner);
  } catch (error) {
    if (!(error instanceof ScanStop)) throw error;
    scanner.stop(error.error);
  }
  return scanner;
}

function scanLines(scanner: Scanner): void {
  const { text } = scanner;
  const indents = [0];
  const alternatives = [0];
  while (scanner.pos < text.length) {
    if (!scanIndentation(scanner, indents, alternatives)) continue;
    while (scanner.pos < text.length) {
      if (scanner.brackets.length > 0) skipInsideBrackets(scanner);
      else skipBlanks(scanner);
      const code = scanner.peek();
      if (Number.isNaN(code)) break;
      if (code === NEWLINE || code === RETURN) {
        scanner.emit(T.Newline, scanner.pos, scanner.pos + 1);
        skipNewline(scanner);
        break;
      }
      scanToken(scanner);
    }
  }
  if (scanner.brackets.length > 0) {
    const opened = scanner.openBracket ?? 0;
    scanner.failWhenReached('unclosed', `'${text.charAt(opened)}' was never closed`, opened, opened + 1);
  }
  // What is missing at the end of a file is missing on its last line, not on the empty one after it.
  const end = text.length - (/\r?\n$|\r$/.exec(text.slice(-2))?.[0].length ?? 0);
  if (scanner.kinds.length > 0 && scanner.kinds.at(-1) !== T.Newline) scanner.emit(T.Newline, end, end);
  for (let depth = indents.length; depth > 1; depth--) scanner.emit(T.Dedent, end, end);
  scanner.emit(T.End, end, end);
}

/** Reads the blanks at the start of a line; false when the line holds nothing else. */
function scanIndentation(scanner: Scanner, indents: number[], alternatives: number[]): boolean {
  const start = scanner.pos;
  let column = 0;
  let alternative = 0;
  for (;;) {
    const code = scanner.peek();
    if (code === SPACE) {
      column++;
      alternative++;
    } else if (code === TAB) {
      column = (Math.floor(column / TAB_WIDTH) + 1) * TAB_WIDTH;
      alternative++;
    } else if (code === FORM_FEED) column = alternative = 0;
    else if (code === BACKSLASH && isNewline(scanner.peek(1))) {
      joinLines(scanner);
      if (scanner.pos >= scanner.text.length) unexpectedEnd(scanner);
      while (scanner.peek() === SPACE || scanner.peek() === TAB) scanner.pos++;
      break;
    } else break;
    scanner.pos++;
  }
  if (scanner.peek() === HASH) skipComment(scanner);
  if (isNewline(scanner.peek())) {
    skipNewline(scanner);
    return false;
  }
  if (scanner.pos >= scanner.text.length) return false;
  const at = scanner.pos;
  const top = indents.at(-1) ?? 0;
  const tabError = (): never =>
    scanner.failWhenReached('indentation', 'inconsistent use of tabs and spaces in indentation', start, at);
  if (column === top) {
    if (alternative !== alternatives.at(-1)) tabError();
  } else if (column > top) {
    if (alternative <= (alternatives.at(-1) ?? 0)) tabError();
    if (indents.length >= MAX_INDENTS)
      scanner.failWhenReached('indentation', 'too many levels of indentation', start, at);
    indents.push(column);
    alternatives.push(alternative);
    scanner.emit(T.Indent, start, at);
  } else {
    while (column < (indents.at(-1) ?? 0)) {
      indents.pop();
      alternatives.pop();
      scanner.emit(T.Dedent, at, at);
    }
    if (column !== indents.at(-1)) {
      const detail = 'unindent does not match any outer indentation level';
      // CPython finds this before it hands out any dedent of the line.
      while (scanner.kinds.at(-1) === T.Dedent && scanner.starts.at(-1) === at) {
        scanner.kinds.pop();
        scanner.starts.pop();
        scanner.ends.pop();
      }
      scanner.failWhenReached('indentation', detail, at, lineEnd(scanner, at));
    }
    if (alternative !== alternatives.at(-1)) tabError();
  }
  return true;
}

function lineEnd(scanner: Scanner, at: number): number {
  const end = /[^\r\n]*/y;
  end.lastIndex = at;
  end.test(scanner.text);
  return end.lastIndex;
}

function isNewline(code: number): boolean {
  return code === NEWLINE || code === RETURN;
}

function skipNewline(scanner: Scanner): void {
  scanner.pos += scanner.peek() === RETURN && scanner.peek(1) === NEWLINE ? 2 : 1;
}

function skipComment(scanner: Scanner): void {
  const start = scanner.pos;
  while (scanner.pos < scanner.text.length && !isNewline(scanner.peek())) scanner.pos++;
  scanner.comments.push({ start, end: scanner.pos });
}

function joinLines(scanner: Scanner): void {
  const start = scanner.pos;
  scanner.pos++;
  skipNewline(scanner);
  scanner.lineContinuations.push({ start, end: scanner.pos });
}

/** Blanks, comments and joined lines within one logical line. */
function skipBlanks(scanner: Scanner): void {
  for (;;) {
    const code = scanner.peek();
    if (code === SPACE || code === TAB || code === FORM_FEED) scanner.pos++;
    else if (code === HASH) skipComment(scanner);
    else if (code === BACKSLASH) skipContinuation(scanner);
    else return;
  }
}

/** Between brackets new lines are blanks too. */
export function skipInsideBrackets(scanner: Scanner): void {
  for (;;) {
    skipBlanks(scanner);
    if (!isNewline(scanner.peek())) return;
    scanner.pos++;
  }
}

function skipContinuation(scanner: Scanner): void {
  const at = scanner.pos;
  if (!isNewline(scanner.peek(1))) {
    const detail =
      at + 1 >= scanner.text.length
        ? 'unexpected EOF while parsing'
        : 'unexpected character after line continuation character';
    scanner.failWhenReached('invalid-token', detail, at, at + 1);
  }
  joinLines(scanner);
  if (scanner.pos >= scanner.text.length) unexpectedEnd(scanner);
}

/** The last line ends with a backslash. */
function unexpectedEnd(scanner: Scanner): never {
  const at = scanner.text.lastIndexOf('\\');
  return scanner.failWhenReached('invalid-token', 'unexpected EOF while parsing', at, at + 1);
}

const NAME_START = 1;
const NAME_PART = 2;
const DIGIT = 4;
/** What each ASCII character may be part of. */
const CLASSES = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(character)) return NAME_START | NAME_PART;
  return /[0-9]/.test(character) ? DIGIT | NAME_PART : 0;
});

function classOf(code: number): number {
  return code < 128 ? (CLASSES[code] ?? 0) : code >= 128 ? NAME_START | NAME_PART : 0;
}

const IDENTIFIER = /^[\p{XIDS}_]\p{XIDC}*$/u;
const STRING_PREFIXES = new Set(['', 'r', 'u', 'b', 'f', 't', 'br', 'rb', 'fr', 'rf', 'tr', 'rt']);
const LONGEST_OPERATOR = 3;
/** Characters that operators longer than one have after their first. */
const CONTINUES_OPERATOR = new Set([...'=>*/<.'].map((character) => character.charCodeAt(0)));

/** Reads one token that is neither a blank nor a new line. */
export function scanToken(scanner: Scanner): void {
  const { text } = scanner;
  const start = scanner.pos;
  const code = scanner.peek();
  const kind = classOf(code);
  if ((kind & NAME_START) !== 0) return scanName(scanner, start);
  if ((kind & DIGIT) !== 0 || (code === 46 && (classOf(scanner.peek(1)) & DIGIT) !== 0)) return scanNumber(scanner);
  if (code === 34 || code === 39) return scanString(scanner, start);
  for (let length = CONTINUES_OPERATOR.has(scanner.peek(1)) ? LONGEST_OPERATOR : 1; length > 0; length--) {
    const spelling = text.slice(start, start + length);
    const operator = OPERATOR_KINDS.get(spelling);
    if (operator === undefined) continue;
    if (code === 40 || code === 91 || code === 123) scanner.open(start);
    else if (code === 41 || code === 93 || code === 125) scanner.close(start);
    scanner.pos = start + spelling.length;
    scanner.emit(operator, start, scanner.pos);
    return;
  }
  scanner.pos++;
  if (code === 0) scanner.fail('invalid-token', 'source code cannot contain null bytes', start, start + 1);
  if (code < SPACE || code === 127) invalidCharacter(scanner, start);
  scanner.emit(T.Stray, start, scanner.pos);
}

function scanName(scanner: Scanner, start: number): void {
  const { text } = scanner;
  let end = start + 1;
  let isAscii = text.charCodeAt(start) < 128;
  for (; ; end++) {
    const code = text.charCodeAt(end);
    if ((classOf(code) & NAME_PART) === 0) break;
    if (code >= 128) isAscii = false;
  }
  const next = text.charCodeAt(end);
  if ((next === 34 || next === 39) && end - start <= 2 && STRING_PREFIXES.has(text.slice(start, end).toLowerCase())) {
    return scanString(scanner, end);
  }
  const name = text.slice(start, end);
  if (!isAscii && !IDENTIFIER.test(name.normalize('NFKC'))) {
    const offset = [...name].findIndex((character, i) => !(i === 0 ? /[\p{XIDS}_]/u : /\p{XIDC}/u).test(character));
    invalidCharacter(scanner, start + [...name].slice(0, Math.max(offset, 0)).join('').length);
  }
  scanner.pos = end;
  scanner.emit(KEYWORD_KINDS.get(name) ?? T.Name, start, end);
}

function invalidCharacter(scanner: Scanner, at: number): never {
  const character = String.fromCodePoint(scanner.text.codePointAt(at) ?? 0);
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const isPrintable = !/[\p{C}\p{Z}]/u.test(character);
  const detail = isPrintable ? `invalid character '${character}' (${code})` : `invalid non-printable character ${code}`;
  return scanner.fail('invalid-token', detail, at, at + character.length);
}
