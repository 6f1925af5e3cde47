import type { Span } from '../../text/span';
import type { ProblemCode } from './problem';

/** Kinds of tokens. Operators and keywords have a kind each, so that the grammar compares numbers only. */
export const T = {
  End: 0,
  Newline: 1,
  Indent: 2,
  Dedent: 3,
  Name: 4,
  Number: 5,
  /** A whole string literal without interpolations. */
  String: 6,
  FStringStart: 7,
  FStringMiddle: 8,
  FStringEnd: 9,
  /** The tokenizer could not go on here. */
  Error: 10,
  /** A character that starts no token: `$`, `?`, a backquote. */
  Stray: 11,
} as const;

/** Spellings of operators and delimiters; a kind is the index here plus 20. */
const OPERATORS = (
  '( ) [ ] { } , : ; . = -> + - * / // % @ ** | & ^ ~ << >> < > <= >= == != <> := ... ! ' +
  '+= -= *= /= //= %= @= **= |= &= ^= <<= >>='
).split(' ');
const FIRST_OPERATOR = 20;

/** Keywords of Python 3; a kind is the index here plus 100. */
const KEYWORDS = (
  'False None True and as assert async await break class continue def del elif else except finally for from global ' +
  'if import in is lambda nonlocal not or pass raise return try while with yield'
).split(' ');
const FIRST_KEYWORD = 100;

/** Kind of each operator by its spelling. */
export const OPERATOR_KINDS: ReadonlyMap<string, number> = new Map(
  OPERATORS.map((text, index) => [text, FIRST_OPERATOR + index]),
);

/** Kind of each keyword by its spelling. */
export const KEYWORD_KINDS: ReadonlyMap<string, number> = new Map(
  KEYWORDS.map((text, index) => [text, FIRST_KEYWORD + index]),
);

/** The kind of an operator or keyword, for the tables of the grammar. */
export function kindOf(spelling: string): number {
  const kind = OPERATOR_KINDS.get(spelling) ?? KEYWORD_KINDS.get(spelling);
  if (kind === undefined) throw new Error(`no token is spelt ${spelling}`);
  return kind;
}

/** True for keywords, which no name may be. */
export function isKeyword(kind: number): boolean {
  return kind >= FIRST_KEYWORD;
}

/** True for `+=` and its like. */
export function isAugmented(kind: number): boolean {
  return kind >= FIRST_AUGMENTED && kind < FIRST_KEYWORD;
}
const FIRST_AUGMENTED = kindOf('+=');

/**
 * Why the tokenizer stopped. CPython lets `final` errors win over what the grammar found before them; the others count
 * only when the grammar gets to them (`_PyPegen_tokenize_full_source_to_check_for_errors`).
 */
export interface TokenError {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly span: Span;
  readonly isFinal: boolean;
}

/** Tokens of one text as columns of numbers. */
export interface Tokens {
  readonly text: string;
  readonly kinds: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly comments: readonly Span[];
  /** Backslashes that join lines, each with the line end after it. */
  readonly lineContinuations: readonly Span[];
  /** Set when the last token is `T.Error`. */
  readonly error: TokenError | undefined;
  /** Offset of the innermost bracket still open at the end. */
  readonly openBracket: number | undefined;
}
