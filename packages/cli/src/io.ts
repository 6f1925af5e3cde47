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
  /** Whether a regular file exists; at once, because imports are resolved in the middle of an analysis. */
  readonly hasFile: (path: string) => boolean;
  readonly list: (directory: string) => Promise<readonly Dirent[]>;
  readonly realpath: (path: string) => Promise<string>;
  /** Replaces an existing file in one step (temporary file, then rename), keeping its mode bits and owner. */
  readonly replace: (path: string, bytes: Uint8Array) => Promise<void>;
  /** Adds to the end of a file; makes it and its directory. */
  readonly append: (path: string, text: string) => Promise<void>;
  /** Writes a report; creates its directory. Not atomic, so that `/dev/null` and pipes stay what they are. */
  readonly create: (path: string, content: string | Uint8Array) => Promise<void>;
  /** Removes a file of ours; one that is not there is no failure. */
  readonly remove: (path: string) => Promise<void>;
  /** Writes bytes aside, where they outlive the program and are in nobody's way. @returns the path. */
  readonly keep: (name: string, bytes: Uint8Array) => Promise<string>;
  /**
   * Promises that a file gets its old bytes back, if it has the new ones by then, should a signal end the program at once.
   * @returns what ends the promise.
   */
  readonly hold: (path: string, before: Uint8Array, after: Uint8Array) => () => void;
}

/** A program to run to its end. */
export interface ProcessRequest {
  /** A line for the shell, or a program that gets its arguments as they are. */
  readonly command:
    | { readonly kind: 'shell'; readonly line: string }
    | { readonly kind: 'program'; readonly file: string; readonly args: readonly string[] };
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What it reads on standard input; nothing unless given. */
  readonly input?: string | Uint8Array;
  /** Milliseconds after which it is ended, with everything that it started. */
  readonly timeout?: number;
  /** Ends it, with everything that it started. */
  readonly signal?: AbortSignal;
}

/** How a program ended. */
export type ProcessEnd =
  | { readonly kind: 'exited'; readonly code: number; readonly stdout: Buffer; readonly stderr: Buffer }
  /** By a signal that was not ours: it crashed, or somebody ended it. */
  | { readonly kind: 'killed'; readonly signal: string; readonly stdout: Buffer; readonly stderr: Buffer }
  /** By us, because of `timeout` or `signal`. */
  | { readonly kind: 'timeout' | 'stopped'; readonly stdout: Buffer; readonly stderr: Buffer }
  | { readonly kind: 'not-started'; readonly reason: string };

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
  /** Runs a program; never rejects. */
  readonly spawn: (request: ProcessRequest) => Promise<ProcessEnd>;
  readonly now: () => Date;
  /**
   * Reports changes below directories and of files, from when it resolves.
   * @returns what ends it.
   */
  readonly watch: (
    paths: readonly string[],
    options: {
      /** Asked about everything that is found, except the paths themselves. */
      readonly isLeftOut: (path: string, isFile: boolean) => boolean;
      readonly onChange: (path: string) => void;
    },
  ) => Promise<() => Promise<void>>;
  /** Aborted when the user asks to stop; the file at hand is finished first. */
  readonly signal: AbortSignal;
}
