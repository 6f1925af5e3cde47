import { Cursor, Failure } from './cursor';
import { parseStatement } from './parse-statement';
import { T, type Tokens } from './token';
import { tokenize } from './tokenizer';

/**
 * The tokens of a text that CPython's grammar accepts, whatever the target version.
 *
 * @returns undefined when it does not, or when what it accepts needs a closer look.
 */
export function grammaticalTokens(text: string): Tokens | undefined {
  const tokens = tokenize(text);
  if (tokens.error !== undefined) return undefined;
  const cursor = new Cursor(tokens, false);
  try {
    while (!cursor.at(T.End)) parseStatement(cursor);
  } catch (error) {
    // A RangeError: nested deeper than the JavaScript stack.
    if (error instanceof Failure || error instanceof RangeError) return undefined;
    throw error;
  }
  return cursor.late.length > 0 ? undefined : tokens;
}
