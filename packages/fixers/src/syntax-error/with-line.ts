import type { LogicalLine } from '@pylint-leaks/core';

/** What is left of an acquisition in a line that a search and replace has turned into a broken `with`. */
export interface WithLine {
  /** `self` of `self.with connect(p) as conn:`. */
  readonly receiver: string | undefined;
  /** The context expression, with what of it stands behind the colon. */
  readonly context: string;
  /** The name behind `as`. */
  readonly name: string | undefined;
  /** True when something of it does, so that the line itself is broken. */
  readonly isUnbalanced: boolean;
}

/**
 * Reads `self.with connect(str(p) as conn:)`, `with connect(p) as conn:` and `with connect(str(p) as conn:)`; undefined for
 * any other line, several context expressions included.
 */
export function readWithLine(line: LogicalLine, text: string): WithLine | undefined {
  const { tokens } = line;
  const at = tokens[0]?.text === 'with' ? 0 : 2;
  const isDotted = at === 2 && tokens[0]?.kind === 'name' && tokens[1]?.text === '.';
  const keyword = tokens[at];
  if (keyword?.kind !== 'keyword' || keyword.text !== 'with' || (at === 2 && !isDotted)) return undefined;
  const rest = tokens.slice(at + 1);
  const asAt = rest.findIndex(({ kind, text: each }) => kind === 'keyword' && each === 'as');
  const colonAt = rest.map(({ text: each }) => each).lastIndexOf(':');
  const contextEnd = asAt >= 0 ? asAt : colonAt;
  const context = rest.slice(0, contextEnd);
  const [first, last] = [context[0], context[context.length - 1]];
  if (first === undefined || last === undefined || colonAt < 0) return undefined;
  const named = asAt >= 0 ? rest[asAt + 1] : undefined;
  if (asAt >= 0 && named?.kind !== 'name') return undefined;
  // Behind the name there is the colon, and what of the call belongs before `as`: `with connect(str(p) as conn:, timeout=1)`.
  const tail = rest.slice(asAt >= 0 ? asAt + 2 : colonAt);
  const colon = tail.findIndex(({ text: each }) => each === ':');
  const before = tail.slice(0, colon).every(({ text: each }) => each === ')');
  const [left, right] = [tail[colon + 1], tail[tail.length - 1]];
  const moved =
    tail
      .slice(0, colon)
      .map(({ text: each }) => each)
      .join('') + (left === undefined || right === undefined ? '' : text.slice(left.start, right.end));
  const all = [...context, ...tail.filter((_, index) => index !== colon)].map(({ text: each }) => each);
  if (colon < 0 || !before || !isBalanced(all)) return undefined;
  return {
    receiver: isDotted ? tokens[0]?.text : undefined,
    context: text.slice(first.start, last.end) + moved,
    name: named?.text,
    isUnbalanced: moved !== '',
  };
}

/** True when every bracket is closed by its own, and no comma stands outside of them. */
function isBalanced(tokens: readonly string[]): boolean {
  const open: string[] = [];
  for (const token of tokens) {
    if (/^[([{]$/.test(token)) open.push(token);
    else if (/^[)\]}]$/.test(token) && open.pop() !== { ')': '(', ']': '[', '}': '{' }[token]) return false;
    else if (token === ',' && open.length === 0) return false;
  }
  return open.length === 0;
}
