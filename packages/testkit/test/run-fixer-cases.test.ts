import { checkFixerCase, parseCases, type FixFunction } from '@pylint-leaks/testkit';

const block = (role: string, code: string): string => `\`\`\`python ${role}\n${code}\n\`\`\`\n`;
const kinds = (markdown: string, fix: FixFunction): readonly string[] => {
  const [testCase] = parseCases(`## case\n${markdown}`, 'cases.md');
  if (testCase === undefined) throw new Error('no case');
  return checkFixerCase(testCase, fix).map((problem) => problem.kind);
};

/** A fixer that turns `leak` into `safe`, and with unsafe fixes `odd` into `unsafe`. */
const fixer: FixFunction = (code, _config, applicability) => ({
  text: code.replace('leak', 'safe').replace('odd', applicability === 'unsafe' ? 'unsafe' : 'odd'),
  refusals: code.includes('tricky') ? ['the file is used after the block'] : [],
});

describe('checkFixerCase', () => {
  it.each([
    ['a safe fix', block('', 'leak') + block('fixed', 'safe')],
    ['an unsafe fix', block('', 'odd') + block('fixed-unsafe', 'unsafe')],
    ['both', block('', 'leak; odd') + block('fixed', 'safe; odd') + block('fixed-unsafe', 'safe; unsafe')],
    ['a refusal', `${block('', 'tricky')}no-fix: used after\n`],
  ])('accepts %s', (_, markdown) => {
    expect(kinds(markdown, fixer)).toEqual([]);
  });

  const unstable: FixFunction = (code) => ({ text: code.replace('leak', 'leak leak'), refusals: [] });
  it.each<[string, string, FixFunction, readonly string[]]>([
    ['a case that demands nothing', block('', 'pass'), fixer, ['says-nothing']],
    ['a wrong fix', block('', 'leak') + block('fixed', 'other'), fixer, ['wrong-safe-fix', 'wrong-unsafe-fix']],
    [
      'a safe fix where none is expected',
      `${block('', 'leak; tricky')}no-fix: used after\n`,
      fixer,
      ['wrong-safe-fix', 'wrong-unsafe-fix'],
    ],
    [
      'an unsafe fix that is applied as safe',
      block('', 'leak') + block('fixed-unsafe', 'safe'),
      fixer,
      ['wrong-safe-fix'],
    ],
    [
      'an unsafe fix that nobody expects',
      block('', 'leak; odd') + block('fixed', 'safe; odd'),
      fixer,
      ['wrong-unsafe-fix'],
    ],
    ['a refusal for another reason', `${block('', 'tricky')}no-fix: alias\n`, fixer, ['missing-refusal']],
    ['a refusal that does not come', `${block('', 'pass')}no-fix: alias\n`, fixer, ['missing-refusal']],
    [
      'fixes that go on',
      block('', 'leak') + block('fixed', 'leak leak'),
      unstable,
      ['not-idempotent', 'not-idempotent'],
    ],
    [
      'expectation comments',
      block('', 'leak # error: [a-rule]') + block('fixed', 'safe # error: [a-rule]'),
      fixer,
      ['expectation-comment'],
    ],
  ])('reports %s', (_, markdown, fix, expected) => {
    expect(kinds(markdown, fix)).toEqual(expected);
  });

  it('shows where the texts differ', () => {
    const [testCase] = parseCases(`## case\n${block('', 'a\nleak') + block('fixed', 'a\nother')}`, 'cases.md');
    expect(testCase && checkFixerCase(testCase, fixer)[0]?.text).toContain('from line 2:\n- other\\n\n+ safe\\n');
  });
});
