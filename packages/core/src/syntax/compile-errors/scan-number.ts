import type { Scanner } from './scanner';
import { T } from './token';

const ZERO = 48;
const UNDERSCORE = 95;
const DOT = 46;

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isHex(code: number): boolean {
  return isDigit(code) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
}

/** Could stand in an identifier, as the tokenizer sees it before looking at Unicode. */
function isNameLike(code: number): boolean {
  return (
    isDigit(code) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === UNDERSCORE || code > 127
  );
}

/** Keywords that may follow a number without white space (deprecated, still accepted). */
const KEYWORD_AFTER_NUMBER = /(?:and|else|for|if|in|is|or|not)/y;

/**
 * Reads a number (Python reference, "Numeric literals"). Only digits and points are read by the caller's test.
 */
export function scanNumber(scanner: Scanner): void {
  const start = scanner.pos;
  if (scanner.peek() === ZERO && scanRadix(scanner, start)) return;
  const startsWithZero = scanner.peek() === ZERO;
  let isFloat = false;
  let hasNonZero = false;
  if (isDigit(scanner.peek())) {
    digits(scanner, isDigit, 'decimal', start);
    hasNonZero = /[1-9]/.test(scanner.text.slice(start, scanner.pos));
  }
  const integerEnd = scanner.pos;
  if (scanner.peek() === DOT) {
    isFloat = true;
    scanner.pos++;
    if (isDigit(scanner.peek())) digits(scanner, isDigit, 'decimal', start);
  }
  const e = scanner.peek();
  if (e === 101 || e === 69) {
    const sign = scanner.peek(1);
    const offset = sign === 43 || sign === 45 ? 2 : 1;
    if (isDigit(scanner.peek(offset))) {
      isFloat = true;
      scanner.pos += offset;
      digits(scanner, isDigit, 'decimal', start);
    } else if (offset === 2) {
      scanner.fail('invalid-token', 'invalid decimal literal', start, scanner.pos + 1);
    }
  }
  const j = scanner.peek();
  if (j === 106 || j === 74) {
    scanner.pos++;
    return finish(scanner, start, 'imaginary');
  }
  if (startsWithZero && hasNonZero && !isFloat) {
    const detail = 'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers';
    scanner.fail('invalid-token', detail, start, integerEnd);
  }
  finish(scanner, start, 'decimal');
}

const RADIXES: readonly {
  readonly letters: string;
  readonly name: string;
  readonly isDigit: (code: number) => boolean;
}[] = [
  { letters: 'xX', name: 'hexadecimal', isDigit: isHex },
  { letters: 'oO', name: 'octal', isDigit: (code) => code >= 48 && code <= 55 },
  { letters: 'bB', name: 'binary', isDigit: (code) => code === 48 || code === 49 },
];

function scanRadix(scanner: Scanner, start: number): boolean {
  const letter = scanner.text.charAt(start + 1);
  const radix = RADIXES.find(({ letters }) => letter !== '' && letters.includes(letter));
  if (radix === undefined) return false;
  scanner.pos += 2;
  if (scanner.peek() === UNDERSCORE) scanner.pos++;
  if (!radix.isDigit(scanner.peek())) wrongDigit(scanner, start, radix.name);
  digits(scanner, radix.isDigit, radix.name, start);
  if (isDigit(scanner.peek())) wrongDigit(scanner, start, radix.name);
  finish(scanner, start, radix.name);
  return true;
}

function wrongDigit(scanner: Scanner, start: number, name: string): never {
  const digit = scanner.text.charAt(scanner.pos);
  const detail = /\d/.test(digit) ? `invalid digit '${digit}' in ${name} literal` : `invalid ${name} literal`;
  return scanner.fail('invalid-token', detail, start, scanner.pos + 1);
}

/** Digits with single underscores between them. */
function digits(scanner: Scanner, isMember: (code: number) => boolean, name: string, start: number): void {
  for (;;) {
    while (isMember(scanner.peek())) scanner.pos++;
    if (scanner.peek() !== UNDERSCORE) return;
    scanner.pos++;
    if (!isMember(scanner.peek())) wrongDigit(scanner, start, name);
  }
}

function finish(scanner: Scanner, start: number, name: string): void {
  if (isNameLike(scanner.peek())) {
    KEYWORD_AFTER_NUMBER.lastIndex = scanner.pos;
    if (!KEYWORD_AFTER_NUMBER.test(scanner.text)) {
      scanner.fail('invalid-token', `invalid ${name} literal`, start, scanner.pos + 1);
    }
  }
  scanner.emit(T.Number, start, scanner.pos);
}
