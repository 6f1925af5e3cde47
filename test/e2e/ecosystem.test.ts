import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { findPython } from '../../tools/test-all/python';
import { checkout, runIn, type Ended } from './bundle';

/** The measuring command itself, with a linter that does everything wrong: a check that cannot fail proves nothing. */
jest.setTimeout(120_000);

const python = findPython()?.command ?? 'python3';

const TREE = {
  'pkg/breaks.py': 'x = 1\n',
  'pkg/loses.py': 'x = 1  # a reason\ny = "text"\n',
  'pkg/again.py': 'x = 1\n',
  'pkg/crlf.py': 'x = 1\r\ny = 2\r\n',
  'pkg/mode.py': 'x = 1\n',
  'pkg/repaired.py': 'f(a=1, a=1)\n',
  'pkg/right.py': 'x = 1\n',
  'pkg/refused.py': 'x = 1\n',
  'pkg/missed.py': 'x = = 1\n',
};

/** Speaks as the command line does: a report to a file, notes on standard error, files changed with --fix. */
const BAD_LINTER = `
const { appendFileSync, chmodSync, readdirSync, writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
const data = { resource: '', path: 'all', impact: '' };
const message = (ruleId, more) => ({ ruleId, messageId: 'm', severity: 2, message: 'said', line: 1, column: 1, data, ...more });
const findings = {
  'breaks.py': [message('unclosed-file', { applicability: 'safe' })],
  'loses.py': [message('unclosed-file', { applicability: 'safe' })],
  'again.py': [message('internal-error', { data: { ...data, path: '' } })],
  'refused.py': [message('syntax-error')],
};
if (args.includes('--fix')) {
  writeFileSync('pkg/breaks.py', 'x = (\\n');
  writeFileSync('pkg/loses.py', 'x = 1\\n');
  appendFileSync('pkg/again.py', 'y = 2\\n');
  writeFileSync('pkg/crlf.py', 'x = 1\\n');
  writeFileSync('pkg/repaired.py', 'f(a=1)\\n');
  chmodSync('pkg/mode.py', 0o755);
  writeFileSync('pkg/mode.py', 'x = 2\\n');
  process.stderr.write('note: pkg/breaks.py: 1 problem fixed\\nnote: pkg/loses.py: 2 problems fixed\\n');
  process.stderr.write('note: pkg/right.py: a fix of unclosed-file was taken back: it did not help\\n');
}
const files = readdirSync('pkg').map((name) => ({ filePath: process.cwd() + '/pkg/' + name, messages: findings[name] ?? [] }));
writeFileSync(args[args.indexOf('--output-file') + 1], JSON.stringify(files));
process.exitCode = 1;
`;

const GOOD_LINTER = BAD_LINTER.replace("args.includes('--fix')", 'false').replace(
  "'internal-error'",
  "'unclosed-file'",
);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pylint-leaks-planted-tree-'));
  for (const [name, text] of Object.entries(TREE)) {
    mkdirSync(dirname(join(folder, 'tree', name)), { recursive: true });
    writeFileSync(join(folder, 'tree', name), text);
  }
  chmodSync(join(folder, 'tree/pkg/mode.py'), 0o644);
  mkdirSync(join(folder, 'tree/site-packages'));
  writeFileSync(join(folder, 'tree/site-packages/other.py'), 'x = 1\n');
  writeFileSync(join(folder, 'bad.cjs'), BAD_LINTER);
  writeFileSync(join(folder, 'good.cjs'), GOOD_LINTER);
  writeFileSync(join(folder, 'fails.cjs'), 'process.exitCode = 2;\n');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const ecosystem = (...args: readonly string[]): Ended =>
  runIn(checkout, process.execPath, [
    join(checkout, 'node_modules/tsx/dist/cli.mjs'),
    'tools/ecosystem.ts',
    '--python',
    python,
    ...args,
  ]);
const tree = (): string => join(folder, 'tree');
const linter = (name: string): readonly string[] => ['--cli', join(folder, `${name}.cjs`)];
const counts = (stdout: string): ReadonlyMap<string, string> =>
  new Map([...stdout.matchAll(/^\| (.*?) +\| +(\S+) \|$/gm)].map(([, title, count]) => [title ?? '', count ?? '']));

