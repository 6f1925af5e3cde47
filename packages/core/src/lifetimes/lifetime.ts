/**
 * The result of the analysis: what becomes of each acquisition. Plain data over AST nodes; rules turn lifetimes into
 * diagnostics and fixers read them as evidence.
 */
import type { AnyFunction, Call, Expression, Module, Statement } from '../syntax/ast';
import type { AcquireRow } from '../resources/model';
import type { Span } from '../text/span';

/** On which paths the release is missing (design: `data.path`). */
export type Verdict = 'all' | 'some' | 'exception';

/** How the resource is held directly after the acquisition. */
export type Holding =
  /** `x = acquire()` (also tuple elements, walrus, annotated assignment). */
  | { readonly kind: 'name'; readonly name: string; readonly statement: Statement }
  /** `self.x = acquire()`. */
  | { readonly kind: 'attribute'; readonly path: string; readonly statement: Statement }
  /** `with acquire() as x`: `name` is undefined without `as`. */
  | { readonly kind: 'with-item'; readonly name: string | undefined; readonly statement: Statement }
  /** `acquire().method(...)`, `json.load(acquire())`: used once inside a larger expression and dropped. */
  | { readonly kind: 'chained'; readonly statement: Statement }
  /** The value of an expression statement. */
  | { readonly kind: 'discarded'; readonly statement: Statement }
  /** Anything else: an element of a display, an argument of an unknown call, a returned value. */
  | { readonly kind: 'other'; readonly statement: Statement };

/** Why the obligation ended without a finding. */
export type HandOver =
  | 'returned'
  | 'yielded'
  | 'stored-in-attribute'
  | 'stored-in-container'
  | 'stored-in-global'
  | 'passed-to-owner'
  | 'passed-to-unknown-call'
  | 'captured-by-closure'
  | 'used-up'
  | 'program-lifetime';

/** What went wrong, from the point of view of somebody who has to repair it. */
export type LossKind =
  /** No path releases it. */
  | 'never-released'
  /** Some normal path leaves without releasing it. */
  | 'lost-on-path'
  /** Only an exception between acquisition and release loses it. */
  | 'lost-on-exception'
  /** `with` on it ends a transaction and leaves it open. */
  | 'with-does-not-close'
  /** Nobody ever holds it: chained or discarded. */
  | 'discarded'
  /** The last handle is overwritten while the resource is live. */
  | 'overwritten'
  /** An attribute owns it and no reachable method of the class releases the attribute. */
  | 'owner-never-releases';

/** One step on the way from the acquisition to the loss, for related locations. */
export interface PathStep {
  readonly kind: 'acquired' | 'may-raise' | 'branch' | 'released' | 'overwritten' | 'leaves' | 'note';
  readonly span: Span;
  readonly message: string;
}

/** The qualified place an acquisition stands in: function, lambda or module. */
export type Region = AnyFunction | Module;

/** One acquisition site and everything that happens to what it acquires. */
export interface Lifetime {
  readonly row: AcquireRow;
  /** The acquiring call: for threads the `start()` call. */
  readonly acquire: Call;
  /** The constructor call: the same as `acquire` except for resources acquired by a method of the result. */
  readonly constructor_: Call;
  /** Name of the factory of this file that was called, when the row does not stand at this call itself. */
  readonly factory: string | undefined;
  readonly region: Region;
  /** Statement that contains `constructor_`. */
  readonly statement: Statement;
  readonly holding: Holding;
  /** Undefined when the site is clean: released on all paths or handed over. */
  readonly verdict: Verdict | undefined;
  readonly loss: LossKind | undefined;
  /** Whether it comes to the loss depends on how the class is used. */
  readonly isPossible?: true;
  readonly handOver: HandOver | undefined;
  readonly path: readonly PathStep[];
  /** Calls (and `with` statements) that release it in this region. */
  readonly releases: readonly (Expression | Statement)[];
  /** Every local name that may hold it in this region, the first holder first. */
  readonly holders: readonly string[];
  /** True when the site can execute again while an earlier result is still live. */
  readonly inLoop: boolean;
  /** Qualified name of the place for people and fingerprints: `Store.load`, `<module>`. */
  readonly qualifiedName: string;
}
