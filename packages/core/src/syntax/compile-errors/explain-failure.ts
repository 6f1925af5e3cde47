import type { Cursor, Failure } from './cursor';
import { parseExpression, parseStarExpressions } from './parse-expression';
import type { SyntaxProblem } from './problem';
import { kindOf, T } from './token';

const EQUALS = kindOf('=');

/** Names that may be meant as keywords, so that nothing is said about a comma after them. */
const SOFT_KEYWORDS: ReadonlySet<string> = new Set(['match', 'case', 'type', '_']);
const LEGACY_STATEMENTS: ReadonlySet<string> = new Set(['print', 'exec']);

/**
 * Says what CPython would say when the grammar does not go on (`_PyPegen_set_syntax_error`).
 *
 * @param isOwnRegion - true when the tokenizer read on past the damaged statement, so that an error it found later is
 *   another one. CPython would tell only that one; both are worth telling.
 */
export function explainFailure(cursor: Cursor, failure: Failure, isOwnRegion: boolean): SyntaxProblem {
  const { tokens } = cursor;
  const token = failure.isGeneric ? Math.max(failure.token, cursor.furthest) : failure.token;
  const kind = tokens.kinds[token];
  const isIndentation = kind === T.Indent || kind === T.Dedent;
  const { error } = tokens;
  if (error !== undefined) {
    const open = tokens.openBracket;
    const wins = error.isFinal && !isOwnRegion && !(failure.isGeneric && isIndentation);
    if (kind === T.Error || wins) return problem(error);
    if (open !== undefined && !isOwnRegion && lineBreakBetween(tokens.text, open, failure.span.start)) {
      const detail = `'${tokens.text.charAt(open)}' was never closed`;
      return problem({ code: 'unclosed', span: { start: open, end: open + 1 }, detail });
    }
  }
  if (!failure.isGeneric) return problem(failure);
  const span = cursor.span(token, token + 1);
  if (isIndentation) {
    return problem({
      code: 'indentation',
      span,
      detail: kind === T.Indent ? 'unexpected indent' : 'unexpected unindent',
    });
  }
  return (
    legacyStatement(cursor, token) ??
    missingComma(cursor, token) ??
    backquote(cursor, token) ??
    problem({ code: 'invalid-syntax', span, detail: kind === EQUALS ? ASSIGNMENT_HINT : 'invalid syntax' })
  );
}

const ASSIGNMENT_HINT = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";

function problem(of: Pick<SyntaxProblem, 'code' | 'span' | 'detail'>): SyntaxProblem {
  return { code: of.code, span: of.span, detail: of.detail, related: [] };
}

function lineBreakBetween(text: string, start: number, end: number): boolean {
  return /[\r\n]/.test(text.slice(start, end));
}

/** Moves the cursor to a token, reads, and says where the reading ended; undefined when it failed. */
function readFrom(cursor: Cursor, token: number, read: (cursor: Cursor) => unknown): number | undefined {
  cursor.index = token;
  const failure = cursor.attempt(() => read(cursor));
  return failure === undefined ? cursor.index : undefined;
}

/** `print "x"` and `exec "x"`. */
function legacyStatement(cursor: Cursor, token: number): SyntaxProblem | undefined {
  const name = cursor.text(token - 1);
  if (cursor.tokens.kinds[token - 1] !== T.Name || !LEGACY_STATEMENTS.has(name)) return undefined;
  const end = readFrom(cursor, token, parseStarExpressions);
  if (end === undefined) return undefined;
  const detail = `Missing parentheses in call to '${name}'. Did you mean ${name}(...)?`;
  return problem({ code: 'python-2', span: cursor.span(token - 1, end), detail });
}

/** Two expressions beside each other in brackets. */
function missingComma(cursor: Cursor, token: number): SyntaxProblem | undefined {
  const { tokens, disjunctionStart: from, disjunctionEnd } = cursor;
  if (disjunctionEnd !== token || !cursor.isInsideBrackets(token)) return undefined;
  const isName = tokens.kinds[from] === T.Name;
  const next = tokens.kinds[from + 1];
  if (isName && (next === T.String || next === T.FStringStart || SOFT_KEYWORDS.has(cursor.text(from))))
    return undefined;
  const end = readFrom(cursor, token, parseExpression);
  if (end === undefined || !cursor.isInsideBrackets(end)) return undefined;
  const detail = 'invalid syntax. Perhaps you forgot a comma?';
  return problem({ code: 'invalid-syntax', span: cursor.span(from, end), detail });
}

function backquote(cursor: Cursor, token: number): SyntaxProblem | undefined {
  if (cursor.text(token) !== '`') return undefined;
  return problem({
    code: 'python-2',
    span: cursor.span(token, token + 1),
    detail: 'backquotes are Python 2: call repr()',
  });
}
