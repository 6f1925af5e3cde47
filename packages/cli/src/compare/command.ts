import { resolve } from 'node:path';
import { CliError } from '../cli-error';
import { rejectForeign } from '../command-options';
import { failureReason } from '../disk';
import { outputTargets, type OutputTarget } from '../formats';
import type { Io } from '../io';
import { readValues, type Values } from '../option-values';
import { compareReports } from './compare-reports';
import { comparisonJson, comparisonMarkdown } from './describe';
import { readReport } from './read-report';

/** Say what came and went between two reports. */
export interface CompareCommand {
  readonly kind: 'compare';
  readonly before: string;
  readonly after: string;
  /** The directory whose files the older report names; the working directory unless given. */
  readonly oldRoot: string | undefined;
  readonly outputs: readonly OutputTarget[];
  readonly exitZero: boolean;
}

const WRITERS = { markdown: comparisonMarkdown, json: comparisonJson };

/**
 * Reads the arguments of `pylint-leaks compare`.
 * @throws CliError when they are not understood.
 */
export function compareCommand(values: Values, files: readonly string[]): CompareCommand {
  rejectForeign('compare', values);
  const { flag, text, texts } = readValues(values);
  const [before, after] = files;
  if (before === undefined || after === undefined || files.length > 2)
    throw new CliError('"compare" takes two reports of --format json: an older one and a newer one');
  const formats = texts('format').length === 0 ? ['markdown'] : texts('format');
  const outputs = outputTargets(formats, text('output-file'), false);
  const foreign = outputs.find(({ format }) => !(format in WRITERS));
  if (foreign !== undefined) throw new CliError(`"compare" writes markdown or json, not ${foreign.format}`);
  return { kind: 'compare', before, after, oldRoot: text('old-root'), outputs, exitZero: flag('exit-zero') };
}

/**
 * Compares two reports.
 *
 * @returns the exit code: 1 when an error was introduced.
 * @throws CliError when a report cannot be read or written.
 */
export async function compare(command: CompareCommand, io: Io): Promise<number> {
  const before = await readReport(command.before, resolve(io.cwd, command.oldRoot ?? '.'), io);
  const after = await readReport(command.after, io.cwd, io);
  const comparison = compareReports(before, after);
  for (const { format, file } of command.outputs) {
    const text = format === 'json' ? comparisonJson(comparison) : comparisonMarkdown(comparison);
    if (file === undefined) io.stdout.write(text);
    else
      await io.disk.create(resolve(io.cwd, file), text).catch((error: unknown) => {
        throw new CliError(`${file}: the report cannot be written: ${failureReason(error)}`);
      });
  }
  const hasErrors = comparison.introduced.some(({ severity }) => severity === 2);
  return hasErrors && !command.exitZero ? 1 : 0;
}
