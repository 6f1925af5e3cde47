import type { AcquireRow, EffectRow } from './model';
import { absoluteNames, completeRow, type ProjectRows } from './project-rows';
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
import { inVersion } from './versions';

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

/** Names of methods after which something is closed, whether they are called for that or not. */
export const ALL_FINISHES: ReadonlySet<string> = new Set(
  ALL_ACQUIRE_ROWS.flatMap((row: AcquireRow) => row.finishedBy ?? []),
);

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
  /** Everything that acquires. */
  readonly rows: readonly AcquireRow[];
}

/** What a project adds to the built-in tables, and which versions of packages it uses. */
export interface CatalogueAdditions {
  /** Calls that take ownership of every argument: the import path of a thread manager, … */
  readonly ownerCalls: readonly string[];
  readonly rows?: ProjectRows;
  /** Versions by package, names normalised as on PyPI (`pymysql`); a package that is not named is the newest. */
  readonly packages?: ReadonlyMap<string, string>;
  /** Path of the file that asks; names that it resolves to its own package are matched with the project's rows. */
  readonly path?: string;
}

/** Builds the catalogue from the built-in tables and a project's additions; a project's row wins. */
export function createCatalogue(additions: CatalogueAdditions): Catalogue {
  const catalogue = builtInAndAdded(additions);
  const { rows, path } = additions;
  if (rows === undefined || path === undefined || rows.acquires.length + rows.effects.length === 0) return catalogue;
  const named = (name: string | undefined): string | undefined => {
    if (name === undefined) return undefined;
    const absolute = absoluteNames(path, name);
    return absolute.find((each) => catalogue.acquire(each) ?? catalogue.effects(each, undefined)[0]) ?? name;
  };
  return {
    ...catalogue,
    acquire: (name) => catalogue.acquire(named(name) ?? name),
    effects: (name, method) => catalogue.effects(named(name), method),
  };
}

/** Catalogues that were built, by what was added; all files of a project share one. */
const built = new Map<string, Catalogue>();

/** Settings that are remembered at a time; a run has one for each configuration file. */
const MAX_BUILT = 16;

function builtInAndAdded(additions: CatalogueAdditions): Catalogue {
  const { ownerCalls, rows, packages } = additions;
  const key = JSON.stringify([ownerCalls, rows, [...(packages ?? [])]]);
  const known = built.get(key);
  if (known !== undefined) return known;
  const catalogue = build(additions);
  if (built.size >= MAX_BUILT) built.clear();
  built.set(key, catalogue);
  return catalogue;
}

function build({ ownerCalls, rows, packages = new Map() }: CatalogueAdditions): Catalogue {
  const acquireRows = [
    ...ALL_ACQUIRE_ROWS.map((row) => inVersion(row, packages)),
    ...(rows?.acquires ?? []).map(completeRow),
  ];
  const acquire = new Map<string, AcquireRow>(acquireRows.map((row) => [row.acquire, row]));
  const effects = new Map<string, EffectRow[]>();
  const owned = ownerCalls.map((call): EffectRow => ({ call, argument: 'any', effect: 'owns' }));
  const added = new Set((rows?.effects ?? []).map(({ call }) => call));
  const builtIn = EFFECT_ROWS.filter(({ call }) => !added.has(call));
  for (const row of [...owned, ...(rows?.effects ?? []), ...builtIn]) {
    const list = effects.get(row.call);
    if (list === undefined) effects.set(row.call, [row]);
    else list.push(row);
  }
  const types = new Map(TYPE_FACTS);
  for (const row of acquireRows) {
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
    rows: [...acquire.values()],
  };
}
