import type { OptionReader } from './adopt-options';
import { CliError } from './cli-error';
import { outputTargets, type OutputTarget } from './formats';

/** What is printed of a run. */
export interface ReportOptions {
  /** What is reported and where to; empty when a report goes nowhere. */
  readonly outputs: readonly OutputTarget[];
  /** Where each run adds a line with its figures. */
  readonly history: string | undefined;
  /** Counts of the rules on standard output, in place of the findings. */
  readonly statistics: boolean;
  /** Name each fix in the notes. */
  readonly showFixes: boolean;
  /** Say and judge nothing of what fixes leave. */
  readonly fixOnly: boolean;
  /** Exit with 1 when something was fixed. */
  readonly exitNonZeroOnFix: boolean;
  /** Instead of linting: print which files would be linted, or the settings that hold. */
  readonly show: 'findings' | 'files' | 'settings';
  /** Go on and lint again after each change. */
  readonly watch: boolean;
}

/** Formats that have counts of their own. */
const WITH_STATISTICS = ['full', 'concise', 'grouped', 'json'];

/**
 * Reads the options about output.
 *
 * @param run - what else is asked for.
 * @throws CliError when they contradict each other.
 */
export function reportOptions(
  { flag, text, texts }: OptionReader & { readonly texts: (name: string) => readonly string[] },
  run: { readonly mode: 'check' | 'fix' | 'diff'; readonly isStdin: boolean },
): ReportOptions {
  const statistics = flag('statistics');
  const outputs = outputTargets(texts('format'), text('output-file'), statistics);
  if (run.mode === 'diff' && outputs.some(({ file }) => file !== undefined)) {
    throw new CliError(
      '--diff prints to standard output and cannot be combined with --output-file or a format with a file',
    );
  }
  const plain = outputs[0]?.format ?? 'full';
  if (statistics && !WITH_STATISTICS.includes(plain))
    throw new CliError(`--statistics goes with the formats ${WITH_STATISTICS.join(', ')}, not with ${plain}`);
  if (flag('show-files') && flag('show-settings'))
    throw new CliError('--show-files and --show-settings exclude each other');
  const show = flag('show-files') ? 'files' : flag('show-settings') ? 'settings' : 'findings';
  if (show !== 'findings' && run.isStdin) throw new CliError(`--show-${show} needs paths, not standard input`);
  if (flag('watch')) {
    if (run.isStdin) throw new CliError('--watch needs paths, not standard input');
    if (show !== 'findings') throw new CliError(`--watch and --show-${show} exclude each other`);
    if (text('history') !== undefined) throw new CliError('--watch and --history exclude each other');
  }
  return {
    outputs,
    history: text('history'),
    statistics,
    showFixes: flag('show-fixes'),
    fixOnly: flag('fix-only'),
    exitNonZeroOnFix: flag('exit-non-zero-on-fix'),
    show,
    watch: flag('watch'),
  };
}
