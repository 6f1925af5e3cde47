import { checkRuleCase, parseCases, type CaseProblem, type Finding } from '@pylint-leaks/testkit';

const RULES = new Set(['a-rule', 'b-rule']);
const A: Finding = { ruleId: 'a-rule', messageId: 'lost', severity: 'error', line: 1, path: 'some' };

/** Checks one line of code with a comment against findings. */
function check(comment: string, ...findings: readonly Finding[]): readonly CaseProblem[] {
  const [testCase] = parseCases(`## case\n\`\`\`python\nopen(p)${comment}\npass\n\`\`\`\n`, 'cases.md');
  if (testCase === undefined) throw new Error('no case');
  return checkRuleCase(testCase, () => findings, RULES);
}
const kinds = (comment: string, ...findings: readonly Finding[]): readonly string[] =>
  check(comment, ...findings).map((problem) => problem.kind);

describe('checkRuleCase', () => {
  it.each<[string, readonly Finding[]]>([
    ['', []],
    ['  # error: [a-rule]', [A]],
    ['  # error: [a-rule] some messageId=lost', [A]],
    ['  # warning: [a-rule]', [{ ...A, severity: 'warning' }]],
    ['  # error: [a-rule] some # error: [a-rule] all', [{ ...A, path: 'all' }, A]],
    ['  # false-positive: [a-rule] because', [A]],
    ['  # false-negative: [a-rule] because', []],
    ['  # error: [a-rule] some # false-positive: [a-rule] twice', [A, { ...A, path: 'all' }]],
  ])('accepts %j with what it expects', (comment, findings) => {
    expect(check(comment, ...findings)).toEqual([]);
  });

  it('reports an expected finding that is missing, with the line of the file', () => {
    expect(check('  # error: [a-rule]')).toEqual([
      { kind: 'missing', line: 1, text: 'cases.md:3: expected error [a-rule], nothing was reported here' },
    ]);
  });

  it('reports a finding that nobody expects', () => {
    expect(check('', A)).toEqual([
      { kind: 'unexpected', line: 1, text: 'cases.md:3: unexpected error [a-rule] some messageId=lost' },
    ]);
  });

  it.each<[string, string, readonly Finding[], readonly string[]]>([
    ['a finding on another line', '  # error: [a-rule]', [{ ...A, line: 2 }], ['missing', 'unexpected']],
    ['another rule', '  # error: [b-rule]', [A], ['missing', 'unexpected']],
    ['one finding too many', '  # error: [a-rule]', [A, A], ['unexpected']],
    ['one finding too few', '  # error: [a-rule] # error: [a-rule]', [A], ['missing']],
    ['another severity', '  # warning: [a-rule]', [A], ['wrong-severity']],
    ['another path', '  # error: [a-rule] all', [A], ['wrong-path']],
    ['another message', '  # error: [a-rule] messageId=kept', [A], ['wrong-message']],
    ['a false positive that is gone', '  # false-positive: [a-rule] because', [], ['known-mistake-works']],
    ['a false negative that is found', '  # false-negative: [a-rule] because', [A], ['known-mistake-works']],
    ['a rule that does not exist', '  # false-negative: [c-rule] because', [], ['unknown-rule']],
  ])('reports %s', (_, comment, findings, expected) => {
    expect(kinds(comment, ...findings)).toEqual(expected);
  });

  it('tells what to do about a known mistake that works', () => {
    expect(check('  # false-negative: [a-rule] needs the callee', A)[0]?.text).toBe(
      'cases.md:3: known mistake now works: make it a plain case ([a-rule] is reported now; needs the callee)',
    );
  });
});
