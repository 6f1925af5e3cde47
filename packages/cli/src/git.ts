import type { Io } from './io';

/** A hook runs with variables that point git at one repository and index; we ask about the directory itself. */
const HOOK_VARIABLES = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_OBJECT_DIRECTORY'];

/** What git answered. */
export type GitAnswer =
  { readonly kind: 'done'; readonly output: string } | { readonly kind: 'failed'; readonly reason: string };

/** Runs git in one directory. */
export type Git = (args: readonly string[], input?: string) => Promise<GitAnswer>;

/** Git in a directory, whatever repository a surrounding hook is about. */
export function createGit(directory: string, { spawn, env }: Pick<Io, 'spawn' | 'env'>): Git {
  const clean = Object.fromEntries(Object.entries(env).filter(([name]) => !HOOK_VARIABLES.includes(name)));
  return async (args, input) => {
    // A repository may configure a command as its file system monitor; looking at files must not run it.
    const all = ['-c', 'core.fsmonitor=false', ...args];
    const command = { kind: 'program', file: 'git', args: all } as const;
    const end = await spawn({ command, cwd: directory, env: clean, ...(input === undefined ? {} : { input }) });
    switch (end.kind) {
      case 'exited':
        if (end.code === 0) return { kind: 'done', output: end.stdout.toString('utf8') };
        return { kind: 'failed', reason: lastLine(end.stderr) ?? lastLine(end.stdout) ?? `exit code ${end.code}` };
      case 'killed':
        return { kind: 'failed', reason: `git was ended by ${end.signal}` };
      case 'timeout':
      case 'stopped':
        return { kind: 'failed', reason: 'git was stopped' };
      case 'not-started':
        return { kind: 'failed', reason: `git cannot be started: ${end.reason}` };
    }
  };
}

/** Git and hooks say in the end what was the matter. */
function lastLine(text: Buffer): string | undefined {
  const line = text.toString('utf8').trim().split(/\r?\n/).at(-1)?.trim();
  return line === undefined || line === '' ? undefined : line;
}
