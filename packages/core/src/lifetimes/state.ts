import type { Call, Expression, WithItem } from '../syntax/ast';
import type { Span } from '../text/span';
import type { HandOver, LossKind } from './lifetime';

/**
 * What is known about one acquisition site at one point of one path. The analysis runs once per site, so a state speaks
 * of a single resource; the set of states at a point is the lattice value (powerset, joined by union).
 *
 *     absent → created → live → released        created: constructed, not yet acquired (a thread before start)
 *                         ├──→ gone             gone: somebody else has the obligation
 *                         ├──→ stored           stored: an attribute of `self` has it
 *                         └──→ lost             lost: the last handle went away while it was live
 */
export type Status = 'absent' | 'created' | 'live' | 'released' | 'gone' | 'stored' | 'lost';

/** What a path knows about a name, from assignments of constants and from the branches it took. */
export type Truth = 'true' | 'false' | 'none' | 'not-none';

export interface State {
  readonly status: Status;
  /** Names and dotted paths that hold the resource, sorted. */
  readonly holders: readonly string[];
  /**
   * Names of objects that were given the resource by an unknown call and may own it, sorted. A name followed by `()`
   * holds the release method itself (`close = stream.close`).
   */
  readonly wrappers: readonly string[];
  /** Expressions of the current statement whose value is the resource. */
  readonly temporaries: readonly Expression[];
  readonly wrapperTemporaries: readonly Expression[];
  /** `with` items whose exit releases it. */
  readonly managed: readonly WithItem[];
  readonly facts: ReadonlyMap<string, Truth>;
  /** An exception passed while it was live. */
  readonly raised: boolean;
  /** How it was handed over; set with `gone` and `stored`. */
  readonly handOver: HandOver | undefined;
  /** The call that acquired, where that is not the constructor. */
  readonly acquiredBy: Call | undefined;
  /** Attribute path of the owner (`self.conn`, `self.pool[]`), once stored. */
  readonly attribute: string | undefined;
  /** Set with `lost`. */
  readonly loss: { readonly kind: LossKind; readonly span: Span } | undefined;
}

export const INITIAL: State = {
  status: 'absent',
  holders: [],
  wrappers: [],
  temporaries: [],
  wrapperTemporaries: [],
  managed: [],
  facts: new Map(),
  raised: false,
  handOver: undefined,
  acquiredBy: undefined,
  attribute: undefined,
  loss: undefined,
};

function spanKey(spans: readonly { readonly span: Span }[]): string {
  return spans.map(({ span }) => `${String(span.start)}-${String(span.end)}`).join(',');
}

/** Two states with the same key are the same. */
export function stateKey(state: State): string {
  const facts = [...state.facts].map(([name, truth]) => `${name}=${truth}`).sort();
  return [
    state.status,
    state.holders.join(','),
    state.wrappers.join(','),
    spanKey(state.temporaries),
    spanKey(state.wrapperTemporaries),
    spanKey(state.managed),
    state.raised ? 'raised' : '',
    state.handOver ?? '',
    state.acquiredBy === undefined ? '' : String(state.acquiredBy.span.start),
    state.attribute ?? '',
    state.loss === undefined ? '' : `${state.loss.kind}@${String(state.loss.span.start)}`,
    facts.join(';'),
  ].join('|');
}

export function isPending(state: State): boolean {
  return state.status === 'live' || state.status === 'created';
}

/** The obligation ended: nothing about handles matters any more. */
function settled(state: State, status: Status, rest: Partial<State> = {}): State {
  return { ...INITIAL, facts: state.facts, status, ...rest };
}

export function acquire(state: State, status: 'created' | 'live', handle: Expression): State {
  return { ...INITIAL, facts: state.facts, status, temporaries: [handle] };
}

export function release(state: State): State {
  return settled(state, 'released');
}

/** Inside a `with` block that releases it nothing is handed over, wherever the object is kept: it will be closed. */
export function handOver(state: State, how: HandOver, attribute?: string): State {
  if (state.managed.length > 0) return state;
  return settled(state, 'gone', { handOver: how, attribute });
}

/** Stored in an attribute of `self`; the path stays a holder, so that a release of it in the same function counts. */
export function store(state: State, path: string): State {
  if (state.managed.length > 0) return state;
  const holders = withName(state.holders, path);
  if (state.status === 'created') return { ...state, holders, attribute: path };
  return settled(state, 'stored', {
    holders,
    wrappers: state.wrappers,
    handOver: 'stored-in-attribute',
    attribute: path,
  });
}

export function lose(state: State, kind: LossKind, span: Span): State {
  return { ...settled(state, 'lost'), acquiredBy: state.acquiredBy, raised: state.raised, loss: { kind, span } };
}

/** True when no handle is left through which it could be released. */
export function isUnreachable(state: State): boolean {
  return (
    state.holders.length === 0 &&
    state.temporaries.length === 0 &&
    state.managed.length === 0 &&
    state.wrappers.length === 0
  );
}

export function withName(names: readonly string[], name: string): readonly string[] {
  return names.includes(name) ? names : [...names, name].sort();
}

export function withoutName(names: readonly string[], name: string): readonly string[] {
  return names.includes(name) ? names.filter((other) => other !== name) : names;
}

/** Drops what the state knows about a name and everything that mentions it. */
export function forget(state: State, name: string): State {
  if (state.facts.size === 0) return state;
  const mentions = (fact: string): boolean => fact === name || fact.startsWith(`${name}.`) || fact.startsWith('(');
  const facts = new Map(
    [...state.facts].filter(([fact]) => !mentions(fact) || (fact.startsWith('(') && !mentionsName(fact, name))),
  );
  return { ...state, facts };
}

/** Opaque conditions are kept as `(text)`; they end with any name in them. */
function mentionsName(fact: string, name: string): boolean {
  return new RegExp(`\\b${name.replace(/[^\w]/g, '\\$&')}\\b`).test(fact);
}

export function learn(state: State, name: string, truth: Truth): State {
  if (state.facts.get(name) === truth) return state;
  return { ...state, facts: new Map(state.facts).set(name, truth) };
}
