import { CaseFormatError, parseCases } from '@pylint-leaks/testkit';

const FENCE = '```';
const page = (...lines: string[]): string => lines.map((line) => line.replaceAll('~~~', FENCE)).join('\n');
const onlyCase = (...lines: string[]) => {
  const [first, second] = parseCases(page('## a case', ...lines), 'cases.md');
  if (first === undefined || second !== undefined) throw new Error('not exactly one case');
  return first;
};

describe('parseCases', () => {
  it('gives name, prose, configuration, code and places', () => {
    const [, second] = parseCases(
      page(
        '# title',
        '## first',
        '~~~python',
        'pass',
        '~~~',
        '## second one',
        'config: {"targetVersion": "3.11"}',
        '',
        'Why it',
        'matters.',
        '',
        '~~~python',
        'x = 1',
        'f = open(p)  # error: [unclosed-file] some messageId=lost',
        '~~~',
      ),
      'cases.md',
    );
    expect(second).toEqual({
      name: 'second one',
      beside: [],
      file: 'cases.md',
      line: 6,
      codeLine: 13,
      config: { targetVersion: '3.11' },
      prose: 'Why it\nmatters.',
      code: 'x = 1\nf = open(p)  # error: [unclosed-file] some messageId=lost\n',
      expectations: [{ kind: 'error', ruleId: 'unclosed-file', line: 2, path: 'some', messageId: 'lost' }],
      fixed: undefined,
      fixedUnsafe: undefined,
      refusals: [],
    });
  });

  it('reads several expectations on one line, and known mistakes with their reasons', () => {
    const { expectations } = onlyCase(
      '~~~python',
      'a(b())  # error: [one-rule] all # warning: [other-rule]',
      'c()  # false-positive: [one-rule] the flag is set elsewhere',
      'd()  # false-negative: [one-rule] needs the callee',
      '~~~',
    );
    expect(expectations).toEqual([
      { kind: 'error', ruleId: 'one-rule', line: 1, path: 'all', messageId: undefined },
      { kind: 'warning', ruleId: 'other-rule', line: 1, path: undefined, messageId: undefined },
      { kind: 'false-positive', ruleId: 'one-rule', line: 2, reason: 'the flag is set elsewhere' },
      { kind: 'false-negative', ruleId: 'one-rule', line: 3, reason: 'needs the callee' },
    ]);
  });

  it('does not take comments in Python for headings', () => {
    expect(onlyCase('~~~python', '## not a heading', 'pass', '~~~').code).toBe('## not a heading\npass\n');
  });

  it('makes line ends, tabs and byte-order marks that the expected text inherits', () => {
    const { code, fixed } = onlyCase(
      '~~~python eol=crlf, tabs=4, bom',
      'if a:',
      '    if b:',
      '          c()',
      '~~~',
      '~~~python fixed',
      'if a:',
      '    b()',
      '~~~',
    );
    expect(code).toBe('\uFEFFif a:\r\n\tif b:\r\n\t\t  c()\r\n');
    expect(fixed).toBe('\uFEFFif a:\r\n\tb()\r\n');
  });

  it('reads what fixers must do', () => {
    const { fixed, fixedUnsafe, refusals } = onlyCase(
      '~~~python',
      'a()',
      '~~~',
      'no-fix: used after the block',
      '~~~python fixed',
      'b()',
      '~~~',
      '~~~python fixed-unsafe',
      'c()',
      '~~~',
    );
    expect({ fixed, fixedUnsafe, refusals }).toEqual({
      fixed: 'b()\n',
      fixedUnsafe: 'c()\n',
      refusals: ['used after the block'],
    });
  });

  const CODE = ['~~~python', 'pass', '~~~'];
  it.each<[string, string[], RegExp]>([
    ['no case at all', ['text'], /cases\.md:1: there is no case/],
    ['the same name twice', ['## a', ...CODE, '## a', ...CODE], /cases\.md:5: "a" is there already/],
    ['no code', ['## a', 'text'], /cases\.md:1: there is no ```python block/],
    ['two blocks of code', ['## a', ...CODE, ...CODE], /cases\.md:5: a case has one code block/],
    ['a block in another language', ['## a', '~~~py', '~~~'], /blocks are ```python, not ```py/],
    ['an unknown attribute', ['## a', '~~~python eol=nl', '~~~'], /cannot read "eol=nl"/],
    ['a block that stays open', ['## a', '~~~python', 'pass'], /cases\.md:2: this block is not closed/],
    ['broken configuration', ['## a', 'config: {', ...CODE], /cases\.md:2: config: is not JSON/],
    ['configuration that is no object', ['## a', 'config: 3', ...CODE], /config: is not an object/],
    ['a misspelt setting', ['## a', 'config: {"target": "3.9"}', ...CODE], /config: "target" is none of/],
    ['a refusal without a reason', ['## a', ...CODE, 'no-fix: '], /cases\.md:5: no-fix: needs a part of the reason/],
    [
      'an expectation without brackets',
      ['## a', '~~~python', 'x # error: a-rule', '~~~'],
      /cases\.md:3: expected "# error:/,
    ],
    ['an expectation without a colon', ['## a', '~~~python', 'x # error [a-rule]', '~~~'], /expected "# error:/],
    ['an unknown path', ['## a', '~~~python', 'x # error: [a-rule] sometimes', '~~~'], /cannot read "sometimes"/],
    [
      'a known mistake without a reason',
      ['## a', '~~~python', 'x # false-positive: [a-rule]', '~~~'],
      /needs a reason/,
    ],
  ])('refuses %s', (_, lines, message) => {
    const read = (): unknown => parseCases(page(...lines), 'cases.md');
    expect(read).toThrow(CaseFormatError);
    expect(read).toThrow(message);
  });
});
