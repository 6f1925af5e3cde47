import type { RecordedSite } from './record';

/** What a recording says about a finding. */
export type Observation =
  /** It leaked. */
  | ({ readonly label: 'confirmed' } & Counted)
  /** It was run, and everything was released. */
  | ({ readonly label: 'clean' } & Counted)
  /** It was not run, so nothing is known. */
  | { readonly label: 'never-executed'; readonly rank: number }
  /** The recording cannot say, and why. */
  | { readonly label: 'unknown'; readonly reason: string; readonly rank: number };

interface Counted {
  readonly created: number;
  readonly leaked: number;
  /** How many of the leaked ones the garbage collector freed in the end. */
  readonly collected: number;
  readonly maxAgeSeconds: number;
  /** Function that made it, as the interpreter calls it. */
  readonly function: string;
  /** 0 to 100: how much it matters, as SARIF has it. */
  readonly rank: number;
}

/** Where in the order what was not observed stands: below every confirmed leak, above what was run and is clean. */
const UNOBSERVED_RANK = 45;

/**
 * What was counted at the calls that a finding is about.
 *
 * The share of leaks is estimated as (leaked + 1) / (created + 2), the rule of succession: three of three say more than one
 * of one, and a thousand clean runs more than two.
 */
export function observed(sites: readonly [RecordedSite, ...RecordedSite[]]): Observation {
  const created = sites.reduce((total, site) => total + site.created, 0);
  const leaked = sites.reduce((total, site) => total + site.leaked, 0);
  const collected = sites.reduce((total, site) => total + site.collected, 0);
  const maxAgeSeconds = Math.max(...sites.map((site) => site.maxAgeSeconds));
  const share = (leaked + 1) / (created + 2);
  const counted = { created, leaked, collected, maxAgeSeconds, function: sites[0].function };
  return leaked > 0
    ? { label: 'confirmed', ...counted, rank: round(50 + 50 * share) }
    : { label: 'clean', ...counted, rank: round(40 * share) };
}

export const NEVER_EXECUTED: Observation = { label: 'never-executed', rank: UNOBSERVED_RANK };

export function unknown(reason: string): Observation {
  return { label: 'unknown', reason, rank: UNOBSERVED_RANK };
}

/** In words, for people. */
export function describe(observation: Observation): string {
  switch (observation.label) {
    case 'confirmed':
      return `confirmed: ${observation.leaked} of ${observation.created} leaked${age(observation.maxAgeSeconds)}${collector(observation.collected)}`;
    case 'clean':
      return `exercised and clean: ${observation.created} made, none left open`;
    case 'never-executed':
      return 'never executed';
    case 'unknown':
      return `unknown: ${observation.reason}`;
  }
}

function collector(collected: number): string {
  return collected === 0 ? '' : ` (${collected} closed by the garbage collector only)`;
}

function age(seconds: number): string {
  return seconds < 1 ? '' : `, the oldest open for ${Math.round(seconds)} s`;
}

function round(rank: number): number {
  return Math.round(rank * 10) / 10;
}
