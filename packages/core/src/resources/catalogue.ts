import type { AcquireRow, EffectRow } from './model';
import { ACQUIRE_ROWS } from './tables/acquire';
import { ASYNC_ROWS } from './tables/acquire-async';
import { DATABASE_ROWS } from './tables/acquire-database';
import { DEVICE_ROWS } from './tables/acquire-devices';
import { NETWORK_ROWS } from './tables/acquire-network';
import { RUNNING_ROWS } from './tables/acquire-running';
import { STREAM_ROWS } from './tables/acquire-streams';
import { EFFECT_ROWS } from './tables/effects';
import { EXPECTS_RAISE, NEVER_RAISES, NEVER_RETURNS, SUPPRESSORS } from './tables/never-raises';
import { TYPE_FACTS } from './tables/types';

/** Every acquire row of the built-in tables. */
export const ALL_ACQUIRE_ROWS: readonly AcquireRow[] = [
  ...ACQUIRE_ROWS,
  ...ASYNC_ROWS,
  ...DATABASE_ROWS,
  ...DEVICE_ROWS,
  ...NETWORK_ROWS,
  ...RUNNING_ROWS,
  ...STREAM_ROWS,
];

/** Names of methods that release something, whatever it is. */
export const ALL_RELEASES: ReadonlySet<string> = new Set(ALL_ACQUIRE_ROWS.flatMap(({ release }) => release));

/** The tables, indexed for lookup by qualified name. */
export interface Catalogue {
  acquire(qualifiedName: string): AcquireRow | undefined;
  /** Rows for a call, exact name first, else rows for its method name on any receiver. */
  effects(qualifiedName: string | undefined, method: string | undefined): readonly EffectRow[];
  neverRaises(qualifiedName: string | undefined, method: string | undefined): boolean;
  neverReturns(qualifiedName: string | undefined, method: string | undefined): boolean;
  /** `with` on this call expects an exception. */
  expectsRaise(qualifiedName: string | undefined, method: string | undefined): boolean;
  suppresses(qualifiedName: string | undefined, method: string | undefined): boolean;
  readonly types: ReadonlyMap<string, string>;
}

/** Rows that a project adds to the built-in tables. */
export interface CatalogueAdditions {
  /** Calls that take ownership of every argument: the import path of a thread manager, … */
  readonly ownerCalls: readonly string[];
}

/** Builds the catalogue from the built-in tables and a project's additions; a project's row wins. */
export function createCatalogue(additions: CatalogueAdditions): Catalogue {
  const acquire = new Map<string, AcquireRow>(ALL_ACQUIRE_ROWS.map((row) => [row.acquire, row]));
  const effects = new Map<string, EffectRow[]>();
  const owned = additions.ownerCalls.map((call): EffectRow => ({ call, argument: 'any', effect: 'owns' }));
  for (const row of [...owned, ...EFFECT_ROWS]) {
    const rows = effects.get(row.call);
    if (rows === undefined) effects.set(row.call, [row]);
    else rows.push(row);
  }
  const types = new Map(TYPE_FACTS);
  for (const row of ALL_ACQUIRE_ROWS) {
    // The result of the call itself: not a tuple, and not whatever `acquire()` of a lock says.
    if (row.elements === undefined && row.of === undefined) types.set(row.acquire, row.type);
  }
  const either = (set: ReadonlySet<string>) => (name: string | undefined, method: string | undefined) =>
    (name !== undefined && set.has(name)) || (method !== undefined && set.has(`*.${method}`));
  return {
    acquire: (name) => acquire.get(name),
    effects: (name, method) =>
      (name === undefined ? undefined : effects.get(name)) ??
      (method === undefined ? undefined : effects.get(`*.${method}`)) ??
      [],
    neverRaises: either(NEVER_RAISES),
    neverReturns: either(NEVER_RETURNS),
    expectsRaise: either(EXPECTS_RAISE),
    suppresses: either(SUPPRESSORS),
    types,
  };
}
