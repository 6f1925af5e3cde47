import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Root of the checkout: npm scripts run there. */
export const root = process.cwd();

/** How a command ended; a command that could not start ended with 127. */
export interface Ended {
  readonly code: number;
  readonly output: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number;
}

/** Runs a command with its output on ours. */
export function stream(command: string, args: readonly string[], options: CommandOptions = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: (options.timeoutSeconds ?? 1800) * 1000,
    });
    child.on('error', (error) => {
      console.log(`${command} cannot be started: ${error.message}`);
      resolve(127);
    });
    child.on('close', (code) => {
      resolve(code ?? 1);
    });
  });
}

/** Runs a command and keeps its output. */
export function capture(command: string, args: readonly string[], options: CommandOptions = {}): Ended {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...options.env },
    encoding: 'utf8',
    timeout: (options.timeoutSeconds ?? 300) * 1000,
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (error !== undefined && status === null) return { code: 127, output: error.message };
  return { code: status ?? 1, output: `${stdout}${stderr}` };
}

/** Runs a JavaScript program of an installed package with this Node. */
export const nodeModule = (path: string): string => join(root, 'node_modules', path);

/** The last line that says something. */
export const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1)?.trim() ?? '';
