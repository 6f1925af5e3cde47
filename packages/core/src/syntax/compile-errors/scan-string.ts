import { checkEscapes } from './escapes';
import { scanReplacementField } from './scan-fstring';
import type { Scanner } from './scanner';
import { T } from './token';

const BACKSLASH = 92;
const NEWLINE = 10;
const RETURN = 13;

/**
 * Reads a string literal; `scanner.pos` is at its prefix.
 *
 * @param quoteAt - offset of the opening quote.
 */
export function scanString(scanner: Scanner, quoteAt: number): void {
  const start = scanner.pos;
  const prefix = scanner.text.slice(start, quoteAt).toLowerCase();
  const quote = scanner.text.charCodeAt(quoteAt);
  const isTriple = scanner.text.charCodeAt(quoteAt + 1) === quote && scanner.text.charCodeAt(quoteAt + 2) === quote;
  const string: OpenString = { start, quote, isTriple, isRaw: prefix.includes('r'), prefix };
  scanner.pos = quoteAt + (isTriple ? 3 : 1);
  if (prefix.includes('f') || prefix.includes('t')) return scanInterpolated(scanner, string);
  const contentStart = scanner.pos;
  let hasBackslash = false;
  for (;;) {
    const code = scanner.peek();
    if (code === quote && closes(scanner, string)) break;
    if (Number.isNaN(code) || (!isTriple && (code === NEWLINE || code === RETURN))) unterminated(scanner, string);
    if (code === BACKSLASH) {
      hasBackslash = true;
      skipEscape(scanner);
    } else scanner.pos++;
  }
  const contentEnd = scanner.pos;
  scanner.pos += isTriple ? 3 : 1;
  if (hasBackslash && !string.isRaw) checkEscapes(scanner, contentStart, contentEnd, prefix.includes('b'));
  scanner.emit(T.String, start, scanner.pos);
}

/** A string literal whose end is not read yet. */
export interface OpenString {
  readonly start: number;
  readonly quote: number;
  readonly isTriple: boolean;
  readonly isRaw: boolean;
  readonly prefix: string;
}

function closes(scanner: Scanner, string: OpenString): boolean {
  return !string.isTriple || (scanner.peek(1) === string.quote && scanner.peek(2) === string.quote);
}

/** A backslash hides the next character, the two of `\r\n` as one. */
function skipEscape(scanner: Scanner): void {
  scanner.pos += scanner.peek(1) === RETURN && scanner.peek(2) === NEWLINE ? 3 : 2;
}

/** CPython says where the string was found to be open; the diagnostic stands where it starts. */
export function unterminated(scanner: Scanner, string: OpenString): never {
  const kind = string.prefix.includes('f') ? 'f-string' : string.prefix.includes('t') ? 't-string' : 'string';
  const triple = string.isTriple ? 'triple-quoted ' : '';
  const line = String(scanner.lineOf(scanner.pos));
  const detail = `unterminated ${triple}${kind} literal (detected at line ${line})`;
  const quoteEnd = string.start + string.prefix.length + (string.isTriple ? 3 : 1);
  return scanner.fail(
    'unclosed',
    detail,
    string.start,
    string.isTriple ? quoteEnd : Math.min(scanner.pos, scanner.text.length),
  );
}

/** The literal parts and replacement fields of an f-string up to its closing quote, as in PEP 701. */
function scanInterpolated(scanner: Scanner, string: OpenString): void {
  scanner.emit(T.FStringStart, string.start, scanner.pos);
  let partStart = scanner.pos;
  const endPart = (): void => {
    if (scanner.pos > partStart) scanner.emit(T.FStringMiddle, partStart, scanner.pos);
    if (!string.isRaw && scanner.pos > partStart) checkEscapes(scanner, partStart, scanner.pos, false);
  };
  for (;;) {
    const code = scanner.peek();
    if (code === string.quote && closes(scanner, string)) break;
    if (Number.isNaN(code) || (!string.isTriple && (code === NEWLINE || code === RETURN))) {
      unterminated(scanner, string);
    }
    if (code === BACKSLASH) {
      if (!string.isRaw && scanner.text.startsWith('\\N{', scanner.pos)) scanner.pos = namedEscapeEnd(scanner);
      else if (string.isRaw && isBrace(scanner.peek(1))) scanner.pos++;
      else if (isBrace(scanner.peek(1))) scanner.pos++;
      else skipEscape(scanner);
    } else if (isBrace(code) && scanner.peek(1) === code) scanner.pos += 2;
    else if (code === OPEN_BRACE) {
      endPart();
      scanReplacementField(scanner, string);
      partStart = scanner.pos;
    } else if (code === CLOSE_BRACE) {
      scanner.fail('invalid-token', "f-string: single '}' is not allowed", scanner.pos, scanner.pos + 1);
    } else scanner.pos++;
  }
  endPart();
  scanner.emit(T.FStringEnd, scanner.pos, scanner.pos + (string.isTriple ? 3 : 1));
  scanner.pos += string.isTriple ? 3 : 1;
}

const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

function isBrace(code: number): boolean {
  return code === OPEN_BRACE || code === CLOSE_BRACE;
}

/** After `\N{name}`; a missing brace is left to the check of escapes. */
function namedEscapeEnd(scanner: Scanner): number {
  const match = /\\N\{[^{}\n"']*\}/y;
  match.lastIndex = scanner.pos;
  return match.test(scanner.text) ? match.lastIndex : scanner.pos + 2;
}
