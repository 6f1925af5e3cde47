import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plantCheckout } from '@pylint-leaks/testkit';

/** Root of the checkout. */
export const checkout = join(__dirname, '../..');

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end. */
export function runIn(
  cwd: string,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  timeout = 120_000,
): Ended {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1', PYTHONDONTWRITEBYTECODE: '1', ...env },
    timeout,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error !== undefined) throw error;
  return { code: status, stdout, stderr };
}

/** A temporary directory with the bundle of the present sources, and room for copies. */
export interface Workplace {
  readonly root: string;
  /** Path of the bundle. */
  readonly cli: string;
  remove(): void;
}

/**
 * Bundles the sources as they are, so that no old `dist` is tested.
 *
 * @throws Error when they cannot be bundled.
 */
export function makeWorkplace(): Workplace {
  const planted = plantCheckout(checkout);
  const root = mkdtempSync(join(tmpdir(), 'pylint-leaks-e2e-'));
  try {
    const { code, output } = planted.run('node', ['scripts/bundle.cjs']);
    if (code !== 0) throw new Error(output);
    cpSync(join(planted.root, 'dist'), join(root, 'dist'), { recursive: true });
  } finally {
    planted.remove();
  }
  return { root, cli: join(root, 'dist/cli.cjs'), remove: () => rmSync(root, { recursive: true, force: true }) };
}