it('sees everything that a linter can do wrong', () => {
  const { code, stdout, stderr } = ecosystem(tree(), ...linter('bad'));
  expect(Object.fromEntries(counts(stdout))).toMatchObject({
    files: '9',
    crashes: '3',
    'unclosed-file all': '2',
    'findings with a fix': '2',
    'problems fixed': '3',
    'left with a fix': '2',
    'fixes taken back': '1',
    'files changed': '6',
    'compiled before, not after': '1',
    'compile after, not before': '1',
    'changed by a second --fix': '1',
    'lost comments': '1',
    'lost string literals': '1',
    // A file that does not even consist of tokens counts, too.
    'line ends, byte-order mark, mode': '3',
    'changed without a fix': '4',
    'syntax-error, yet it compiles': '1',
    'no syntax-error, yet it does not compile': '2',
  });
  expect(stderr).toContain('tree: newlyBroken: pkg/breaks.py');
  expect(stderr).toContain('tree: lostComments: pkg/loses.py: # a reason');
  expect(stderr).toContain('tree: lostStrings: pkg/loses.py: "text"');
  expect(stderr).toContain('tree: changedBySecondFix: pkg/again.py');
  expect(stderr).toContain('tree: brokenLayout: pkg/mode.py: mode: 644 became 755');
  expect(code).toBe(1);
});

it('is content with one that changes nothing', () => {
  const { code, stderr } = ecosystem(tree(), ...linter('good'));
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'tree: 9 files\n' });
});

it('prints everything as JSON, and keeps the copies when it is told to', () => {
  const keep = join(folder, 'kept');
  const { stdout } = ecosystem(tree(), ...linter('bad'), '--json', '--keep', keep);
  const Report = z.array(
    z.object({ tree: z.string(), newlyBroken: z.array(z.string()), changed: z.array(z.string()) }),
  );
  expect(Report.parse(JSON.parse(stdout))).toMatchObject([{ tree: 'tree', newlyBroken: ['pkg/breaks.py'] }]);
  expect(readdirSync(join(keep, '0-tree')).sort()).toEqual(['after', 'before']);
});

it('takes the Python files of a commit', () => {
  const repository = join(folder, 'repository');
  mkdirSync(join(repository, 'deep'), { recursive: true });
  const git = (...args: readonly string[]): string => {
    const { code, stdout, stderr } = runIn(repository, 'git', [
      '-c',
      'user.name=A',
      '-c',
      'user.email=a@example.org',
      ...args,
    ]);
    if (code !== 0) throw new Error(stderr);
    return stdout.trim();
  };
  git('init', '--quiet');
  writeFileSync(join(repository, 'one.py'), 'x = 1\n');
  writeFileSync(join(repository, 'deep/two.py'), 'x = 2\n');
  writeFileSync(join(repository, 'README'), 'no Python\n');
  git('add', '.');
  git('commit', '--quiet', '--message', 'first');
  const commit = git('rev-parse', 'HEAD');
  writeFileSync(join(repository, 'three.py'), 'x = 3\n');
  // The stand-in looks into a folder `pkg`; the real bundle is not needed to see what was extracted.
  const listing = `
    const args = process.argv.slice(2);
    const { readdirSync, writeFileSync } = require('node:fs');
    const names = readdirSync('.', { recursive: true }).filter((name) => name.endsWith('.py') || name === 'README');
    writeFileSync(args[args.indexOf('--output-file') + 1], JSON.stringify(names.map((name) => ({ filePath: process.cwd() + '/' + name, messages: [] }))));
  `;
  writeFileSync(join(folder, 'lists.cjs'), listing);
  const { code, stdout } = ecosystem('--git', repository, '--commit', commit, ...linter('lists'));
  expect(counts(stdout).get('files')).toBe('2');
  expect(code).toBe(0);
});

it('says what it cannot do, with exit code 2', () => {
  expect(ecosystem()).toMatchObject({ code: 2, stderr: expect.stringContaining('no tree is named') as string });
  expect(ecosystem('--git', folder)).toMatchObject({ code: 2 });
  expect(ecosystem(join(folder, 'missing'))).toMatchObject({ code: 2 });
  const { code, stderr } = ecosystem(tree(), ...linter('fails'));
  expect(code).toBe(2);
  expect(stderr).toContain('pylint-leaks ended with 2');
});
