import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plantCheckout, type PlantedCheckout } from '@pylint-leaks/testkit';

/**
 * pre-commit installs a `language: node` hook from a clone of this repository, with nothing built in it. Both ways in which
 * its versions do that are run here, and pre-commit itself where it is installed.
 */
jest.setTimeout(600_000);

const checkout = join(__dirname, '..');
const { version } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { readonly version: string };

/** Settings of the npm that runs these tests must not reach the npm under test; packages may come from its cache. */
function environment(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^npm_/i.test(name) || /^npm_config_(cache|registry|userconfig|globalconfig)$/i.test(name),
  );
  const author = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.org' };
  const committer = { GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.org' };
  return { ...Object.fromEntries(kept), ...author, ...committer, npm_config_prefer_offline: 'true', ...more };
}

function run(cwd: string, command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const ended = spawnSync(command, args, { cwd, encoding: 'utf8', env: environment(env), timeout: 400_000 });
  return { code: ended.status, stdout: ended.stdout, output: `${ended.stdout}${ended.stderr}` };
}

function succeed(...[cwd, command, args, env]: Parameters<typeof run>): string {
  const { code, stdout, output } = run(cwd, command, args, env);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${String(code)}:\n${output}`);
  return stdout;
}

let planted: PlantedCheckout;
let scratch: string;
let source: string;

beforeAll(() => {
  planted = plantCheckout(checkout);
  scratch = mkdtempSync(join(tmpdir(), 'pylint-leaks-hooks-'));
  source = planted.root;
  succeed(source, 'git', ['init', '--quiet', '--initial-branch=main']);
  succeed(source, 'git', ['add', '--all']);
  succeed(source, 'git', ['commit', '--quiet', '--message', 'the state under test']);
});
afterAll(() => {
  planted.remove();
  rmSync(scratch, { recursive: true, force: true });
});

/** Runs the installed program on a file with a leak and on one without, where no other module can be found. */
function expectWorkingProgram(prefix: string): void {
  const folder = mkdtempSync(join(scratch, 'project-'));
  writeFileSync(join(folder, 'leak.py'), LEAK);
  writeFileSync(join(folder, 'clean.py'), CLEAN);
  const program = join(prefix, 'bin/pylint-leaks');
  expect(succeed(folder, program, ['--version']).trim()).toBe(version);
  expect(run(folder, program, ['clean.py'])).toMatchObject({ code: 0 });
  const { code, stdout } = run(folder, program, ['--format', 'concise', 'leak.py']);
  expect(stdout).toContain('unclosed-sqlite-connection');
  expect(code).toBe(1);
}

const LEAK = `import sqlite3


def count(path):
    connection = sqlite3.connect(path)
    return connection.execute("select count(*) from job").fetchone()[0]
`;
const CLEAN = `import sqlite3
from contextlib import closing


def count(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("select count(*) from job").fetchone()[0]
`;

it('installs the way pre-commit <= 4.6.0 does: npm install, npm pack, npm install --global', () => {
  const clone = join(scratch, 'clone');
  succeed(scratch, 'git', ['clone', '--quiet', source, clone]);
  const prefix = { NPM_CONFIG_PREFIX: join(scratch, 'packed') };
  const install = ['install', '--include=dev', '--include=prod', '--ignore-prepublish', '--no-progress', '--no-save'];
  succeed(clone, 'npm', install, prefix);
  // pre-commit takes everything on stdout for the name of the tarball.
  const tarball = succeed(clone, 'npm', ['pack'], prefix).trim();
  expect(tarball).toBe(`pylint-leaks-${version}.tgz`);
  succeed(clone, 'npm', ['install', '--global', tarball], prefix);
  expectWorkingProgram(prefix.NPM_CONFIG_PREFIX);
});

it('installs the way pre-commit >= 4.6.1 does: npm install --global git+file', () => {
  const prefix = { NPM_CONFIG_PREFIX: join(scratch, 'from-git') };
  const major = Number(succeed(scratch, 'npm', ['--version']).split('.')[0]);
  const allowGit = major >= 12 ? ['--allow-git=root'] : [];
  succeed(scratch, 'npm', ['install', ...allowGit, '--install-links', '--global', `git+file://${source}`], prefix);
  expectWorkingProgram(prefix.NPM_CONFIG_PREFIX);
});

/** pre-commit on the path, or in the virtual environment of the checkout. */
const preCommit = ['pre-commit', join(checkout, '.venv/bin/pre-commit')].find(
  (command) => (command.includes('/') ? existsSync(command) : true) && spawnSync(command, ['--version']).status === 0,
);

if (preCommit === undefined) console.log('pre-commit is not installed, so it is not tried');

(preCommit === undefined ? describe.skip : describe)('with pre-commit', () => {
  const command = preCommit ?? '';
  let project: string;
  let env: Readonly<Record<string, string>>;
  const commit = (message: string) => {
    succeed(project, 'git', ['add', '--all']);
    return run(project, 'git', ['commit', '--message', message], env);
  };

  beforeAll(() => {
    project = join(scratch, 'project');
    env = { PRE_COMMIT_HOME: join(scratch, 'pre-commit-home') };
    mkdirSync(project);
    succeed(project, 'git', ['init', '--quiet']);
    const revision = succeed(source, 'git', ['rev-parse', 'HEAD']).trim();
    const hook = `repos:\n  - repo: file://${source}\n    rev: ${revision}\n    hooks:\n      - id: pylint-leaks\n`;
    writeFileSync(join(project, '.pre-commit-config.yaml'), hook);
    succeed(project, command, ['install'], env);
  });

  it('blocks a commit that adds a leak, and lets one pass that adds none', () => {
    writeFileSync(join(project, 'clean.py'), CLEAN);
    expect(commit('no leak')).toMatchObject({ code: 0 });
    writeFileSync(join(project, 'leak.py'), LEAK);
    const blocked = commit('a leak');
    expect(blocked.output).toContain('unclosed-sqlite-connection');
    expect(blocked.output).not.toContain('clean.py');
    expect(blocked.code).not.toBe(0);
    expect(succeed(project, 'git', ['log', '--format=%s'])).toBe('no leak\n');
    writeFileSync(join(project, 'leak.py'), CLEAN);
    expect(commit('the leak is repaired')).toMatchObject({ code: 0 });
  });

  it('repairs what is safe to repair, and stops the commit so that it can be staged', () => {
    const config = join(project, '.pre-commit-config.yaml');
    writeFileSync(config, readFileSync(config, 'utf8').replace('id: pylint-leaks', 'id: pylint-leaks-fix'));
    writeFileSync(join(project, 'leak.py'), LEAK);
    expect(commit('a leak')).toMatchObject({ code: 1 });
    expect(readFileSync(join(project, 'leak.py'), 'utf8')).toContain('closing(sqlite3.connect(path))');
    expect(commit('the repaired leak')).toMatchObject({ code: 0 });
  });
});

if (preCommit === undefined)
  it.skip('with pre-commit: not installed (apt-get or pip install pre-commit)', () => undefined);
