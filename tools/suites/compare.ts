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

/**
 * Compares runs of the same tests; a test that is missing in a run counts as `missing`.
 *
 * @throws Error when no test passed before: what cannot break proves nothing.
 */
export function compareRuns(before: readonly Outcomes[], after: readonly Outcomes[]): Comparison {
  const names = [...new Set([...before, ...after].flatMap((outcomes) => Object.keys(outcomes)))].sort();
  const all = (runs: readonly Outcomes[], name: string): readonly string[] => [
    ...new Set(runs.map((outcomes) => outcomes[name] ?? 'missing')),
  ];
  const flaky = names.filter((name) => all(before, name).length > 1 || all(after, name).length > 1);
  const [first = {}] = before;
  const [fixed = {}] = after;
  const tests = Object.keys(first).length;
  const passed = Object.values(first).filter((outcome) => outcome === 'passed').length;
  if (passed === 0)
    throw new Error(`none of ${String(tests)} tests passes before the fixes: is what they need installed?`);
  return {
    tests,
    passed,
    flaky,
    differences: names
      .filter((name) => !flaky.includes(name) && first[name] !== fixed[name])
      .map((test) => ({ test, before: first[test] ?? 'missing', after: fixed[test] ?? 'missing' })),
  };
}
