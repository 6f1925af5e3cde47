import { execFile } from 'node:child_process';
import { extname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** One entry of a git checkout that is not ignored. `path` is relative to the listed directory. */
export interface GitEntry {
  readonly path: string;
  /** `unknown`: untracked and without a suffix, so it may be a symbolic link to a directory. */
  readonly kind: 'file' | 'symlink' | 'repository' | 'unknown';
}

/** A hook runs with variables that point git at one repository and index; we ask about the directory itself. */
const HOOK_VARIABLES = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_OBJECT_DIRECTORY'];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Everything below a directory that git tracks or would track; repositories inside are one entry each.
 *
 * @returns undefined when the directory is not in a checkout or git cannot tell (not installed, another owner…).
 */
export async function listGitEntries(directory: string, env: Environment): Promise<readonly GitEntry[] | undefined> {
  try {
    const output = await git(directory, env, [
      'ls-files',
      '-z',
      '--stage',
      '--cached',
      '--others',
      '--exclude-standard',
    ]);
    const entries = new Map<string, GitEntry>();
    for (const line of output.split('\0')) {
      if (line !== '') {
        const entry = parseEntry(line);
        entries.set(entry.path, entry);
      }
    }
    return [...entries.values()];
  } catch {
    return undefined;
  }
}

/** True when git ignores the directory as a whole, so that its listing is empty. */
export async function isGitIgnored(directory: string, env: Environment): Promise<boolean> {
  return git(directory, env, ['check-ignore', '-q', '.']).then(
    () => true,
    () => false,
  );
}

async function git(directory: string, env: Environment, args: readonly string[]): Promise<string> {
  const clean = Object.fromEntries(Object.entries(env).filter(([name]) => !HOOK_VARIABLES.includes(name)));
  // A repository may configure a command as its file system monitor; looking at files must not run it.
  const { stdout } = await run('git', ['-c', 'core.fsmonitor=false', ...args], {
    cwd: directory,
    env: clean,
    maxBuffer: 1 << 30,
    windowsHide: true,
  });
  return stdout;
}

/** `MODE HASH STAGE<tab>PATH` for tracked entries, `PATH` for others. */
function parseEntry(line: string): GitEntry {
  const tracked = /^(\d{6}) [0-9a-f]+ \d\t/.exec(line);
  if (tracked !== null) {
    const path = line.slice(tracked[0].length);
    switch (tracked[1]) {
      case '120000':
        return { path, kind: 'symlink' };
      case '160000':
        return { path, kind: 'repository' };
      default:
        return { path, kind: 'file' };
    }
  }
  if (line.endsWith('/')) return { path: line.slice(0, -1), kind: 'repository' };
  return { path: line, kind: extname(line) === '' ? 'unknown' : 'file' };
}
