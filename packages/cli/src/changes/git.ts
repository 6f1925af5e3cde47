import { CliError } from '../cli-error';
import type { Io } from '../io';

/** Runs git in a directory and gives what it prints. */
export type Git = (args: readonly string[]) => Promise<Buffer>;

/**
 * A git that asks about the checkout of the working directory. A hook's variables hold: what is committed there may be
 * another index than the usual one (`git commit -a`).
 *
 * @param option - named in errors.
 * @returns git; it throws CliError when it cannot run or fails.
 */
export function createGit(option: string, { cwd, env, spawn }: Pick<Io, 'cwd' | 'env' | 'spawn'>): Git {
  return async (args) => {
    // A repository may configure a command as its file system monitor; looking at files must not run it.
    const command = { kind: 'program', file: 'git', args: ['-c', 'core.fsmonitor=false', ...args] } as const;
    const end = await spawn({ command, cwd, env: { ...env, LC_ALL: 'C' } });
    switch (end.kind) {
      case 'exited': {
        if (end.code === 0) return end.stdout;
        const [line = ''] = end.stderr.toString('utf8').split('\n');
        throw new CliError(`${option}: git says: ${line.replace(/^fatal: /, '') || `exit code ${end.code}`}`);
      }
      case 'not-started':
        throw new CliError(`${option} needs git: ${end.reason}`);
      default:
        throw new CliError(`${option}: git was ended`);
    }
  };
}

/** A file that differs between two states of a tree. */
export interface ChangedFile {
  /** Relative to the root of the checkout, with `/`. */
  readonly path: string;
  /** Blob of the old text; undefined for a new file. */
  readonly before: string | undefined;
  /** Blob of the new text; undefined when it is only in the work tree. */
  readonly after: string | undefined;
}

/** Reads `git diff --raw -z --no-abbrev`: `:MODE MODE HASH HASH STATUS NUL PATH NUL`, with two paths for renames. */
export function parseRawDiff(output: string): readonly ChangedFile[] {
  const fields = output.split('\0');
  const files: ChangedFile[] = [];
  for (let index = 0; index + 1 < fields.length;) {
    const [, , before = '', after = '', status = ''] = (fields[index] ?? '').split(' ');
    const isPair = status.startsWith('R') || status.startsWith('C');
    const path = fields[index + (isPair ? 2 : 1)] ?? '';
    index += isPair ? 3 : 2;
    if (status === 'D') continue;
    // Of a file with a merge conflict there is no one old text.
    files.push({ path, before: status === 'U' ? undefined : blob(before), after: blob(after) });
  }
  return files;
}

function blob(hash: string): string | undefined {
  return /^0*$/.test(hash) ? undefined : hash;
}
