import type { HistoryEntry } from './data';

const DAY = 24 * 60 * 60 * 1000;

/** Older runs say little about the pace of today. */
const RUNS_THAT_COUNT = 30;

/** A pace below this many findings a day is none. */
const STANDSTILL = 0.01;

/** A forecast beyond this many days is a number without a meaning. */
const HORIZON = 3 * 365;

/** Where the number of findings is going. */
export type Forecast =
  /** Fewer than two runs on different times. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'done' }
  | { readonly kind: 'steady' }
  | { readonly kind: 'growing'; readonly perWeek: number }
  /** `end`: milliseconds since 1970 when none would be left; undefined when that is years away. */
  | { readonly kind: 'falling'; readonly perWeek: number; readonly end: number | undefined };

export function timeOf({ date }: HistoryEntry): number {
  return Date.parse(date);
}

export function openOf({ errors, warnings }: HistoryEntry): number {
  return errors + warnings;
}

/** A straight line (least squares) through the latest runs, carried on to zero from where the last run stands. */
export function forecast(history: readonly HistoryEntry[]): Forecast {
  const runs = history.slice(-RUNS_THAT_COUNT);
  const last = runs.at(-1);
  if (last === undefined) return { kind: 'unknown' };
  if (openOf(last) === 0) return { kind: 'done' };
  const slope = slopePerDay(runs);
  if (slope === undefined) return { kind: 'unknown' };
  if (Math.abs(slope) < STANDSTILL) return { kind: 'steady' };
  const perWeek = Math.abs(slope) * 7;
  if (slope > 0) return { kind: 'growing', perWeek };
  const days = openOf(last) / -slope;
  return { kind: 'falling', perWeek, end: days > HORIZON ? undefined : timeOf(last) + days * DAY };
}

function slopePerDay(runs: readonly HistoryEntry[]): number | undefined {
  const days = runs.map((run) => timeOf(run) / DAY);
  const open = runs.map(openOf);
  const meanDay = mean(days);
  const meanOpen = mean(open);
  let above = 0;
  let below = 0;
  for (const [index, day] of days.entries()) {
    above += (day - meanDay) * ((open[index] ?? 0) - meanOpen);
    below += (day - meanDay) ** 2;
  }
  return below === 0 ? undefined : above / below;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** How the number of findings changed since the run before; undefined for the first one. */
export function changeOf(history: readonly HistoryEntry[]): number | undefined {
  const [before, last] = history.slice(-2);
  return before === undefined || last === undefined ? undefined : openOf(last) - openOf(before);
}
