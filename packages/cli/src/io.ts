import type { Dirent, Stats } from 'node:fs';

/** One of the two output streams. */
export interface Output {
  readonly write: (chunk: string | Uint8Array) => void;
  readonly isTTY: boolean;
  /** Width of the terminal, when there is one. */
  readonly columns: number | undefined;
}

/** The file operations the tool uses; every failure is an exception with Node's `code`. */
export interface Disk {
  /** Follows symbolic links. */
  readonly stat: (path: string) => Promise<Stats>;
  /** Does not follow symbolic links. */
  readonly lstat: (path: string) => Promise<Stats>;
  readonly read: (path: string) => Promise<Uint8Array>;
  readonly list: (directory: string) => Promise<readonly Dirent[]>;
  readonly realpath: (path: string) => Promise<string>;
  /** Replaces an existing file in one step (temporary file, then rename), keeping its mode bits and owner. */
  readonly replace: (path: string, bytes: Uint8Array) => Promise<void>;
  /** Writes a report; creates its directory. Not atomic, so that `/dev/null` and pipes stay what they are. */
  readonly create: (path: string, text: string) => Promise<void>;
}

/** Everything outside the program. `main` reaches the world only through this, so that tests can stand in for it. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Reads standard input to its end. */
  readonly stdin: () => Promise<Uint8Array>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** The stream that a progress bar may redraw; undefined when stderr is not a terminal. */
  readonly terminal: NodeJS.WritableStream | undefined;
  readonly disk: Disk;
  /** Aborted when the user asks to stop; the file at hand is finished first. */
  readonly signal: AbortSignal;
}
