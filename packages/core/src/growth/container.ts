import type { ClassDefinition, Expression, FunctionDefinition, Statement } from '../syntax/ast';
import type { ContainerForm, ContainerRow } from '../resources/tables/containers';
import type { Site } from './visit-sites';

/** Where a container lives: as long as an instance, or as long as the program. */
export type ContainerPlace =
  | { readonly kind: 'instance'; readonly owner: ClassDefinition; readonly name: string }
  | { readonly kind: 'class'; readonly owner: ClassDefinition; readonly name: string }
  | { readonly kind: 'module'; readonly name: string };

/** A list, set, dictionary, deque or queue with a name that outlives the function that fills it. */
export interface Container {
  readonly place: ContainerPlace;
  readonly form: ContainerForm;
  /** Row of its constructor; undefined for displays. */
  readonly row: ContainerRow | undefined;
  /** The display or call that makes it first. */
  readonly creation: Expression;
  readonly uses: readonly ContainerUse[];
}

/** One mention of a container, and what happens to it there. */
export interface ContainerUse {
  readonly effect: ContainerEffect;
  /** The mention: `self.items`, `CACHE`. */
  readonly mention: Expression;
  readonly statement: Statement;
  readonly site: Site;
}

export type ContainerEffect =
  /** Something is added: under `key` for dictionaries; `isInner` when to an element (`self.groups[k].append(x)`). */
  | {
      readonly kind: 'grows';
      readonly method: string;
      readonly added: Expression | undefined;
      readonly key: Expression | undefined;
      readonly isInner: boolean;
    }
  /** Something is taken out, or a part of it is kept. */
  | { readonly kind: 'shrinks' }
  /** The name gets another value. `isFirst` where the place is made: module level, class body, `__init__`. */
  | { readonly kind: 'rebinds'; readonly isFirst: boolean }
  /** Its length is compared with something. */
  | { readonly kind: 'measured' }
  /** A test asks whether `key` is in it. */
  | { readonly kind: 'asked'; readonly key: Expression }
  /** Looked up by `key`. */
  | { readonly kind: 'looked-up'; readonly key: Expression }
  | { readonly kind: 'read' }
  /** Handed to the caller as it is. */
  | { readonly kind: 'exposed' }
  /** Aliased, stored or passed on to what cannot be seen. */
  | { readonly kind: 'escapes' };

/** The method of a class that a use stands in; undefined at module level and in plain functions. */
export function methodOf(use: ContainerUse): FunctionDefinition | undefined {
  return use.site.method;
}
