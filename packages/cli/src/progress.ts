import { SingleBar } from 'cli-progress';
import type { Io } from './io';

/** Shows how far a run is. */
export interface Progress {
  /** Call before each file. */
  readonly step: () => void;
  readonly stop: () => void;
}

/** Shorter runs need no bar, and one that flashes by only distracts. */
const SILENT_MILLISECONDS = 1000;

/** A progress bar on stderr: only in a terminal that can redraw a line, and only once a run turns out to be long. */
export function startProgress(total: number, io: Pick<Io, 'terminal' | 'env'>, now: () => number = Date.now): Progress {
  const { terminal, env } = io;
  if (terminal === undefined || env['TERM'] === 'dumb' || (env['CI'] ?? '') !== '')
    return { step: () => undefined, stop: () => undefined };
  const started = now();
  let done = 0;
  let bar: SingleBar | undefined;
  return {
    step: () => {
      if (bar === undefined && now() - started > SILENT_MILLISECONDS) {
        bar = new SingleBar({
          format: '{bar} {value}/{total} files',
          stream: terminal,
          clearOnComplete: true,
          hideCursor: true,
          gracefulExit: false,
        });
        bar.start(total, done);
      }
      bar?.update(done);
      done += 1;
    },
    stop: () => bar?.stop(),
  };
}
