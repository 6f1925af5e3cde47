import type {
  Call,
  Comprehension,
  Expression,
  FunctionDefinition,
  ClassDefinition,
  Lambda,
  Name,
  Statement,
  WithItem,
} from '../syntax/ast';
import type { Span } from '../text/span';

/** One thing that happens, in evaluation order. Steps that only read names leave no trace. */
export type Step =
  /** The call itself, after its function and arguments were evaluated. */
  | { readonly kind: 'call'; readonly call: Call }
  /** `to` has the value of `from` (branches of a conditional expression, operands of `and`/`or`), or an element of it. */
  | { readonly kind: 'forward'; readonly from: Expression; readonly to: Expression; readonly index?: number }
  /** Binding of one target; `value` is undefined when it is not an expression (loop targets, unpacked parts). */
  | {
      readonly kind: 'assign';
      readonly target: Expression;
      readonly value: Expression | undefined;
      readonly statement: Statement;
      /** Where an unpacked part comes from: `r, w = os.pipe()`. */
      readonly unpacked?: Unpacked;
    }
  | { readonly kind: 'unbind'; readonly name: Name }
  | { readonly kind: 'store-element'; readonly container: Comprehension; readonly element: Expression }
  /** A nested function, lambda, class or lazy generator: it captures the names it mentions. */
  | { readonly kind: 'define'; readonly definition: FunctionDefinition | ClassDefinition | Lambda | Comprehension }
  | { readonly kind: 'enter'; readonly item: WithItem; readonly isAsync: boolean }
  /** End of a `with` block; also on the way of an exception, a `return`, a `break`. */
  | { readonly kind: 'exit'; readonly item: WithItem }
  | { readonly kind: 'return'; readonly value: Expression | undefined; readonly statement: Statement }
  | { readonly kind: 'yield'; readonly value: Expression | undefined; readonly span: Span }
  /** Anything else that can raise: subscripts, `await`, `raise`, `assert`, imports, iteration. */
  | { readonly kind: 'may-raise'; readonly span: Span; readonly what: string }
  /** An iteration over this came to its end. */
  | { readonly kind: 'exhaust'; readonly iterable: Expression }
  /** End of a statement: temporary values are dropped. */
  | { readonly kind: 'end-statement'; readonly statement: Statement };

/** One target of an unpacking assignment, and its position. */
export interface Unpacked {
  readonly from: Expression;
  readonly index: number;
}

export type Edge =
  | { readonly kind: 'normal'; readonly to: BlockId }
  /** Taken when the condition has this outcome. */
  | { readonly kind: 'branch'; readonly to: BlockId; readonly condition: Expression; readonly outcome: boolean }
  /** Taken when the last step of the block raises; a block without steps passes an exception on. */
  | {
      readonly kind: 'exceptional';
      readonly to: BlockId;
      /** In an exception handler: a second failure while the first is handled. */
      readonly whileHandling?: true;
    };

export type BlockId = number;

/** Steps without a branch in between; only the last one may raise. */
export interface BasicBlock {
  readonly id: BlockId;
  readonly steps: Step[];
  readonly edges: Edge[];
}

/** The control flow of one function, lambda or module body. */
export interface Cfg {
  readonly blocks: readonly BasicBlock[];
  readonly entry: BlockId;
  /** Reached by `return` and by falling off the end. */
  readonly normalExit: BlockId;
  /** Reached by an exception that nothing in the region catches. */
  readonly exceptionalExit: BlockId;
}

/** What building needs to know about calls. */
export interface CallFacts {
  neverRaises(call: Call): boolean;
  neverReturns(call: Call): boolean;
  /** The function that is called loops for ever: it can raise, but not come back. */
  loopsForever(call: Call): boolean;
  /** `with` on this value swallows exceptions. */
  suppresses(context: Expression): boolean;
}
