import { CliError } from '../cli-error';
import { rejectForeign } from '../command-options';
import { strings, type Values } from '../option-values';
import type { LintCommand } from '../options';
import { didYouMean } from '../suggest';
import { TRIAGE_FORMATS, type TriageFormat } from './render';
import type { TriageCommand } from './run';

/**
 * Reads the arguments of `pylint-leaks triage REPORT [paths..]`. All rules are run unless `--select` says otherwise.
 *
 * @param lintCommand - reads the options that every command takes.
 * @throws CliError when they are not understood.
 */
export function triageCommand(
  values: Values,
  positionals: readonly string[],
  lintCommand: (values: Values, positionals: readonly string[]) => LintCommand,
): TriageCommand {
  rejectForeign('triage', values);
  const [report, ...paths] = positionals;
  if (report === undefined) throw new CliError('"triage" needs the file of an old report');
  const { format, 'output-file': outputFile, ...others } = values;
  const lint = lintCommand({ ...others, select: others['select'] ?? 'ALL' }, paths);
  if (lint.input.kind === 'stdin') throw new CliError('"triage" reads files, not standard input');
  const formats = format === undefined ? ['text'] : strings(format);
  const file = strings(outputFile).at(-1);
  const outputs = formats.map(parseOutput).map((each) => ({ ...each, file: each.file ?? file }));
  return { kind: 'triage', report, lint, outputs };
}

function parseOutput(value: string): TriageCommand['outputs'][number] {
  const [name = '', ...rest] = value.split(':');
  const format: TriageFormat | undefined = TRIAGE_FORMATS.find((candidate) => candidate === name);
  if (format === undefined)
    throw new CliError(
      `triage --format must be ${TRIAGE_FORMATS.slice(0, -1).join(', ')} or ${TRIAGE_FORMATS.at(-1) ?? ''}, not "${name}"${didYouMean(name, TRIAGE_FORMATS)}`,
    );
  return { format, file: rest.length === 0 ? undefined : rest.join(':') };
}
