/**
 * What the tables say about a resource. Rows are plain data: a user's configuration adds rows of the same types.
 */

/** The kind of thing that is held; each rule covers one or more families. */
export type Family = 'sqlite' | 'file' | 'thread';

/**
 * What `with <acquisition>` does on exit.
 * - `closes`: exactly the release.
 * - `closes-and-more`: the release and something else observable (waits, commits, sends QUIT).
 * - `transaction`: ends a transaction and does NOT release.
 * - `binds-other`: releases, but `as` binds another object than the acquisition returns.
 * - `none`: no context manager.
 * - `async`: only `async with` releases.
 */
export type WithBehaviour = 'closes' | 'closes-and-more' | 'transaction' | 'binds-other' | 'none' | 'async';

/** What CPython does with a dropped reference. */
export type Reclaim = 'refcount' | 'cycle' | 'never';

/** One constructor or function whose result must be released. */
export interface AcquireRow {
  /** Qualified name as resolved: `sqlite3.connect`, `builtins.open`, `pathlib.Path.open`. */
  readonly acquire: string;
  readonly family: Family;
  /** Methods of the resource that release it; the first is the canonical one. */
  readonly release: readonly string[];
  readonly with: WithBehaviour;
  readonly reclaim: Reclaim;
  /** Name of the type of the result, for method calls on it and for messages: `sqlite3.Connection`. */
  readonly type: string;
  /** `call`: the call acquires; `start`: calling this method on the result acquires (threads). */
  readonly from?: 'call' | { readonly method: string };
  /** Keyword argument (and its literal value) with which the call owns nothing: `closefd=False`, `fileobj=x`. */
  readonly unless?: readonly {
    readonly keyword: string;
    readonly value?: 'False' | 'True';
    readonly position?: number;
  }[];
  /** One sentence for the message: what a leak of it costs. */
  readonly consequence: string;
}

/** What a call does with a resource that is passed to it. */
export type EffectRow =
  | {
      readonly call: string;
      readonly argument: number | 'any' | 'receiver';
      readonly effect: 'owns' | 'borrows' | 'releases';
    }
  /** The result is a second handle: releasing either releases both. */
  | { readonly call: string; readonly argument: number; readonly effect: 'aliases' };
