import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { nodeDisk } from '../src/disk';
import type { Engine } from '../src/engine';
import type { Disk, Io, Output } from '../src/io';
import { main } from '../src/main';
import { spawnProcess } from '../src/spawn';
import { watchDisk } from '../src/watch-disk';
import { fakeEngine } from './fake-engine';

/** What one call of `main` came to. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stdoutBytes: Buffer;
  readonly stderr: string;
}

/** What a test may change about the surroundings. */
export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  readonly isTTY?: boolean;
  readonly engine?: Engine;
  readonly disk?: Partial<Disk>;
  readonly signal?: AbortSignal;
  readonly now?: Date;
  /** Gets what is printed on either stream while it is. */
  readonly onOutput?: (chunk: string) => void;
  /** Relative to the sandbox. */
  readonly cwd?: string;
}

/** A temporary directory with files, in which the command line is run in this process. */
export class Sandbox {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'pylint-leaks-cli-')));

  constructor(files: Readonly<Record<string, string | Uint8Array>> = {}) {
    this.write(files);
  }

  path(name: string): string {
    return join(this.root, name);
  }

  write(files: Readonly<Record<string, string | Uint8Array>>): void {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(this.path(name)), { recursive: true });
      writeFileSync(this.path(name), content);
    }
  }

  delete(name: string): void {
    rmSync(this.path(name));
  }

  chmod(name: string, mode: number): void {
    chmodSync(this.path(name), mode);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  bytes(name: string): Buffer {
    return readFileSync(this.path(name));
  }

  git(...args: readonly string[]): string {
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'init.defaultBranch=main'];
    return execFileSync('git', [...identity, ...args], {
      cwd: this.root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  async run(argv: readonly string[], surroundings: Surroundings = {}): Promise<Ran> {
    const {
      env = {},
      stdin = '',
      isTTY = false,
      engine = fakeEngine,
      disk = {},
      cwd = '',
      now = new Date('2027-03-01T12:00:00Z'),
    } = surroundings;
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    const collect = (into: Buffer[]): Output => ({
      write: (chunk) => {
        into.push(Buffer.from(chunk));
        surroundings.onOutput?.(Buffer.from(chunk).toString('utf8'));
      },
      isTTY,
      columns: undefined,
    });
    const io: Io = {
      cwd: join(this.root, cwd),
      env: { PATH: process.env['PATH'], HOME: this.root, ...env },
      stdin: () => Promise.resolve(Buffer.from(stdin)),
      stdout: collect(out),
      stderr: collect(err),
      terminal: undefined,
      disk: { ...nodeDisk, ...disk },
      now: () => now,
      watch: watchDisk,
      spawn: spawnProcess,
      signal: surroundings.signal ?? new AbortController().signal,
    };
    const code = await main(argv, io, engine);
    const stdoutBytes = Buffer.concat(out);
    return { code, stdout: stdoutBytes.toString('utf8'), stdoutBytes, stderr: Buffer.concat(err).toString('utf8') };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Makes sandboxes and removes them after each test. */
export function sandboxes(): (files?: Readonly<Record<string, string | Uint8Array>>) => Sandbox {
  const open: Sandbox[] = [];
  afterEach(() => {
    for (const sandbox of open.splice(0)) sandbox.remove();
  });
  return (files = {}) => {
    const sandbox = new Sandbox(files);
    open.push(sandbox);
    return sandbox;
  };
}

/** An error as Node's file system throws it. */
export function diskError(code: string): Error {
  return Object.assign(new Error(`${code}: something`), { code });
}
