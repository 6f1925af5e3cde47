import type { Span } from '../../text/span';
import { kindOf, isKeyword, T } from './token';
import { tokenize } from './tokenizer';

/** One token of a logical line. */
export interface LineToken {
  readonly kind: 'name' | 'keyword' | 'string' | 'other';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What Python reads as one line: brackets, strings and backslashes may spread it over several. Comments are left out. */
export interface LogicalLine {
  /** From the first token to the end of the last. */
  readonly start: number;
  readonly end: number;
  /** White space before the first token. */
  readonly indentation: string;
  readonly tokens: readonly LineToken[];
  /** String literals, f-strings from quote to quote. */
  readonly strings: readonly Span[];
}

const STRINGS: ReadonlySet<number> = new Set([T.String, T.FStringStart, T.FStringMiddle, T.FStringEnd]);
const LAYOUT: ReadonlySet<number> = new Set([T.Indent, T.Dedent, T.End, T.Error]);
const FIRST_KEYWORD = kindOf('False');

/** The logical lines of a text, also of one that does not parse; they end where the tokenizer cannot go on. */
export function logicalLines(text: string): readonly LogicalLine[] {
  const { kinds, starts, ends } = tokenize(text);
  const lines: LogicalLine[] = [];
  let tokens: LineToken[] = [];
  let strings: Span[] = [];
  const opened: number[] = [];
  kinds.forEach((kind, index) => {
    const [start = 0, end = 0] = [starts[index], ends[index]];
    if (kind === T.Newline) {
      const [first] = tokens;
      if (first !== undefined) lines.push(lineOf(text, first, tokens, strings));
      tokens = [];
      strings = [];
    } else if (!LAYOUT.has(kind)) {
      tokens.push({ kind: nameOf(kind), text: text.slice(start, end), start, end });
      if (kind === T.String) strings.push({ start, end });
      if (kind === T.FStringStart) opened.push(start);
      if (kind === T.FStringEnd) strings.push({ start: opened.pop() ?? start, end });
    }
  });
  return lines;
}

function lineOf(text: string, first: LineToken, tokens: readonly LineToken[], strings: readonly Span[]): LogicalLine {
  const lineStart = Math.max(text.lastIndexOf('\n', first.start - 1), text.lastIndexOf('\r', first.start - 1)) + 1;
  const last = tokens[tokens.length - 1] ?? first;
  return { start: first.start, end: last.end, indentation: text.slice(lineStart, first.start), tokens, strings };
}

function nameOf(kind: number): LineToken['kind'] {
  if (kind === T.Name) return 'name';
  if (STRINGS.has(kind)) return 'string';
  return kind >= FIRST_KEYWORD && isKeyword(kind) ? 'keyword' : 'other';
}
