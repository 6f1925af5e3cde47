import { ITERATES_TO_THE_END } from '../resources/tables/iterates';
import type { Call, Expression } from '../syntax/ast';
import type { SiteContext } from './context';
import { denote } from './denote';
import { handOver, isPending, type State } from './state';

/** `for line in fileinput.input():` closes the last file when there is no line left. */
export function exhaust(iterable: Expression, state: State, { row, site }: SiteContext): State {
  if (row.endsWithIteration !== true || !isPending(state)) return state;
  return iterable === site || denote(iterable, state) === 'handle' ? handOver(state, 'used-up') : state;
}

/** `out.writelines(lines)`, `list(lines)`: whoever is given it takes all there is. */
export function isConsumed({ func }: Call, { project }: SiteContext): boolean {
  const name = project.model.qualifiedName(func);
  return (
    ITERATES_TO_THE_END.has(name ?? '') || (func.kind === 'Attribute' && ITERATES_TO_THE_END.has(`*.${func.attr}`))
  );
}
