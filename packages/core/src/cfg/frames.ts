import type { Block, Statement, WithItem } from '../syntax/ast';
import type { BlockId } from './graph';

/**
 * What surrounds the statement being built, innermost last. Leaving a frame runs what it holds: a copy of the `finally`
 * suite, or the exit of a `with` item. One copy is made for each way out (exception, return, break, continue), because
 * a shared copy would mix paths that end in different places.
 *
 *        try body ──┬─ normal ──→ finally (copy 1) ──→ after
 *                   ├─ raises ──→ finally (copy 2) ──→ outer handler
 *                   └─ return ──→ finally (copy 3) ──→ outer frame … → exit
 */
export type Frame =
  | { readonly kind: 'finally'; readonly suite: Block; readonly exits: Map<string, BlockId> }
  | {
      readonly kind: 'with';
      readonly item: WithItem;
      readonly swallowTo: BlockId | undefined;
      /** No exception gets past it. */
      readonly swallowsAll: boolean;
      readonly exits: Map<string, BlockId>;
    }
  | HandlersFrame
  | { readonly kind: 'loop'; readonly breakTo: BlockId; readonly continueTo: BlockId; readonly statement: Statement };

/** Where exceptions of a `try` body go; `quiet` are blocks that end in a call that is taken never to raise. */
export interface HandlersFrame {
  readonly kind: 'handlers';
  readonly dispatch: BlockId;
  readonly quiet: BlockId[];
}

/** A way to leave several frames at once. */
export type Leaving = 'exception' | 'return' | 'break' | 'continue';
