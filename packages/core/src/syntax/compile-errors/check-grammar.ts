import { Cursor, Failure } from './cursor';
import { explainFailure } from './explain-failure';
import { parseStatement } from './parse-statement';
import type { SyntaxProblem } from './problem';
import { T, type Tokens } from './token';
import { tokenize } from './tokenizer';

/** What the grammar says about a text. */
export interface GrammarResult {
  /** At most one for each damaged top-level statement, in source order. */
  readonly errors: readonly SyntaxProblem[];
  /** Problems that CPython reports only for a text without errors. */
  readonly late: readonly SyntaxProblem[];
}

/** More damaged statements than this say no more than that the file is not Python 3. */
const MAX_ERRORS = 20;

/**
 * Reads a text with CPython's grammar (of the newest version known: whatever some Python accepts is no error).
 *
 * @param acceptsBareExceptions - see `Cursor`.
 */
export function checkGrammar(text: string, acceptsBareExceptions: boolean): GrammarResult {
  const errors: SyntaxProblem[] = [];
  const late: SyntaxProblem[] = [];
  let from: number | undefined = 0;
  while (from !== undefined && errors.length < MAX_ERRORS) {
    const tokens = tokenize(text, from);
    const cursor = new Cursor(tokens, acceptsBareExceptions);
    from = undefined;
    while (!cursor.at(T.End) && errors.length < MAX_ERRORS) {
      const problem = readStatement(cursor);
      if (problem === undefined) continue;
      errors.push(problem);
      const isTokenError = tokens.error !== undefined && problem.detail === tokens.error.detail;
      if (isTokenError || !skipToNextStatement(cursor)) {
        from = nextDefinition(tokens, Math.max(problem.span.end, tokens.error?.span.end ?? 0));
        break;
      }
    }
    late.push(...cursor.late);
  }
  return { errors, late };
}

function readStatement(cursor: Cursor): SyntaxProblem | undefined {
  try {
    parseStatement(cursor);
    return undefined;
  } catch (error) {
    if (error instanceof Failure) {
      const problem = explainFailure(cursor, error);
      cursor.index = Math.max(error.token, 0);
      return problem;
    }
    // Deeper than the JavaScript stack: CPython may well accept it.
    if (error instanceof RangeError) {
      skipToNextStatement(cursor);
      return undefined;
    }
    throw error;
  }
}

/** Goes on after the top-level statement around the cursor; false at the end of what could be read. */
function skipToNextStatement(cursor: Cursor): boolean {
  const { kinds } = cursor.tokens;
  let depth = 0;
  for (let i = 0; i < cursor.index; i++) depth += indentation(kinds[i]);
  for (let i = cursor.index; i < kinds.length; i++) {
    const kind = kinds[i];
    depth += indentation(kind);
    const isStart = depth <= 0 && kinds[i - 1] === T.Newline && kind !== T.Indent && kind !== T.Dedent;
    const isAfterDedent = depth <= 0 && kinds[i - 1] === T.Dedent && kind !== T.Dedent;
    if (i > cursor.index && (isStart || isAfterDedent) && kind !== T.Error) {
      cursor.index = i;
      return true;
    }
  }
  cursor.index = kinds.length - 1;
  return false;
}

function indentation(kind: number | undefined): number {
  return kind === T.Indent ? 1 : kind === T.Dedent ? -1 : 0;
}

/** After text that is no token, the next line that can only start a statement. */
function nextDefinition(tokens: Tokens, after: number): number | undefined {
  // The rest of the file may be inside of the string that is not closed.
  if (tokens.error === undefined || tokens.error.detail.startsWith('unterminated triple-quoted')) return undefined;
  const line = /^(?:async +def|def|class|import|from|@)\b/gm;
  line.lastIndex = after;
  return line.exec(tokens.text)?.index;
}
