import { createCatalogue } from '../../src/resources/catalogue';
import type { AcquireRow, EffectRow } from '../../src/resources/model';
import { ACQUIRE_ROWS } from '../../src/resources/tables/acquire';
import { EFFECT_ROWS } from '../../src/resources/tables/effects';
import { NEVER_RAISES, NEVER_RETURNS, SUPPRESSORS } from '../../src/resources/tables/never-raises';

const acquireRows: readonly AcquireRow[] = ACQUIRE_ROWS;
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

it('has one acquire row for each name, sorted', () => {
  const names = acquireRows.map(({ acquire }) => acquire);
  expect(names).toEqual([...new Set(names)].sort(byCodePoint));
});

it('gives every acquire row a release, and a type that is a qualified name', () => {
  for (const { acquire, release, type } of acquireRows) {
    expect([acquire, release.length > 0]).toEqual([acquire, true]);
    expect(type).toMatch(/^\w+(\.\w+)+$/);
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
