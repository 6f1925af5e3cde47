/** What a runner counted; a check counts as one. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Something that can be run on its own with `--only`. */
export interface Step {
  readonly name: string;
  readonly run: () => Promise<readonly Tally[]>;
}

export const PASSED: Tally = { passed: 1, failed: 0, skipped: 0 };
export const FAILED: Tally = { passed: 0, failed: 1, skipped: 0 };

/** One thing that was not run, and why. */
export function skipped(what: string, why: string): Tally {
  console.log(`skipped: ${what}: ${why}`);
  return { passed: 0, failed: 0, skipped: 1 };
}

/** Adds up. */
export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (total, each) => ({
      passed: total.passed + each.passed,
      failed: total.failed + each.failed,
      skipped: total.skipped + each.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** The line everything ends with: `12 passed, 0 failed, 1 skipped`. */
export function tallyLine({ passed, failed, skipped: left }: Tally): string {
  return `${passed} passed, ${failed} failed, ${left} skipped`;
}
