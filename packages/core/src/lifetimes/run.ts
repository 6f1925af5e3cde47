import type { BlockId, Cfg } from '../cfg/graph';
import { solve, type Reached } from '../dataflow/solve';
import { assume, decide } from './condition';
import type { SiteContext } from './context';
import { isPending, release, stateKey, type State } from './state';
import { applyStep } from './transfer';

/** Pairs of block and state that one site may reach: with facts about conditions, and without. */
const STATE_LIMIT = { withFacts: 6_000, withoutFacts: 20_000 } as const;

/** States at the two exits of a region, each with the way it was reached. */
export interface Exits {
  readonly normal: readonly Reached<State>[];
  readonly exceptional: readonly Reached<State>[];
  /** Conditions were left out of account: a path may be one that cannot happen. */
  readonly isRough: boolean;
}

/** Follows one site through the graph; undefined when there are too many paths to say anything. */
export function follow(cfg: Cfg, start: State, context: SiteContext): Exits | undefined {
  const attempt = (isRelevant: (key: string) => boolean, limit: number, isRough: boolean): Exits | undefined => {
    const narrowed = { ...context, conditions: { ...context.conditions, isRelevant } };
    const solution = solve<State>({
      start: { node: cfg.entry, fact: start },
      key: (state) => keyOf(state),
      transfer: (node, state) => transferBlock(cfg, node, state, narrowed),
      limit,
    });
    if (!solution.complete) return undefined;
    return {
      normal: solution.reached.filter(({ node }) => node === cfg.normalExit),
      exceptional: solution.reached.filter(({ node }) => node === cfg.exceptionalExit),
      isRough,
    };
  };
  // Without facts about conditions there are far fewer states; verdicts then rest on the handles alone.
  return (
    attempt(context.conditions.isRelevant, STATE_LIMIT.withFacts, false) ??
    attempt(() => false, STATE_LIMIT.withoutFacts, true)
  );
}

const keys = new WeakMap<State, string>();

function keyOf(state: State): string {
  let key = keys.get(state);
  if (key === undefined) {
    key = stateKey(state);
    keys.set(state, key);
  }
  return key;
}

/** Runs the steps of a block, then takes every edge the state allows. */
function* transferBlock(
  cfg: Cfg,
  node: BlockId,
  before: State,
  context: SiteContext,
): Iterable<{ node: BlockId; fact: State }> {
  const block = cfg.blocks[node];
  if (block === undefined) return;
  let states: readonly State[] = [before];
  // Without a step of its own a block passes on an exception that is already on its way.
  let raised: readonly State[] = [before];
  for (const step of block.steps) {
    const outcomes = states.map((state) => applyStep(step, state, context));
    states = [];
    for (const outcome of outcomes) {
      for (const state of outcome.normal) {
        // A lost resource stays lost whatever follows: its story ends at the exit of the region.
        if (state.status === 'lost' && before.status !== 'lost') yield { node: cfg.normalExit, fact: state };
        else states = [...states, state];
      }
    }
    raised = outcomes.flatMap((outcome) => (outcome.raised === undefined ? [] : [outcome.raised]));
  }
  for (const edge of block.edges) {
    switch (edge.kind) {
      case 'normal':
        for (const fact of states) yield { node: edge.to, fact };
        break;
      case 'exceptional':
        for (const state of raised) {
          // Open when the first exception came: what happens if its handler fails too is nobody's question.
          if (edge.whileHandling === true && state.raised && state.status === 'live') continue;
          yield { node: edge.to, fact: withRaised(state) };
        }
        break;
      case 'branch':
        for (const state of states) {
          const known = decide(edge.condition, state, context.conditions);
          if (known === (edge.outcome ? 'false' : 'true')) continue;
          yield { node: edge.to, fact: refine(edge.condition, edge.outcome, state, context) };
        }
        break;
    }
  }
}

/** An exception drops the temporary values of the statement it leaves. */
function withRaised(state: State): State {
  if (!isPending(state)) return state;
  return { ...state, temporaries: [], wrapperTemporaries: [], raised: true };
}

/** Besides facts, some conditions say that the resource is gone: a thread that is no longer alive needs no join. */
function refine(condition: Parameters<typeof decide>[0], outcome: boolean, state: State, context: SiteContext): State {
  const learned = assume(condition, outcome, state, context.conditions);
  const isCall = condition.kind === 'Call' && condition.func.kind === 'Attribute';
  if (
    !outcome &&
    isCall &&
    condition.func.attr === 'is_alive' &&
    context.conditions.isHandle(condition.func.value, state)
  ) {
    return learned.status === 'live' ? release(learned) : learned;
  }
  return learned;
}
