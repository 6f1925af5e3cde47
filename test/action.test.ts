import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { defaultLoaders } from 'cosmiconfig';

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const ROOT = join(__dirname, '..');
const TEXT = readFileSync(join(ROOT, 'action.yml'), 'utf8');
const action = defaultLoaders['.yaml']('action.yml', TEXT) as Action;
const LEAK = 'def load(path):\n    return open(path).read()\n';
const OTHER = 'import sqlite3\n\n\ndef count(path):\n    return sqlite3.connect(path).execute("SELECT 1")\n';

let place: string;
beforeEach(() => {
  place = realpathSync(mkdtempSync(join(tmpdir(), 'pylint-leaks-action-')));
  mkdirSync(join(place, 'temp'));
});
afterEach(() => {
  rmSync(place, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(place, name)), { recursive: true });
    writeFileSync(join(place, name), text);
  }
}

function git(cwd: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'init.defaultBranch=main'];
  return execFileSync('git', [...identity, ...args], { cwd: join(place, cwd), encoding: 'utf8' }).trim();
}

function commit(files: Readonly<Record<string, string>>): string {
  write(Object.fromEntries(Object.entries(files).map(([name, text]) => [`repo/${name}`, text])));
  git('repo', 'add', '-A');
  git('repo', 'commit', '--quiet', '--message', 'A step');
  return git('repo', 'rev-parse', 'HEAD');
}

/** The command of a step, run as a runner does, with what the step reads in place of its expressions. */
function runStep(name: string, env: Readonly<Record<string, string>>, cwd = 'repo') {
  const step = action.runs.steps.find((each) => each.name === name);
  const missing = Object.keys(env).filter(
    (key) => key.startsWith('LEAKS_') && key !== 'LEAKS_CLI' && !(key in (step?.env ?? {})),
  );
  expect(missing).toEqual([]);
  const files = {
    GITHUB_OUTPUT: join(place, 'output'),
    GITHUB_STEP_SUMMARY: join(place, 'summary.md'),
    GITHUB_ENV: join(place, 'env'),
  };
  for (const file of Object.values(files)) writeFileSync(file, '');
  const { status, stdout, stderr } = spawnSync('bash', ['-c', step?.run ?? 'exit 99'], {
    cwd: join(place, cwd),
    encoding: 'utf8',
    env: {
      PATH: `${join(place, 'bin')}:${process.env['PATH'] ?? ''}`,
      HOME: place,
      CI: 'true',
      RUNNER_TEMP: join(place, 'temp'),
      GITHUB_ACTION_PATH: ROOT,
      ...files,
      ...env,
    },
    timeout: 120_000,
  });
  const read = (file: string) => readFileSync(file, 'utf8');
  const outputs = Object.fromEntries(
    read(files.GITHUB_OUTPUT)
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split(/=(.*)/s).slice(0, 2)),
  ) as Readonly<Record<string, string>>;
  return { status, stdout, stderr, outputs, summary: read(files.GITHUB_STEP_SUMMARY), env: read(files.GITHUB_ENV) };
}

const lint = (env: Readonly<Record<string, string>>, cwd?: string) =>
  runStep('Lint', { LEAKS_CLI: join(ROOT, 'dist/cli.cjs'), ...env }, cwd);

describe('action.yml', () => {
  it('is composite, and its expressions name inputs, steps and outputs that exist', () => {
    expect(action.runs.using).toBe('composite');
    const inputs = [...TEXT.matchAll(/\binputs\.([\w-]+)/g)].map(([, name]) => name);
    expect(inputs.filter((name) => !((name ?? '') in action.inputs))).toEqual([]);
    expect(Object.keys(action.inputs).filter((name) => !inputs.includes(name))).toEqual([]);
    const steps = [...TEXT.matchAll(/\bsteps\.([\w-]+)\.outputs/g)].map(([, id]) => id);
    expect(new Set(steps)).toEqual(new Set(action.runs.steps.flatMap(({ id }) => id ?? [])));
    const script = readFileSync(join(ROOT, 'scripts/action/lint.sh'), 'utf8');
    const named = [...TEXT.matchAll(/steps\.lint\.outputs\.([\w-]+)/g)].map(([, name]) => name);
    expect(named.filter((name) => !script.includes(`set_output ${name} `))).toEqual([]);
  });

  it('puts no input into the text of a command', () => {
    expect(action.runs.steps.filter(({ run = '' }) => run.includes('${{'))).toEqual([]);
  });
});

