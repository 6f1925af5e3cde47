import type { BasicBlock, Cfg, Step } from '../cfg/graph';
import { pathTo, type Reached } from '../dataflow/solve';
import type { Call } from '../syntax/ast';
import type { Span } from '../text/span';
import type { PathStep, Region } from './lifetime';
import type { State } from './state';

/** Conditions named in a path; more would hide the point. */
const MAX_BRANCHES = 3;

/** Turns the way to an exit into places a person can follow: acquired, branches, what may raise, where it leaves. */
export function explainPath(cfg: Cfg, witness: Reached<State>, acquire: Call, region: Region): readonly PathStep[] {
  const pairs = pathTo(witness);
  // A pair tells the state before its block: the acquisition is in the block before the first live one.
  const start = pairs.findIndex(({ fact }) => fact.status === 'live' || fact.status === 'lost') - 1;
  const path: PathStep[] = [{ kind: 'acquired', span: acquire.span, message: 'opened here' }];
  const branches: PathStep[] = [];
  let raise: PathStep | undefined;
  let leave: Span | undefined;
  for (let i = Math.max(start, 0); i < pairs.length; i++) {
    const block = cfg.blocks[pairs[i]?.node ?? -1];
    const next = pairs[i + 1];
    if (block === undefined) continue;
    leave = lastReturn(block) ?? leave;
    const edge = next === undefined ? undefined : block.edges.find(({ to }) => to === next.node);
    if (edge?.kind === 'branch') {
      branches.push({
        kind: 'branch',
        span: edge.condition.span,
        message: `when this is ${edge.outcome ? 'true' : 'false'}`,
      });
    } else if (edge?.kind === 'exceptional' && next?.fact.raised === true && raise === undefined) {
      const span = stepSpan(block.steps[block.steps.length - 1]);
      if (span !== undefined) raise = { kind: 'may-raise', span, message: 'an exception here' };
    }
  }
  if (raise !== undefined) path.push(raise);
  else path.push(...branches.slice(-MAX_BRANCHES));
  const { loss } = witness.fact;
  if (loss !== undefined && loss.kind !== 'discarded') {
    path.push({ kind: 'overwritten', span: loss.span, message: 'the last reference is replaced here' });
  } else if (raise === undefined) {
    if (leave !== undefined) path.push({ kind: 'leaves', span: leave, message: 'leaves with it still open' });
    else path.push({ kind: 'leaves', span: endOf(region), message: 'the function ends with it still open' });
  } else if (witness.node === cfg.exceptionalExit)
    path.push({ kind: 'leaves', span: raise.span, message: 'leaves with it still open' });
  else path.push({ kind: 'leaves', span: leave ?? endOf(region), message: 'leaves with it still open' });
  return path;
}

function lastReturn(block: BasicBlock): Span | undefined {
  for (const step of block.steps) if (step.kind === 'return') return step.statement.span;
  return undefined;
}

function stepSpan(step: Step | undefined): Span | undefined {
  switch (step?.kind) {
    case 'call':
      return step.call.span;
    case 'may-raise':
    case 'yield':
      return step.span;
    case 'enter':
      return step.item.span;
    default:
      return undefined;
  }
}

/** The last statement of a region stands for its end. */
function endOf(region: Region): Span {
  if (region.kind === 'Lambda') return region.body.span;
  const { statements } = region.body;
  return statements[statements.length - 1]?.span ?? region.span;
}
