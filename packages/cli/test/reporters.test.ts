import { createSourceFile } from '@pylint-leaks/core';
import pc from 'picocolors';
import { colorsFor } from '../src/colors';
import { frame } from '../src/reporters/frame';
import { sandboxes } from './sandbox';

const sandbox = sandboxes();
const MIXED = 'import x\n\n\na = leak(1)\nb = risky(2)\nc = maybe(3)\n';

describe('json', () => {
  test('is the shape of ESLint with what a leak needs besides, and nothing more', async () => {
    const box = sandbox({ 'clean.py': 'x = 1\n', 'a.py': '\ufeffé = "😀", leak(1)\r\nmaybe(2)\n' });
    const { stdout } = await box.run(['--format', 'json', '.']);
    expect(JSON.parse(stdout)).toStrictEqual([
      {
        filePath: box.path('a.py'),
        messages: [
          {
            ruleId: 'unclosed-leak',
            messageId: 'leak',
            severity: 2,
            message: 'The leak is never closed.',
            line: 1,
            column: 11,
            endLine: 1,
            endColumn: 18,
            data: { resource: 'leak', path: 'all', impact: 'high' },
            related: [
              { line: 1, column: 11, message: 'opened here' },
              { line: 3, column: 1, message: 'lost here' },
            ],
            scope: '<module>',
            // sha256 of '["unclosed-leak","<module>","leak(1)",0]'
            fingerprint: '3cf81af9ef59a02a',
            fix: { range: [10, 17], text: 'closed(1).now' },
            applicability: 'safe',
          },
          {
            ruleId: 'unclosed-maybe',
            messageId: 'maybe',
            severity: 1,
            message: 'The maybe is never closed.',
            line: 2,
            column: 1,
            endLine: 2,
            endColumn: 9,
            data: { resource: 'maybe', path: 'all', impact: 'high' },
            related: [
              { line: 2, column: 1, message: 'opened here' },
              { line: 3, column: 1, message: 'lost here' },
            ],
            scope: '<module>',
            fingerprint: '8cfa8ca626fd317d',
          },
        ],
        errorCount: 1,
        warningCount: 1,
        fixableErrorCount: 1,
        fixableWarningCount: 0,
      },
      {
        filePath: box.path('clean.py'),
        messages: [],
        errorCount: 0,
        warningCount: 0,
        fixableErrorCount: 0,
        fixableWarningCount: 0,
      },
    ]);
    expect(Object.keys((JSON.parse(stdout) as readonly object[])[0] ?? {})).toEqual([
      'filePath',
      'messages',
      'errorCount',
      'warningCount',
      'fixableErrorCount',
      'fixableWarningCount',
    ]);
  });

  test('counts as fixable what this run would fix', async () => {
    const box = sandbox({ 'a.py': MIXED });
    const fixable = async (...argv: readonly string[]) =>
      (
        JSON.parse((await box.run(['--format', 'json', ...argv, 'a.py'])).stdout) as readonly {
          readonly fixableErrorCount: number;
        }[]
      )[0]?.fixableErrorCount;
    expect(await fixable()).toBe(1);
    expect(await fixable('--unsafe-fixes')).toBe(2);
  });
});

test('concise is one line for each finding, sorted by file and place', async () => {
  const { stdout, stderr } = await sandbox({ 'b.py': MIXED, 'a.py': 'maybe(1); leak(2)\n' }).run([
    '--format',
    'concise',
    '.',
  ]);
  expect(stderr).toBe('');
  expect(stdout).toBe(
    [
      'a.py:1:1: warning unclosed-maybe The maybe is never closed.',
      'a.py:1:11: error unclosed-leak The leak is never closed.',
      'b.py:4:5: error unclosed-leak The leak is never closed.',
      'b.py:5:5: error unclosed-leak The risky is never closed.',
      'b.py:6:5: warning unclosed-maybe The maybe is never closed.',
      '',
    ].join('\n'),
  );
});

test('--quiet leaves warnings out', async () => {
  const { stdout } = await sandbox({ 'a.py': MIXED }).run(['--quiet', '--format', 'concise', '.']);
  expect(stdout).not.toContain('warning');
  expect(stdout).toContain('error');
});

