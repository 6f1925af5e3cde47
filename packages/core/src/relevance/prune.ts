import { kindOf, T, type Tokens } from '../syntax/compile-errors/token';
import type { Unit } from './outline';

const PASS = kindOf('pass');

/**
 * The tokens without the bodies of definitions that are not kept; `pass` stands for a body, where it was. Headers stay,
 * because they bind names. Every other token keeps its place in the text.
 *
 * @returns the tokens themselves when nothing is left out.
 */
export function prune(tokens: Tokens, units: readonly Unit[], kept: ReadonlySet<Unit>): Tokens {
  const kinds: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let next = 0;
  const copyTo = (index: number): void => {
    for (; next < index; next++) {
      kinds.push(tokens.kinds[next] ?? T.End);
      starts.push(tokens.starts[next] ?? 0);
      ends.push(tokens.ends[next] ?? 0);
    }
  };
  for (const unit of units) {
    const isDropped = unit.kind !== 'statement' && !kept.has(unit);
    if (!isDropped || (unit.owner !== undefined && !kept.has(unit.owner))) continue;
    const last = lastWord(tokens, unit);
    if (last < unit.body) continue;
    copyTo(unit.body);
    kinds.push(PASS);
    starts.push(tokens.starts[unit.body] ?? 0);
    ends.push(tokens.ends[last] ?? 0);
    next = last + 1;
    if (tokens.kinds[next] === T.Newline) copyTo(next + 1);
    // What was indented inside of the body is not there to be dedented.
    next += depthAfter(tokens, unit.body, last);
  }
  if (next === 0) return tokens;
  copyTo(tokens.kinds.length);
  return { ...tokens, kinds, starts, ends };
}

/** The last token of a body that stands in the text. */
function lastWord({ kinds }: Tokens, { to }: Unit): number {
  let last = to - 1;
  while (kinds[last] === T.Newline || kinds[last] === T.Dedent || kinds[last] === T.Indent) last--;
  return last;
}

/** How many more levels are opened than closed between two tokens. */
function depthAfter({ kinds }: Tokens, from: number, to: number): number {
  let depth = 0;
  for (let index = from; index <= to; index++) {
    if (kinds[index] === T.Indent) depth++;
    else if (kinds[index] === T.Dedent) depth--;
  }
  return depth;
}
