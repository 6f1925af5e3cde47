import type { Case, CaseConfig } from './case';

/** What fixing the code of a case gave. */
export interface FixedCode {
  readonly text: string;
  /** Why findings that are left have no fix. */
  readonly refusals: readonly string[];
}

/** Fixes the code of a case until nothing changes; handed in so that the runner knows no fixer. */
export type FixFunction = (code: string, config: CaseConfig, applicability: 'safe' | 'unsafe') => FixedCode;

/** One way in which a fixer case does not hold. */
export interface FixProblem {
  readonly kind:
    | 'says-nothing'
    | 'wrong-safe-fix'
    | 'wrong-unsafe-fix'
    | 'not-idempotent'
    | 'missing-refusal'
    | 'expectation-comment';
  readonly text: string;
}

/**
 * Compares what the fixers make of a case with its blocks. Safe fixes give the `fixed` block, or leave the code as it is
 * when there is none; with unsafe fixes they give `fixed-unsafe`, or the same as the safe ones.
 *
 * @returns every mismatch; empty when the case holds.
 */
export function checkFixerCase(testCase: Case, fix: FixFunction): readonly FixProblem[] {
  const problems: FixProblem[] = [];
  const add = (kind: FixProblem['kind'], sentence: string): void => {
    problems.push({ kind, text: `${testCase.file}:${testCase.line}: "${testCase.name}": ${sentence}` });
  };
  const { fixed, fixedUnsafe, refusals } = testCase;
  if (fixed === undefined && fixedUnsafe === undefined && refusals.length === 0) {
    add('says-nothing', 'a fixer case needs a fixed block, a fixed-unsafe block or a no-fix line');
  }
  if (testCase.expectations.length > 0) {
    add('expectation-comment', 'fixer cases have no expectation comments: they would be part of the expected text');
  }
  const expectedSafe = fixed ?? testCase.code;
  const safe = fix(testCase.code, testCase.config, 'safe');
  if (safe.text !== expectedSafe) add('wrong-safe-fix', `safe fixes:\n${difference(expectedSafe, safe.text)}`);
  const expectedUnsafe = fixedUnsafe ?? expectedSafe;
  const unsafe = fix(testCase.code, testCase.config, 'unsafe');
  if (unsafe.text !== expectedUnsafe) {
    add('wrong-unsafe-fix', `safe and unsafe fixes:\n${difference(expectedUnsafe, unsafe.text)}`);
  }
  for (const [name, first] of [
    ['safe', safe],
    ['unsafe', unsafe],
  ] as const) {
    const again = fix(first.text, testCase.config, name);
    if (again.text !== first.text) add('not-idempotent', `${name} fixes again:\n${difference(first.text, again.text)}`);
  }
  for (const part of refusals) {
    const reasons = [...safe.refusals, ...unsafe.refusals];
    if (!reasons.some((reason) => reason.includes(part))) {
      add('missing-refusal', `no fixer refused with "${part}"; reasons: ${reasons.join(' | ') || 'none'}`);
    }
  }
  return problems;
}

/** Shows both texts line by line with invisible characters spelt out, from the first line that differs. */
function difference(expected: string, actual: string): string {
  const [left, right] = [expected, actual].map((text) => text.split(/(?<=\n)/)) as [string[], string[]];
  let same = 0;
  while (same < left.length && left[same] === right[same]) same++;
  const show = (sign: string, lines: readonly string[]): string[] =>
    lines.slice(same).map((line) => `${sign} ${JSON.stringify(line).slice(1, -1)}`);
  return [`from line ${same + 1}:`, ...show('-', left), ...show('+', right)].join('\n');
}