describe('the steps', () => {
  it('find the program of the checkout', () => {
    const { status, env } = runStep('Install pylint-leaks', { LEAKS_VERSION: '' }, 'temp');
    expect({ status, env }).toEqual({ status: 0, env: `LEAKS_CLI=${join(ROOT, 'dist/cli.cjs')}\n` });
  });

  it('compare a pull request with what it is merged into, also in a shallow clone', () => {
    mkdirSync(join(place, 'origin'));
    git('origin', 'init', '--quiet');
    git('.', 'clone', '--quiet', 'origin', 'repo');
    commit({ 'old.py': LEAK, 'fixed.py': LEAK });
    git('repo', 'checkout', '--quiet', '-b', 'change');
    commit({ 'moved.py': OTHER, 'fixed.py': '', 'old.py': `import os\n\n\n${LEAK}` });
    git('repo', 'checkout', '--quiet', '-b', 'into', 'HEAD~');
    commit({ 'meanwhile.py': LEAK });
    git('repo', 'merge', '--quiet', '--no-ff', '--no-edit', 'change');
    git('repo', 'push', '--quiet', 'origin', 'into', 'change');
    git('origin', 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    git('.', 'clone', '--quiet', '--depth=1', '--branch', 'into', `file://${join(place, 'origin')}`, 'shallow');

    const { status, stdout, outputs, summary } = lint(
      { GITHUB_EVENT_NAME: 'pull_request', LEAKS_PATHS: '.' },
      'shallow',
    );
    expect(status).toBe(0);
    expect(outputs).toMatchObject({
      introduced: '1',
      'introduced-errors': '1',
      fixed: '1',
      existing: '2',
      errors: '3',
    });
    expect(summary).toContain('1 introduced, 1 fixed, 2 existing.');
    expect(summary).toContain('`moved.py:5`');
    expect(stdout).toContain('::error title=unclosed-file,file=old.py,line=5');
    expect(existsSync(outputs['sarif'] ?? '')).toBe(true);
    expect(git('shallow', 'worktree', 'list').split('\n')).toHaveLength(1);
  });

  it('compare a push with the commit before, in a directory of the checkout, and take options', () => {
    mkdirSync(join(place, 'repo'));
    git('repo', 'init', '--quiet');
    const before = commit({ 'app/src/a.py': LEAK, 'other/b.py': LEAK });
    commit({ 'app/src/a.py': LEAK + OTHER, 'app/lib/c.py': LEAK });
    const env = {
      GITHUB_EVENT_NAME: 'push',
      LEAKS_BASE: before,
      LEAKS_PATHS: 'src lib',
      LEAKS_ARGS: '--select unclosed-file',
    };
    expect(lint(env, 'repo/app').outputs).toMatchObject({ introduced: '1', fixed: '0', existing: '1' });
  });

  it('report all findings of a first push', () => {
    mkdirSync(join(place, 'repo'));
    git('repo', 'init', '--quiet');
    commit({ 'a.py': LEAK });
    const { status, outputs, summary, stderr } = lint({ GITHUB_EVENT_NAME: 'push', LEAKS_BASE: '0'.repeat(40) });
    expect({ status, errors: outputs['errors'], introduced: outputs['introduced'] }).toEqual({
      status: 0,
      errors: '1',
      introduced: undefined,
    });
    expect(summary).toContain('1 problem (1 error, 0 warnings) in 1 file.');
    expect(stderr).toContain('no earlier commit');
  });

  it('stop when the linter cannot run', () => {
    mkdirSync(join(place, 'repo'));
    git('repo', 'init', '--quiet');
    commit({ 'a.py': LEAK });
    expect(lint({ LEAKS_ARGS: '--no-such-option' })).toMatchObject({ status: 2, summary: '' });
  });

  it.each([
    ['introduced', '3', '0', 0],
    ['introduced', '3', '1', 1],
    ['introduced', '3', '', 1],
    ['any', '3', '0', 1],
    ['any', '0', '0', 0],
    ['never', '3', '1', 0],
    ['always', '0', '0', 2],
  ])('with fail-on %s, %s errors and %s introduced end with %s', (failOn, errors, introduced, code) => {
    const env = { LEAKS_FAIL_ON: failOn, LEAKS_ERRORS: errors, LEAKS_INTRODUCED_ERRORS: introduced };
    expect(runStep('Verdict', env, 'temp').status).toBe(code);
  });

  it.each([
    ['', 'api --silent --method POST repos/o/r/issues/7/comments --field body=@'],
    ['11\n12', 'api --silent --method PATCH repos/o/r/issues/comments/11 --field body=@'],
  ])('comment once (known: %j)', (known, call) => {
    // Stands in for GitHub's own program: says which comments there are, and writes down what it is asked.
    write({
      'bin/gh': `#!/bin/sh\necho "$*" >> "${place}/calls"\ncase "$*" in *--paginate*) printf '${known}';; esac\n`,
      'in.md': '## pylint-leaks\n',
    });
    chmodSync(join(place, 'bin/gh'), 0o755);
    const env = {
      GITHUB_REPOSITORY: 'o/r',
      GH_TOKEN: 't',
      LEAKS_PULL_REQUEST: '7',
      LEAKS_SUMMARY: join(place, 'in.md'),
    };
    expect(runStep('Comment on the pull request', env, 'temp').status).toBe(0);
    expect(readFileSync(join(place, 'calls'), 'utf8').split('\n')[1]).toContain(call);
    expect(readFileSync(join(place, 'temp/pylint-leaks-comment.md'), 'utf8')).toBe(
      '<!-- pylint-leaks -->\n## pylint-leaks\n',
    );
  });
});
