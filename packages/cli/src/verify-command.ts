import { CliError } from './cli-error';
import type { Io, ProcessEnd } from './io';
import { printable } from './reporters/printable';

/** The command that has to pass after fixes were written, as asked for. */
export interface VerifyOptions {
  /** A line for the shell. */
  readonly line: string;
  /** Seconds after which it counts as failed. */
  readonly timeout: number;
}

/** What one run of the command came to. */
export type Verdict =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly reason: string }
  /** The user stopped the program; it says nothing about the fixes. */
  | { readonly kind: 'stopped' };

/** The user's own check of fixed files. */
export interface VerifyCommand {
  readonly line: string;
  /**
   * Runs it once, and not again, before anything is written.
   * @throws CliError when it fails already: its failures would be blamed on the fixes.
   */
  readonly beforeFirstWrite: () => Promise<Verdict>;
  /** Runs it with fixes in place. */
  readonly run: () => Promise<Verdict>;
}

/** Lines of a failed command's output that are shown. */
const SHOWN_LINES = 15;

/** Prepares the user's command; it runs in the working directory of the program. */
export function createVerifyCommand(options: VerifyOptions, io: Io): VerifyCommand {
  const execute = () =>
    io.spawn({
      command: { kind: 'shell', line: options.line },
      cwd: io.cwd,
      env: io.env,
      timeout: options.timeout * 1000,
      signal: io.signal,
    });
  const judge = (end: ProcessEnd): Verdict => {
    if (end.kind === 'stopped' || io.signal.aborted) return { kind: 'stopped' };
    if (end.kind === 'exited' && end.code === 0) return { kind: 'passed' };
    for (const line of lastLines(end)) io.stderr.write(`  | ${printable(line)}\n`);
    return { kind: 'failed', reason: `\`${options.line}\` ${failure(end, options)}` };
  };
  let first: Promise<Verdict> | undefined;
  const checkUntouched = async (): Promise<Verdict> => {
    const verdict = judge(await execute());
    if (verdict.kind !== 'failed') return verdict;
    throw new CliError(
      `--verify-cmd: ${verdict.reason} already before anything was written; it has to pass without the fixes first`,
    );
  };
  return {
    line: options.line,
    beforeFirstWrite: () => (first ??= checkUntouched()),
    run: async () => judge(await execute()),
  };
}

function failure(end: ProcessEnd, { timeout }: VerifyOptions): string {
  switch (end.kind) {
    case 'exited':
      return `fails with exit code ${end.code}`;
    case 'killed':
      return `is ended by ${end.signal}`;
    case 'timeout':
      return `takes longer than ${timeout} s (--verify-timeout)`;
    case 'stopped':
      return 'was stopped';
    case 'not-started':
      return `cannot be started (${end.reason})`;
  }
}

function lastLines(end: ProcessEnd): readonly string[] {
  if (end.kind === 'not-started') return [];
  const text = `${end.stdout.toString('utf8')}${end.stderr.toString('utf8')}`.trimEnd();
  return text === '' ? [] : text.split(/\r?\n/).slice(-SHOWN_LINES);
}
