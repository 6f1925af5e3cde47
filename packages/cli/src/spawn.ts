import { spawn, type ChildProcess } from 'node:child_process';
import { failureReason } from './disk';
import type { Io, ProcessEnd, ProcessRequest } from './io';

/** After the polite request to end, in milliseconds. */
const GRACE = 2000;

/** How long output may come in after the end: something in the background may hold the pipes for ever. */
const DRAIN = 500;

type Kill = (signal: 'SIGTERM' | 'SIGKILL') => void;

const running = new Set<Kill>();

/** Ends what still runs, for when the program itself is ended at once. */
export function killRunning(): void {
  for (const kill of running) kill('SIGKILL');
}

/**
 * Runs a program of the machine. A shell line gets a process group of its own, so that all of it can be ended, and so
 * that Ctrl-C in the terminal reaches only us; programs stay in ours, because git may have to ask for a passphrase.
 */
export const spawnProcess: Io['spawn'] = (request) =>
  new Promise((resolve) => {
    let child: ChildProcess;
    try {
      child = start(request);
    } catch (error) {
      resolve({ kind: 'not-started', reason: failureReason(error) });
      return;
    }
    const kill = killer(child, request.command.kind === 'shell');
    running.add(kill);
    const output = { stdout: collect(child.stdout), stderr: collect(child.stderr) };
    let ending: 'timeout' | 'stopped' | undefined;
    const timers: NodeJS.Timeout[] = [];
    const end = (kind: 'timeout' | 'stopped') => () => {
      ending ??= kind;
      kill('SIGTERM');
      timers.push(setTimeout(() => kill('SIGKILL'), GRACE));
    };
    const stop = end('stopped');
    if (request.timeout !== undefined) timers.push(setTimeout(end('timeout'), request.timeout));
    request.signal?.addEventListener('abort', stop);
    if (request.signal?.aborted === true) stop();

    const finish = (result: () => ProcessEnd) => {
      running.delete(kill);
      for (const timer of timers) clearTimeout(timer);
      request.signal?.removeEventListener('abort', stop);
      // Whatever it started and left behind goes with it when it was not to go on.
      if (ending !== undefined) kill('SIGKILL');
      resolve(result());
    };
    child.once('error', (error) => finish(() => ({ kind: 'not-started', reason: failureReason(error) })));
    child.once('exit', (code, signal) => {
      const drained = new Promise<void>((done) => {
        child.once('close', () => done());
        timers.push(setTimeout(done, DRAIN));
      });
      void drained.then(() =>
        finish(() => {
          const text = { stdout: output.stdout(), stderr: output.stderr() };
          if (ending !== undefined) return { kind: ending, ...text };
          if (signal !== null) return { kind: 'killed', signal, ...text };
          return { kind: 'exited', code: code ?? 0, ...text };
        }),
      );
    });
  });

function start({ command, cwd, env, input }: ProcessRequest): ChildProcess {
  const options = { cwd, env: { ...env }, windowsHide: true } as const;
  const child =
    command.kind === 'shell'
      ? spawn(command.line, { ...options, shell: true, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
      : spawn(command.file, [...command.args], { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  // A program that does not read to the end closes the pipe; its exit code says what it thinks of that.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input ?? '');
  return child;
}

function collect(stream: NodeJS.ReadableStream | null): () => Buffer {
  const chunks: Buffer[] = [];
  stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks);
}

/** @param isGroup - the process leads a group, and the whole of it is meant. */
function killer(child: ChildProcess, isGroup: boolean): Kill {
  return (signal) => {
    try {
      if (isGroup && child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, signal);
      else child.kill(signal);
    } catch {
      // It is gone already.
    }
  };
}