describe('full', () => {
  test('shows what, where, the way to the loss, what to do, and a summary', async () => {
    const { stdout } = await sandbox({ 'a.py': MIXED, 'clean.py': '' }).run(['.']);
    expect(stdout).toBe(`a.py:4:5: error unclosed-leak The leak is never closed.
  2 |
  3 |
> 4 | a = leak(1)
    |     ^^^^^^^ opened here
  5 | b = risky(2)
  6 | c = maybe(3)
  ...
> 7 |
    | ^ lost here
  help: Write closed (safe: --fix)

a.py:5:5: error unclosed-leak The risky is never closed.
  3 |
  4 | a = leak(1)
> 5 | b = risky(2)
    |     ^^^^^^^^ opened here
  6 | c = maybe(3)
  7 |
  ...
> 7 |
    | ^ lost here
  help: Write closed (may change behaviour: --fix --unsafe-fixes)

a.py:6:5: warning unclosed-maybe The maybe is never closed.
  4 | a = leak(1)
  5 | b = risky(2)
> 6 | c = maybe(3)
    |     ^^^^^^^^ opened here
  7 |
  ...
> 7 |
    | ^ lost here

Found 3 problems (2 errors, 1 warning) in 1 of 2 files.
1 fixable with --fix; --diff shows how.
1 fix that may change behaviour: add --unsafe-fixes to --diff or --fix.
`);
  });

  test('says what was fixed and what is left', async () => {
    const { stdout } = await sandbox({ 'a.py': MIXED }).run(['--fix', '.']);
    expect(stdout.split('\n').slice(-5)).toEqual([
      '',
      'Fixed 1 problem in 1 file.',
      'Found 2 problems (1 error, 1 warning) in 1 of 1 file.',
      '1 fix that may change behaviour: add --unsafe-fixes to --diff or --fix.',
      '',
    ]);
  });

  test('says when there is nothing', async () => {
    expect((await sandbox({ 'a.py': 'x = 1\n' }).run(['.'])).stdout).toBe('No leaks found in 1 file.\n');
    expect((await sandbox({ 'a.py': 'leak(1)\n' }).run(['--fix', '.'])).stdout).toBe(
      'Fixed 1 problem in 1 file.\nNo problems left in 1 file.\n',
    );
  });

  test('is coloured only on request or on a terminal', async () => {
    const box = sandbox({ 'a.py': MIXED });
    expect((await box.run(['.'])).stdout).not.toContain('\u001b[');
    expect((await box.run(['--color', 'always', '.'])).stdout).toContain('\u001b[31merror\u001b[39m');
    expect((await box.run(['--color', 'never', '.'], { isTTY: true })).stdout).not.toContain('\u001b[');
  });
});

describe('frame', () => {
  const plain = pc.createColors(false);
  const show = (text: string, column: number, endColumn: number) =>
    frame(
      createSourceFile('a.py', text),
      { start: { line: 1, column }, end: { line: 1, column: endColumn } },
      { context: 0, label: 'here', paint: (painted) => painted },
      plain,
    );

  test('marks behind tabs', () => {
    expect(show('\t\tx = leak(1)', 7, 14)).toBe('> 1 | \t\tx = leak(1)\n    | \t\t    ^^^^^^^ here');
  });

  test('cuts long lines around the mark', () => {
    const [code, mark] = show(`${'a'.repeat(500)}LEAK${'b'.repeat(500)}`, 501, 505).split('\n');
    expect(code).toBe(`> 1 | …${'a'.repeat(60)}LEAK${'b'.repeat(96)}…`);
    expect(mark).toBe(`    | ${' '.repeat(61)}^^^^ here`);
  });

  test('shows no control characters', () => {
    expect(show('x = "\u001b[2J\u202e"', 1, 2)).toBe('> 1 | x = "\ufffd[2J\ufffd"\n    | ^ here');
  });

  test('marks a line that a lone carriage return ends', () => {
    expect(
      frame(
        createSourceFile('a.py', 'a\rb\rc'),
        { start: { line: 2, column: 1 }, end: { line: 2, column: 2 } },
        { context: 1, label: '', paint: (painted) => painted },
        plain,
      ),
    ).toBe('  1 | a\n> 2 | b\n    | ^\n  3 | c');
  });
});

test.each([
  ['auto', {}, true, true],
  ['auto', {}, false, false],
  ['auto', { NO_COLOR: '1' }, true, false],
  ['auto', { NO_COLOR: '' }, true, true],
  ['auto', { FORCE_COLOR: '1' }, false, true],
  ['auto', { FORCE_COLOR: '0' }, true, false],
  ['auto', { FORCE_COLOR: '1', NO_COLOR: '1' }, true, false],
  ['auto', { TERM: 'dumb' }, true, false],
  ['always', { NO_COLOR: '1', TERM: 'dumb' }, false, true],
  ['never', { FORCE_COLOR: '1' }, true, false],
] as const)('--color %s with %j and terminal %s: %s', (choice, env, isTTY, expected) => {
  expect(colorsFor(choice, env, { isTTY, columns: undefined, write: () => undefined }).isColorSupported).toBe(expected);
});
