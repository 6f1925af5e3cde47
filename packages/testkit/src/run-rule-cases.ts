import type { Case, CaseConfig, Expectation, Finding, NeighbourFile } from './case';

/** Lints the code of a case; handed in so that the runner knows no rule. */
export type LintFunction = (code: string, config: CaseConfig, beside: readonly NeighbourFile[]) => readonly Finding[];

/** One way in which a case does not hold. */
export interface CaseProblem {
  readonly kind:
    | 'missing'
    | 'unexpected'
    | 'wrong-severity'
    | 'wrong-path'
    | 'wrong-message'
    | 'known-mistake-works'
    | 'unknown-rule';
  /** 1-based line of the code. */
  readonly line: number;
  /** `file:line: sentence`, with the line of the file. */
  readonly text: string;
}

/**
 * Compares what the rules report on a case with what its comments say. A case without comments expects silence.
 *
 * @param knownRules - ids of all rules; an expectation for another id could never be met.
 * @returns every mismatch, in order of lines; empty when the case holds.
 */
export function checkRuleCase(
  testCase: Case,
  lint: LintFunction,
  knownRules: ReadonlySet<string>,
): readonly CaseProblem[] {
  const left = [...lint(testCase.code, testCase.config, testCase.beside)];
  const problems: CaseProblem[] = [];
  const add = (kind: CaseProblem['kind'], line: number, sentence: string): void => {
    problems.push({ kind, line, text: `${testCase.file}:${testCase.codeLine + line - 1}: ${sentence}` });
  };
  for (const expected of testCase.expectations) {
    if (!knownRules.has(expected.ruleId)) add('unknown-rule', expected.line, `there is no rule ${expected.ruleId}`);
  }
  // Plain expectations take their findings first, so a known mistake never takes a finding that was expected.
  for (const expected of testCase.expectations) {
    if (expected.kind === 'error' || expected.kind === 'warning') takeExpected(expected, left, add);
  }
  for (const expected of testCase.expectations) {
    if (expected.kind === 'false-positive' || expected.kind === 'false-negative') takeKnown(expected, left, add);
  }
  for (const finding of left) add('unexpected', finding.line, `unexpected ${show(finding)}`);
  return problems.sort((a, b) => a.line - b.line);
}

type Add = (kind: CaseProblem['kind'], line: number, sentence: string) => void;
type PlainExpectation = Extract<Expectation, { kind: 'error' | 'warning' }>;
type KnownMistake = Exclude<Expectation, PlainExpectation>;

function takeExpected(expected: PlainExpectation, left: Finding[], add: Add): void {
  const here = left.filter((finding) => finding.line === expected.line && finding.ruleId === expected.ruleId);
  const best = here.find((finding) => fits(expected, finding)) ?? here[0];
  if (best === undefined) {
    add('missing', expected.line, `expected ${expected.kind} [${expected.ruleId}], nothing was reported here`);
    return;
  }
  left.splice(left.indexOf(best), 1);
  if (best.severity !== expected.kind) {
    add('wrong-severity', expected.line, `expected severity ${expected.kind}, got ${show(best)}`);
  }
  if (expected.path !== undefined && best.path !== expected.path) {
    add('wrong-path', expected.line, `expected path "${expected.path}", got ${show(best)}`);
  }
  if (expected.messageId !== undefined && best.messageId !== expected.messageId) {
    add('wrong-message', expected.line, `expected messageId ${expected.messageId}, got ${show(best)}`);
  }
}

function fits(expected: PlainExpectation, finding: Finding): boolean {
  return (
    finding.severity === expected.kind &&
    (expected.path === undefined || finding.path === expected.path) &&
    (expected.messageId === undefined || finding.messageId === expected.messageId)
  );
}

function takeKnown(expected: KnownMistake, left: Finding[], add: Add): void {
  const index = left.findIndex((finding) => finding.line === expected.line && finding.ruleId === expected.ruleId);
  const isReported = index >= 0;
  if (isReported) left.splice(index, 1);
  if (isReported !== (expected.kind === 'false-positive')) {
    const now = isReported ? 'is reported now' : 'is not reported any more';
    add(
      'known-mistake-works',
      expected.line,
      `known mistake now works: make it a plain case ([${expected.ruleId}] ${now}; ${expected.reason})`,
    );
  }
}

function show(finding: Finding): string {
  const path = finding.path === undefined ? '' : ` ${finding.path}`;
  return `${finding.severity} [${finding.ruleId}]${path} messageId=${finding.messageId}`;
}
