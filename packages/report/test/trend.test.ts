import type { HistoryEntry } from '../src/data';
import { changeOf, forecast } from '../src/trend';

const DAY = 24 * 60 * 60 * 1000;
const START = Date.parse('2026-01-01T00:00:00Z');

/** One run a day with so many findings. */
function history(...open: readonly number[]): readonly HistoryEntry[] {
  return open.map((errors, day) => ({
    date: new Date(START + day * DAY).toISOString(),
    files: 1,
    errors,
    warnings: 0,
    fixable: 0,
    rules: {},
    impacts: {},
  }));
}

test('a steady fall ends where the line meets zero', () => {
  const ahead = forecast(history(100, 98, 96, 94));
  expect(ahead).toMatchObject({ kind: 'falling', perWeek: expect.closeTo(14) as number });
  expect(ahead.kind === 'falling' ? ahead.end : undefined).toBeCloseTo(START + (3 + 47) * DAY, -3);
});

test.each([
  ['unknown', []],
  ['unknown', [5]],
  ['done', [5, 0]],
  ['steady', [5, 5, 5]],
  ['growing', [5, 6, 8]],
] as const)('%s: %j', (kind, open) => {
  expect(forecast(history(...open)).kind).toBe(kind);
});

test('two runs at one time say nothing about the pace', () => {
  const [first] = history(5, 3);
  expect(forecast([first, { ...first, errors: 3 }] as readonly HistoryEntry[]).kind).toBe('unknown');
});

test('years away is no date', () => {
  expect(forecast(history(10_000, 10_000, 9_999))).toMatchObject({ kind: 'falling', end: undefined });
});

test('only the latest runs count', () => {
  const long = history(...Array.from({ length: 50 }, (_, day) => 1000 - 10 * day), ...Array<number>(30).fill(500));
  expect(forecast(long).kind).toBe('steady');
});

test('the change is against the run before', () => {
  expect(changeOf(history(9, 7, 4))).toBe(-3);
  expect(changeOf(history(4))).toBeUndefined();
});
