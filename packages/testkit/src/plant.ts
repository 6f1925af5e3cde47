import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** How a command in a planted checkout ended. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  /** Standard output and standard error, in that order. */
  readonly output: string;
}

/** A copy of the checkout in a temporary directory: proves that a check fails when the code is bad. */
export interface PlantedCheckout {
  readonly root: string;
  /** Writes files, named from the root; folders are made. */
  write(files: Readonly<Record<string, string>>): void;
  /** Changes one file. */
  edit(path: string, change: (text: string) => string): void;
  /** Runs a command of the checkout: a binary of `node_modules/.bin`, or one on the path. */
  run(command: string, args: readonly string[], env?: Readonly<Record<string, string>>): CommandResult;
  remove(): void;
}

/** Jest asks the programs it starts for colours; tests read their output. */
const PLAIN_OUTPUT = { FORCE_COLOR: '0', NO_COLOR: '1' };

/** Folders that are no source: made by tools, or installed. */
const NOT_SOURCE = new Set([
  'node_modules',
  'dist',
  '.git',
  '.venv',
  '.cache',
  'coverage',
  '.pytest_cache',
  '.mypy_cache',
]);

/**
 * Copies the checkout. Third-party packages are linked, not copied; the workspace's own packages are the copies, so a
 * planted file is what other packages of the copy import.
 *
 * @param source - root of the checkout.
 */
export function plantCheckout(source: string): PlantedCheckout {
  const root = mkdtempSync(join(tmpdir(), 'pylint-leaks-planted-'));
  cpSync(source, root, { recursive: true, filter: (from) => from === source || !NOT_SOURCE.has(basename(from)) });
  linkPackages(source, root);
  const bin = join(root, 'node_modules', '.bin');
  return {
    root,
    write(files) {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), text);
      }
    },
    edit(path, change) {
      const before = readFileSync(join(root, path), 'utf8');
      const after = change(before);
      if (after === before) throw new Error(`planting changed nothing in ${path}`);
      writeFileSync(join(root, path), after);
    },
    run(command, args, env = {}) {
      const path = `${bin}:${process.env['PATH'] ?? ''}`;
      const options = {
        cwd: root,
        encoding: 'utf8',
        env: { ...process.env, ...PLAIN_OUTPUT, PATH: path, ...env },
      } as const;
      const { status, stdout, stderr, error } = spawnSync(command, args, { ...options, timeout: 240_000 });
      return { code: status, stdout, output: `${stdout}${stderr}${error === undefined ? '' : error.message}` };
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function linkPackages(source: string, root: string): void {
  const modules = join(root, 'node_modules');
  mkdirSync(join(modules, '@pylint-leaks'), { recursive: true });
  for (const name of readdirSync(join(source, 'node_modules'))) {
    if (name !== '@pylint-leaks') symlinkSync(join(source, 'node_modules', name), join(modules, name));
  }
  for (const name of readdirSync(join(root, 'packages'))) {
    if (name !== 'runtime') symlinkSync(join(root, 'packages', name), join(modules, '@pylint-leaks', name));
  }
}
