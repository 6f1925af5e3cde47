import { nodeDisk, restoreHeld } from './disk';
import { realEngine, type Engine } from './engine';
import type { Io, Output } from './io';
import { main } from './main';
import { watchDisk } from './watch-disk';
import { killRunning, spawnProcess } from './spawn';

/** Process glue: nothing here decides anything. */

const interruption = new AbortController();

function stop(signal: NodeJS.Signals): void {
  if (!interruption.signal.aborted) {
    process.stderr.write('note: stopping after the current file\n');
    interruption.abort();
    return;
  }
  // Asked twice: at once, and with the default consequences of the signal.
  killRunning();
  restoreHeld();
  for (const name of STOP_SIGNALS) process.removeListener(name, stop);
  process.kill(process.pid, signal);
}
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
for (const name of STOP_SIGNALS) process.on(name, stop);

// A reader that has seen enough (`| head`) closes the pipe; that is no failure, and --fix still has files to write.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function output(stream: NodeJS.WriteStream): Output {
  return { write: (chunk) => void stream.write(chunk), isTTY: stream.isTTY, columns: stream.columns };
}

const io: Io = {
  cwd: process.cwd(),
  env: process.env,
  stdin: readStdin,
  stdout: output(process.stdout),
  stderr: output(process.stderr),
  terminal: process.stderr.isTTY ? process.stderr : undefined,
  disk: nodeDisk,
  now: () => new Date(),
  watch: watchDisk,
  spawn: spawnProcess,
  signal: interruption.signal,
};

let usedParser = false;
const engine: Engine = {
  ...realEngine,
  loadParser: (options) => {
    usedParser = true;
    return realEngine.loadParser(options);
  },
};

/** Resolves when the run is over; true when it has linted something, which uses most of the program. */
export const finished: Promise<boolean> = main(process.argv.slice(2), io, engine).then((code) => {
  // An exit code that is only set lets pending output drain.
  process.exitCode = code;
  return usedParser;
});
