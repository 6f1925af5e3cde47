import type { OpenString } from './scan-string';
import { unterminated } from './scan-string';
import type { Scanner } from './scanner';
import { scanToken, skipInsideBrackets } from './tokenizer';
import { kindOf, T } from './token';

const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const COLON = 58;
const EXCLAMATION = 33;
const EQUALS = 61;
const NEWLINE = 10;
const RETURN = 13;
const BACKSLASH = 92;
/** Fields in formats of fields that CPython's tokenizer takes. */
const MAX_NESTING = 3;

/** Reads `{expression!r:format}`; `scanner.pos` is at the brace. */
export function scanReplacementField(scanner: Scanner, string: OpenString, nesting = 1): void {
  const opened = scanner.pos;
  if (nesting > MAX_NESTING) {
    scanner.fail('invalid-syntax', 'f-string: expressions nested too deeply', opened, opened + 1);
  }
  scanner.open(opened);
  const depth = scanner.brackets.length;
  scanner.emit(kindOf('{'), opened, opened + 1);
  scanner.pos++;
  for (;;) {
    skipInsideBrackets(scanner);
    const code = scanner.peek();
    if (Number.isNaN(code)) scanner.fail('unclosed', "f-string: expecting '}'", opened, opened + 1);
    // A quote that closes the string cannot start a string of its own here before the brace is closed.
    if (code === string.quote && isUnclosedField(scanner, string)) {
      scanner.fail('unclosed', "f-string: expecting '}'", scanner.pos, scanner.pos + 1);
    }
    if (scanner.brackets.length === depth) {
      if (code === CLOSE_BRACE) {
        scanner.emit(kindOf('}'), scanner.pos, scanner.pos + 1);
        scanner.pos++;
        scanner.brackets.pop();
        return;
      }
      if (code === COLON) {
        scanner.emit(kindOf(':'), scanner.pos, scanner.pos + 1);
        scanner.pos++;
        scanFormat(scanner, string, nesting);
        continue;
      }
      if (code === EXCLAMATION && scanner.peek(1) !== EQUALS) {
        scanner.emit(kindOf('!'), scanner.pos, scanner.pos + 1);
        scanner.pos++;
        continue;
      }
    }
    scanToken(scanner);
  }
}

/** True when no second quote follows on the line, so that the first one must be the end of the f-string. */
function isUnclosedField(scanner: Scanner, string: OpenString): boolean {
  const quote = String.fromCharCode(string.quote);
  if (string.isTriple) return false;
  const lineEnd = scanner.text.indexOf('\n', scanner.pos);
  const rest = scanner.text.slice(scanner.pos + 1, lineEnd === -1 ? undefined : lineEnd);
  return (
    !rest.includes(quote) && !rest.trimEnd().endsWith('\\') && !scanner.text.startsWith(quote.repeat(3), scanner.pos)
  );
}

/** The format after `:` up to the brace that closes the field; it may hold fields of its own. */
function scanFormat(scanner: Scanner, string: OpenString, nesting: number): void {
  let start = scanner.pos;
  const endPart = (): void => {
    if (scanner.pos > start) scanner.emit(T.FStringMiddle, start, scanner.pos);
  };
  for (;;) {
    const code = scanner.peek();
    if (code === OPEN_BRACE) {
      endPart();
      scanReplacementField(scanner, string, nesting + 1);
      start = scanner.pos;
    } else if (code === CLOSE_BRACE) {
      return endPart();
    } else if (Number.isNaN(code)) {
      unterminated(scanner, string);
    } else if (!string.isTriple && (code === NEWLINE || code === RETURN)) {
      // A new line ends the format, and the field goes on like an expression in brackets.
      return endPart();
    } else if (!string.isTriple && code === string.quote) {
      scanner.fail('unclosed', "f-string: expecting '}'", scanner.pos, scanner.pos + 1);
    } else if (
      string.isTriple &&
      scanner.text.startsWith(String.fromCharCode(code).repeat(3), scanner.pos) &&
      code === string.quote
    ) {
      scanner.fail('unclosed', "f-string: expecting '}'", scanner.pos, scanner.pos + 1);
    } else scanner.pos += code === BACKSLASH && !string.isRaw ? 2 : 1;
  }
}
