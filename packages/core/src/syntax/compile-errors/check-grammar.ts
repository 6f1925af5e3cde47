import type { Span } from '../../text/span';
import { Cursor, Failure } from './cursor';
import { explainFailure } from './explain-failure';
import { parseStatement } from './parse-statement';
import type { SyntaxProblem } from './problem';
import { isKeyword, kindOf, T, type Tokens } from './token';
import { tokenize } from './tokenizer';

/** What the grammar says about a text. */
export interface GrammarResult {
  /** At most one for each damaged top-level statement, in source order. */
  readonly errors: readonly SyntaxProblem[];
  /** Problems that CPython reports only for a text without errors. */
  readonly late: readonly SyntaxProblem[];
  /** From the start of each statement that could not be read to where its reading ended. */
  readonly damaged: readonly Span[];
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
  const damaged: Span[] = [];
  let from: number | undefined = 0;
  while (from !== undefined && errors.length < MAX_ERRORS) {
    const tokens = tokenize(text, from);
    const cursor = new Cursor(tokens, acceptsBareExceptions);
    from = undefined;
    let damagedUpTo = -1;
    while (!cursor.at(T.End) && errors.length < MAX_ERRORS) {
      const start = cursor.index;
      const isAfterDamage = start === damagedUpTo;
      const problem = readStatement(cursor);
      if (problem === undefined) continue;
      damaged.push({
        start: tokens.starts[start] ?? 0,
        end: Math.max(problem.span.end, tokens.ends[cursor.index] ?? 0),
      });
      const isProse = problem.code === 'invalid-syntax' && !isKeyword(tokens.kinds[start] ?? T.End);
      if (!isAfterDamage || !isProse) errors.push(problem);
      if (cursor.at(T.Error) || !goToNextStatement(cursor)) {
        from = nextDefinition(tokens, Math.max(problem.span.end, tokens.error?.span.end ?? 0));
        break;
      }
      // Lines of prose in a row are one damage: a string that lost its quotes.
      damagedUpTo = cursor.index;
    }
    late.push(...cursor.late);
  }
  return { errors, late, damaged };
}

/** Reads one statement; when that fails, leaves the cursor where the reading ended and says why. */
function readStatement(cursor: Cursor): SyntaxProblem | undefined {
  const lateCount = cursor.late.length;
  try {
    parseStatement(cursor);
    return undefined;
  } catch (error) {
    if (error instanceof Failure) {
      cursor.late.length = lateCount;
      cursor.index = error.token;
      const next = nextStatement(cursor);
      const isOwnRegion = next !== undefined && !isTripleQuoted(cursor.tokens);
      const problem = explainFailure(cursor, error, isOwnRegion);
      // An error of the tokenizer ends what can be read.
      cursor.index = problem.detail === cursor.tokens.error?.detail ? cursor.tokens.kinds.length - 1 : error.token;
      return problem;
    }
    // Deeper than the JavaScript stack: CPython may well accept it.
    if (error instanceof RangeError) {
      goToNextStatement(cursor);
      return undefined;
    }
    throw error;
  }
}

/** The rest of the file may be inside of a string that is not closed, and what failed before it may be too. */
function isTripleQuoted({ error }: Tokens): boolean {
  return error?.detail.startsWith('unterminated triple-quoted') ?? false;
}

/** Clauses at the start of a line belong to the damaged statement before them. */
const CLAUSES: ReadonlySet<number | undefined> = new Set(['else', 'elif', 'except', 'finally'].map(kindOf));

/** Index of the first token after the top-level statement around the cursor; undefined when that cannot be told. */
function nextStatement(cursor: Cursor): number | undefined {
  const { kinds } = cursor.tokens;
  let depth = 0;
  for (let i = 0; i < cursor.index; i++) depth += indentation(kinds[i]);
  for (let i = cursor.index; i < kinds.length; i++) {
    const kind = kinds[i];
    depth += indentation(kind);
    if (i === cursor.index || depth > 0 || kind === T.Indent || kind === T.Dedent) continue;
    const isStart = kinds[i - 1] === T.Newline || kinds[i - 1] === T.Dedent;
    if (isStart && kind !== T.Error && !CLAUSES.has(kind)) return i;
  }
  return undefined;
}

/** Goes on after the top-level statement around the cursor; false at the end of what could be read. */
function goToNextStatement(cursor: Cursor): boolean {
  const next = nextStatement(cursor);
  cursor.index = next ?? cursor.tokens.kinds.length - 1;
  return next !== undefined;
}

function indentation(kind: number | undefined): number {
  return kind === T.Indent ? 1 : kind === T.Dedent ? -1 : 0;
}

/** After text that is no token, the next line that can only start a statement. */
function nextDefinition(tokens: Tokens, after: number): number | undefined {
  if (tokens.error === undefined || isTripleQuoted(tokens)) return undefined;
  const line = /^(?:async +def|def|class|import|from|@)\b/gm;
  line.lastIndex = after;
  return line.exec(tokens.text)?.index;
}
