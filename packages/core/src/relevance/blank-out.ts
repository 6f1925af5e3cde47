import { T, type Tokens } from '../syntax/compile-errors/token';
import type { Unit } from './outline';

/**
 * The text with the bodies of definitions that are not kept blanked out: of the same length, so that every place in it is
 * that of the file. Headers stay, because they bind names; `0` stands for a body.
 */
export function blankOut(tokens: Tokens, units: readonly Unit[], kept: ReadonlySet<Unit>): string {
  const { kinds, starts, ends, text } = tokens;
  let result = '';
  let position = 0;
  for (const unit of units) {
    const isDropped = unit.kind !== 'statement' && !kept.has(unit);
    if (!isDropped || (unit.owner !== undefined && !kept.has(unit.owner))) continue;
    let last = unit.to - 1;
    while (kinds[last] === T.Newline || kinds[last] === T.Dedent || kinds[last] === T.Indent) last--;
    const start = starts[unit.body] ?? text.length;
    const end = ends[last] ?? start;
    if (last < unit.body || end <= start) continue;
    result += `${text.slice(position, start)}0${' '.repeat(end - start - 1)}`;
    position = end;
  }
  return result + text.slice(position);
}
