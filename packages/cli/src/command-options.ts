import { CliError } from './cli-error';
import type { Values } from './option-values';

/** Commands with options of their own. */
export type CommandName = 'lint' | 'migrate' | 'init' | 'compare' | 'merge' | 'triage';

/** Options that only some commands take; all others are taken by every command. */
const TAKEN_BY: Readonly<Record<string, readonly CommandName[]>> = {
  fix: ['lint'],
  diff: ['lint'],
  format: ['lint', 'compare', 'merge', 'triage'],
  'output-file': ['lint', 'compare', 'merge', 'triage'],
  quiet: ['lint', 'merge'],
  'max-warnings': ['lint', 'merge'],
  'exit-zero': ['lint', 'compare', 'merge'],
  'stdin-filename': ['lint'],
  history: ['lint', 'merge'],
  statistics: ['lint', 'merge'],
  watch: ['lint'],
  'fix-only': ['lint'],
  'show-fixes': ['lint'],
  'exit-non-zero-on-fix': ['lint'],
  'show-files': ['lint'],
  'show-settings': ['lint'],
  select: ['lint', 'triage'],
  ignore: ['lint', 'triage'],
  baseline: ['lint'],
  'no-baseline': ['lint'],
  'write-baseline': ['lint'],
  'prune-baseline': ['lint'],
  frozen: ['lint'],
  evidence: ['lint'],
  'only-confirmed': ['lint'],
  since: ['lint'],
  'add-ignore': ['lint'],
  staged: ['lint'],
  rule: ['migrate'],
  by: ['migrate'],
  'max-files': ['migrate'],
  commit: ['migrate'],
  patches: ['migrate'],
  'dry-run': ['migrate', 'init'],
  resume: ['migrate'],
  state: ['migrate'],
  'allow-dirty': ['migrate'],
  'no-hooks': ['migrate'],
  'vendor-runtime': ['init'],
  force: ['init'],
  shard: ['lint'],
  'old-root': ['compare'],
};

/** @throws CliError when an option is given that the command does not take. */
export function rejectForeign(command: CommandName, values: Values): void {
  for (const [name, takers] of Object.entries(TAKEN_BY)) {
    if (values[name] === undefined || takers.includes(command)) continue;
    const owner = takers.map((taker) => (taker === 'lint' ? 'linting' : `pylint-leaks ${taker}`)).join(' and ');
    throw new CliError(
      `--${name} is an option of ${owner}${command === 'lint' ? '' : `, not of pylint-leaks ${command}`}`,
    );
  }
}
