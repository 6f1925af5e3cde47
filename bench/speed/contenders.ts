import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A tool in one way of running it. */
export interface Contender {
  readonly name: string;
  /** What it says of itself. */
  readonly version: string;
  /** The command for these paths. */
  readonly command: (paths: readonly string[]) => readonly string[];
  /** Run before each measurement; a warm run does the work once here. */
  readonly prepare?: (paths: readonly string[]) => void;
  /** Takes minutes where the others take seconds: measured once, and not on copies. */
  readonly isSlow: boolean;
}

/**
 * The tools that are there: ours always, peers when they are on the path.
 *
 * @param cli - our bundle.
 * @param bins - directories to look for peers in before the path.
 * @param scratch - a directory for caches and rules.
 */
export function contenders(cli: string, bins: readonly string[], scratch: string): readonly Contender[] {
  const path = [...bins, process.env['PATH'] ?? ''].join(delimiter);
  const versionOf = (command: string, args: readonly string[] = ['--version']): string | undefined => {
    const { status, stdout } = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, PATH: path } });
    return status === 0 ? (/\d+\.\d+(?:\.\d+)?/.exec(stdout)?.[0] ?? 'unknown') : undefined;
  };
  process.env['PATH'] = path;

  const own = [process.execPath, cli, '--no-config', '--exit-zero'];
  const version = versionOf(process.execPath, [cli, '--version']) ?? 'unknown';
  const found: Contender[] = [
    { name: 'pylint-leaks', version, command: (paths) => [...own, ...noCache, ...paths], isSlow: false },
    {
      name: 'pylint-leaks without syntax-error',
      version,
      command: (paths) => [...own, ...noCache, '--ignore', 'syntax-error', ...paths],
      isSlow: false,
    },
    {
      name: 'node -e 0',
      version: process.versions.node,
      command: () => [process.execPath, '-e', '0'],
      isSlow: false,
    },
  ];
  const ruff = versionOf('ruff');
  if (ruff !== undefined) {
    const select = ['ruff', 'check', '--isolated', '--preview', '--select', 'SIM115', '--exit-zero'];
    const cache = join(scratch, 'ruff-cache');
    found.push(
      { name: 'ruff SIM115', version: ruff, command: (paths) => [...select, '--no-cache', ...paths], isSlow: false },
      {
        name: 'ruff SIM115, warm',
        version: ruff,
        command: (paths) => [...select, '--cache-dir', cache, ...paths],
        prepare: (paths) => {
          rmSync(cache, { recursive: true, force: true });
          mkdirSync(cache);
          const [command = '', ...args] = [...select, '--cache-dir', cache, ...paths];
          spawnSync(command, args);
        },
        isSlow: false,
      },
    );
  }
  const astGrep = versionOf('ast-grep');
  if (astGrep !== undefined) {
    const command = (paths: readonly string[]) => ['ast-grep', 'run', '-l', 'python', '-p', 'open($$$)', ...paths];
    found.push({ name: 'ast-grep open($$$)', version: astGrep, command, isSlow: false });
  }
  const pylint = versionOf('pylint');
  if (pylint !== undefined) {
    const only = [
      'pylint',
      '--rcfile=/dev/null',
      '--disable=all',
      '--enable=R1732',
      '--exit-zero',
      '--recursive=y',
      '-j0',
    ];
    found.push({ name: 'pylint R1732', version: pylint, command: (paths) => [...only, ...paths], isSlow: true });
  }
  const bandit = versionOf('bandit');
  if (bandit !== undefined) {
    const command = (paths: readonly string[]) => ['bandit', '-q', '-r', '--exit-zero', ...paths];
    found.push({ name: 'bandit', version: bandit, command, isSlow: true });
  }
  const semgrep = versionOf('semgrep');
  if (semgrep !== undefined) {
    const rule = join(scratch, 'semgrep.yaml');
    writeFileSync(rule, SEMGREP_RULE);
    const options = [
      'semgrep',
      'scan',
      '--config',
      rule,
      '--metrics=off',
      '--disable-version-check',
      '--quiet',
      '--no-git-ignore',
    ];
    found.push({ name: 'semgrep', version: semgrep, command: (paths) => [...options, ...paths], isSlow: true });
  }
  return found;
}

const SEMGREP_RULE = `rules:
  - id: open-without-with
    languages: [python]
    severity: WARNING
    message: open without with
    patterns:
      - pattern: $F = open(...)
`;

const noCache: readonly string[] = [];
