import type { Outcomes } from './run-tests';

/** A test that came to something else after fixes. */
export interface Difference {
  readonly test: string;
  readonly before: string;
  readonly after: string;
}

/** Two runs of the unfixed tree and two of the fixed one, test by test. */
export interface Comparison {
  readonly tests: number;
  readonly passed: number;
  /** Tests that differ between two runs of the same tree: they tell nothing. */
  readonly flaky: readonly string[];
  readonly differences: readonly Difference[];
}

/** Compares runs of the same tests; a test that is missing in a run counts as `missing`. */
export function compareRuns(before: readonly Outcomes[], after: readonly Outcomes[]): Comparison {
  const names = [...new Set([...before, ...after].flatMap((outcomes) => Object.keys(outcomes)))].sort();
  const all = (runs: readonly Outcomes[], name: string): readonly string[] => [
    ...new Set(runs.map((outcomes) => outcomes[name] ?? 'missing')),
  ];
  const flaky = names.filter((name) => all(before, name).length > 1 || all(after, name).length > 1);
  const [first = {}] = before;
  const [fixed = {}] = after;
  return {
    tests: Object.keys(first).length,
    passed: Object.values(first).filter((outcome) => outcome === 'passed').length,
    flaky,
    differences: names
      .filter((name) => !flaky.includes(name) && first[name] !== fixed[name])
      .map((test) => ({ test, before: first[test] ?? 'missing', after: fixed[test] ?? 'missing' })),
  };
}
