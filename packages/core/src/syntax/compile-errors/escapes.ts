import type { Scanner } from './scanner';

const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const LAST_CODE_POINT = 0x10ffff;

/**
 * Refuses escapes that do not decode: `\x4`, `\u12`, `\N` without a name. Unknown escapes like `\d` are only warnings,
 * and whether a Unicode name exists is not checked.
 *
 * @param start - offset of the first character of the literal's content.
 */
export function checkEscapes(scanner: Scanner, start: number, end: number, isBytes: boolean): void {
  const { text } = scanner;
  for (let at = text.indexOf('\\', start); at !== -1 && at < end; at = text.indexOf('\\', at + 2)) {
    const letter = text.charAt(at + 1);
    const wanted = HEX_DIGITS[letter];
    if (isBytes ? letter === 'x' : wanted !== undefined) {
      const count = wanted ?? 2;
      const digits = /^[0-9a-fA-F]*/.exec(text.slice(at + 2, Math.min(at + 2 + count, end)))?.[0] ?? '';
      if (digits.length === count && (letter !== 'U' || parseInt(digits, 16) <= LAST_CODE_POINT)) continue;
      const form = `\\${letter}${(letter === 'x' ? 'X' : 'X').repeat(count)}`;
      const detail = isBytes
        ? `(value error) invalid \\x escape at position ${String(at - start)}`
        : digits.length === count
          ? `(unicode error) illegal Unicode character in ${form} escape`
          : `(unicode error) truncated ${form} escape`;
      scanner.fail('invalid-token', detail, at, Math.min(at + 2 + digits.length, end));
    } else if (letter === 'N' && !isBytes && !/^\{[^}]+\}/.test(text.slice(at + 2, Math.min(at + 120, end)))) {
      scanner.fail('invalid-token', '(unicode error) malformed \\N character escape', at, at + 2);
    }
  }
}
