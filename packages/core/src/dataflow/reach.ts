import type { BlockId, Cfg, Edge } from '../cfg/graph';
import { solve } from './solve';

/** Whether control can get from the entry of a graph to a block, by whatever edges. */
export function reaches(cfg: Cfg, target: BlockId): boolean {
  const { reached } = solve<true>({
    start: { node: cfg.entry, fact: true },
    key: () => '',
    transfer: (node) =>
      (cfg.blocks[node]?.edges ?? []).filter(isPossible).map(({ to }) => ({ node: to, fact: true as const })),
    limit: cfg.blocks.length + 1,
  });
  return reached.some(({ node }) => node === target);
}

/** The way out of `while True` and `while 1` is never taken. */
function isPossible(edge: Edge): boolean {
  if (edge.kind !== 'branch') return true;
  const { condition, outcome } = edge;
  if (condition.kind === 'Number') return /[1-9]/.test(condition.text) === outcome;
  return condition.kind !== 'Constant' || (condition.value === 'True' || condition.value === 'Ellipsis') === outcome;
}
