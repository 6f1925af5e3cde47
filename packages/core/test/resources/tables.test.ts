import { ALL_ACQUIRE_ROWS, createCatalogue } from '../../src/resources/catalogue';
import type { AcquireRow, EffectRow } from '../../src/resources/model';
import { ACQUIRE_ROWS } from '../../src/resources/tables/acquire';
import { ASYNC_ROWS } from '../../src/resources/tables/acquire-async';
import { DATABASE_ROWS } from '../../src/resources/tables/acquire-database';
import { DEVICE_ROWS } from '../../src/resources/tables/acquire-devices';
import { NETWORK_ROWS } from '../../src/resources/tables/acquire-network';
import { RUNNING_ROWS } from '../../src/resources/tables/acquire-running';
import { STREAM_ROWS } from '../../src/resources/tables/acquire-streams';
import { EFFECT_ROWS } from '../../src/resources/tables/effects';
import { LEFT_OUT } from '../../src/resources/tables/left-out';
import { NEVER_RAISES, NEVER_RETURNS, SUPPRESSORS } from '../../src/resources/tables/never-raises';

const tables: Readonly<Record<string, readonly AcquireRow[]>> = {
  ACQUIRE_ROWS,
  ASYNC_ROWS,
  DATABASE_ROWS,
  DEVICE_ROWS,
  NETWORK_ROWS,
  RUNNING_ROWS,
  STREAM_ROWS,
};
const effectRows: readonly EffectRow[] = EFFECT_ROWS;

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Runs of rows that say the same: a table is written in sections, each sorted. */
function sections(rows: readonly EffectRow[]): readonly (readonly EffectRow[])[] {
  const runs: EffectRow[][] = [];
  for (const row of rows) {
    const run = runs.at(-1);
    const isSame = run?.[0]?.effect === row.effect && run[0].call.startsWith('*.') === row.call.startsWith('*.');
    if (isSame) run.push(row);
    else runs.push([row]);
  }
  return runs;
}

it.each(Object.entries(tables))('keeps the rows of %s sorted', (_, rows) => {
  const names = rows.map(({ acquire }) => acquire);
  expect(names).toEqual([...names].sort(byCodePoint));
});

it('has every row of every table once in the catalogue, and none that is left out', () => {
  const names = ALL_ACQUIRE_ROWS.map(({ acquire }) => acquire);
  expect(names).toHaveLength(Object.values(tables).flat().length);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  expect(names.filter((name) => LEFT_OUT.has(name))).toEqual([]);
});

it('gives every acquire row a release: a method, or a call that takes it', () => {
  const releasing = new Set(effectRows.filter(({ effect }) => effect === 'releases').map(({ call }) => call));
  const released: Readonly<Record<string, string>> = { int: 'os.close', str: 'shutil.rmtree' };
  for (const { acquire, release, type } of ALL_ACQUIRE_ROWS) {
    const isReleasable = release.length > 0 || releasing.has(released[type] ?? '');
    expect([acquire, isReleasable]).toEqual([acquire, true]);
  }
});

it('says one thing about each argument of a call', () => {
  const keys = effectRows.map(({ call, argument }) => `${call} ${String(argument)}`);
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
});

it('keeps the rows of each section sorted', () => {
  for (const run of sections(effectRows)) {
    const calls = run.map(({ call }) => call);
    expect(calls).toEqual([...calls].sort(byCodePoint));
  }
});

it.each([
  ['never raises', NEVER_RAISES],
  ['never returns', NEVER_RETURNS],
  ['suppresses', SUPPRESSORS],
] as const)('keeps the names of what %s sorted: those of functions, then those of methods', (_, names) => {
  const isMethod = (name: string): boolean => name.startsWith('*.');
  const sorted = [...names].sort((a, b) => Number(isMethod(a)) - Number(isMethod(b)) || byCodePoint(a, b));
  expect([...names]).toEqual(sorted);
});

it('lets rows of the project win over the built-in ones, and an exact name over a method name', () => {
  const catalogue = createCatalogue({ ownerCalls: ['json.load', 'app.pool.append'] });
  expect(catalogue.effects('json.load', 'load').map(({ effect }) => effect)).toEqual(['owns', 'borrows']);
  expect(catalogue.effects('app.pool.append', 'append').map(({ call }) => call)).toEqual(['app.pool.append']);
  expect(catalogue.effects('other.append', 'append').map(({ call }) => call)).toEqual(['*.append']);
  expect(catalogue.effects('other.thing', 'thing')).toEqual([]);
  expect(catalogue.effects(undefined, undefined)).toEqual([]);
});
