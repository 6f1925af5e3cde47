import { version } from '../../../package.json';
import { CliError } from '../src/cli-error';
import { FORMATS } from '../src/formats';
import { parseArguments, type LintCommand } from '../src/options';
import { sandboxes } from './sandbox';

const sandbox = sandboxes();
const names = Object.keys(FORMATS);
const FORMAT_NAMES = `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;

function lint(...argv: readonly string[]): LintCommand {
  const command = parseArguments(argv, 100);
  if (command.kind !== 'lint') throw new Error(`expected a lint run, got ${command.kind}`);
  return command;
}

function failure(...argv: readonly string[]): string {
  try {
    parseArguments(argv, 100);
  } catch (error) {
    if (error instanceof CliError) return error.message;
    throw error;
  }
  throw new Error(`${argv.join(' ')} was accepted`);
}

test('without arguments the current directory is checked', () => {
  expect(lint()).toEqual({
    kind: 'lint',
    input: { kind: 'paths', paths: ['.'] },
    mode: 'check',
    applicability: 'safe',
    outputs: [{ format: 'full', file: undefined }],
    history: undefined,
    statistics: false,
    showFixes: false,
    fixOnly: false,
    exitNonZeroOnFix: false,
    show: 'findings',
    watch: false,
    color: 'auto',
    quiet: false,
    exitZero: false,
    maxWarnings: undefined,
    select: undefined,
    ignore: undefined,
    exclude: [],
    forceExclude: false,
    config: { kind: 'nearest' },
    targetVersion: undefined,
    regions: true,
    parser: 'auto',
    baseline: { kind: 'configured' },
    baselineTask: 'none',
    frozen: false,
    changes: { kind: 'all' },
    evidence: [],
    onlyConfirmed: false,
    addIgnore: undefined,
  });
});

test('lists take commas and repetition, and do not swallow paths', () => {
  const command = lint('--select', 'a,b', 'src', '--select', 'c', '--exclude', 'gen/', '010');
  expect(command.select).toEqual(['a', 'b', 'c']);
  expect(command.exclude).toEqual(['gen/']);
  expect(command.input).toEqual({ kind: 'paths', paths: ['src', '010'] });
});

test('paths that look like options follow --', () => {
  expect(lint('--fix', '--', '--odd.py').input).toEqual({ kind: 'paths', paths: ['--odd.py'] });
});

test('an option given twice counts as given last', () => {
  expect(lint('--format', 'json', '-f', 'concise').outputs).toEqual([{ format: 'concise', file: undefined }]);
  expect(lint('--color', 'never', '--color', 'always').color).toBe('always');
});

test.each([
  [['-f', 'json', '-o', 'a'], ['json > a']],
  [['-o', 'a'], ['full > a']],
  [['-f', 'sarif:a'], ['sarif > a']],
  [
    ['-f', 'github', '-f', 'sarif:out/a.sarif', '--format=gitlab:b'],
    ['github > stdout', 'sarif > out/a.sarif', 'gitlab > b'],
  ],
  [
    ['-f', 'sarif:C:\\a.sarif', '-o', 'b'],
    ['full > b', 'sarif > C:\\a.sarif'],
  ],
])('%j writes %j', (argv, outputs) => {
  expect(lint(...argv).outputs.map(({ format, file = 'stdout' }) => `${format} > ${file}`)).toEqual(outputs);
});

test('a diff promises to write nothing, so it wins over --fix', () => {
  expect(lint('--fix', '--diff', '--unsafe-fixes')).toMatchObject({ mode: 'diff', applicability: 'unsafe' });
});

test.each([
  [['-'], '<stdin>'],
  [['-', '--stdin-filename', 'a.py'], 'a.py'],
  [['--stdin-filename', 'a.py'], 'a.py'],
])('%j reads standard input', (argv, filename) => {
  expect(lint(...argv).input).toEqual({ kind: 'stdin', filename });
});

test.each([
  [
    ['--target-version', '3.12'],
    [3, 12],
  ],
  [
    ['--target-version', 'py310'],
    [3, 10],
  ],
])('%j sets the target', (argv, target) => {
  expect(lint(...argv).targetVersion).toEqual(target);
});

test('-1 warnings means no limit, as in ESLint', () => {
  expect(lint('--max-warnings', '-1').maxWarnings).toBeUndefined();
  expect(lint('--max-warnings', '0').maxWarnings).toBe(0);
});

test('--isolated is another name of --no-config', () => {
  expect(lint('--isolated').config).toEqual({ kind: 'none' });
  expect(lint('--no-config').config).toEqual({ kind: 'none' });
});

test.each([
  [['--fxi'], 'unknown option --fxi; did you mean --fix? (--help lists all)'],
  [['--maxwarnings', '1'], 'unknown option --maxwarnings; did you mean --max-warnings? (--help lists all)'],
  [['--zzz'], 'unknown option --zzz (--help lists all)'],
  [['-x'], 'unknown option -x (--help lists all)'],
  [['--select'], 'option --select needs a value'],
  [['--config', '--fix'], 'option --config needs a value'],
  [['--format', 'jsn'], `--format must be ${FORMAT_NAMES}, not "jsn"; did you mean json?`],
  [['--format', 'jsn:a'], `--format must be ${FORMAT_NAMES}, not "jsn"; did you mean json?`],
  [['--format', 'json:'], '--format json: a file name is missing after the colon'],
  [['--format', 'json:a', '-f', 'sarif', '-o', 'a'], 'two reports cannot go to one file (a)'],
  [
    ['--diff', '-f', 'json:a'],
    '--diff prints to standard output and cannot be combined with --output-file or a format with a file',
  ],
  [['--color', 'yes'], '--color must be auto, always or never, not "yes"'],
  [['--max-warnings', 'many'], '--max-warnings must be a whole number, 0 or more, not "many"'],
  [['--target-version', '3'], '--target-version must be a Python version such as 3.9 or py39, not "3"'],
  [['--config', 'a.toml', '--no-config'], '--config and --no-config exclude each other'],
  [
    ['--diff', '-o', 'x'],
    '--diff prints to standard output and cannot be combined with --output-file or a format with a file',
  ],
  [['--statistics', '-f', 'sarif'], '--statistics goes with the formats full, concise, grouped, json, not with sarif'],
  [['--show-files', '--show-settings'], '--show-files and --show-settings exclude each other'],
  [['--show-files', '-'], '--show-files needs paths, not standard input'],
  [['--watch', '-'], '--watch needs paths, not standard input'],
  [['--watch', '--history', 'h'], '--watch and --history exclude each other'],
  [['completion'], '"completion" takes one shell: bash, zsh or fish'],
  [['-', 'src'], 'standard input cannot be combined with paths (src)'],
  [['rule', 'a', 'b'], '"rule" takes one rule id, not 2'],
])('%j is refused', (argv, message) => {
  expect(failure(...argv)).toBe(message);
});

test('a wrong option is one line on stderr and exit code 2', async () => {
  expect(await sandbox().run(['--fxi'])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: 'error: unknown option --fxi; did you mean --fix? (--help lists all)\n',
  });
});

test('--version prints the version of the package', async () => {
  expect(await sandbox().run(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test('--help teaches by example and names the exit codes', async () => {
  const { code, stdout, stderr } = await sandbox().run(['--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const part of [
    'pylint-leaks --diff src',
    '--unsafe-fixes',
    'Exit codes: 0',
    '[tool.pylint-leaks]',
    'Fix:',
    'Report:',
    'Files:',
  ]) {
    expect(stdout).toContain(part);
  }
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(130);
});

describe('rule', () => {
  test('prints the page', async () => {
    const { code, stdout } = await sandbox().run(['rule', 'unclosed-leak']);
    expect(code).toBe(0);
    expect(stdout).toBe(
      '# unclosed-leak\n\nWords of unclosed-leak.\n\nSeverity: error · Fix: safe (--fix) · On by default · Since 0.1.0\n\nWhy it matters.\n',
    );
  });

  test('lists all rules', async () => {
    const { stdout } = await sandbox().run(['rule']);
    expect(stdout).toContain('unclosed-maybe  Words of unclosed-maybe.\n');
  });

  test('suggests the nearest id', async () => {
    expect(await sandbox().run(['rule', 'unclosed-leek'])).toMatchObject({
      code: 2,
      stderr:
        'error: unknown rule "unclosed-leek"; did you mean unclosed-leak? (known: unclosed-leak, unclosed-maybe, quiet-rule)\n',
    });
  });
});
