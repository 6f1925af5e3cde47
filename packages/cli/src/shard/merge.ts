import { CliError } from '../cli-error';
import { rejectForeign } from '../command-options';
import { conclude } from '../conclude';
import { displayPath } from '../discover';
import type { Engine } from '../engine';
import type { FileReport } from '../finding';
import type { Io } from '../io';
import type { LintCommand } from '../options';
import type { Values } from '../option-values';
import { createSettings } from '../settings';
import { readPart, withSource, type Part } from './read-part';

/** Make one report of the parts of a run. */
export interface MergeCommand {
  readonly kind: 'merge';
  readonly files: readonly string[];
  /** What is reported, and how. */
  readonly lint: LintCommand;
}

/**
 * Reads the arguments of `pylint-leaks merge`.
 *
 * @param lintCommand - reads the options that linting has too.
 * @throws CliError when they are not understood.
 */
export function mergeCommand(
  values: Values,
  files: readonly string[],
  lintCommand: (values: Values, positionals: readonly string[]) => LintCommand,
): MergeCommand {
  rejectForeign('merge', values);
  if (files.length === 0) throw new CliError('"merge" takes the files that --shard i/n --format part:FILE has written');
  return { kind: 'merge', files, lint: lintCommand(values, []) };
}

/**
 * Reports what the parts of a run found, as one run would.
 *
 * @returns the exit code, as of one run.
 * @throws CliError when parts are missing or do not belong together.
 */
export async function merge({ files, lint }: MergeCommand, io: Io, engine: Engine): Promise<number> {
  const parts: Part[] = [];
  for (const file of files) parts.push(await readPart(file, io));
  checkParts(parts);
  const reports: FileReport[] = [];
  for (const report of parts.flatMap((part) => part.reports)) reports.push(await withSource(report, io));
  const show = (path: string) => displayPath(io.cwd, path);
  const settings = await createSettings(lint, engine.rules, { disk: io.disk, cwd: io.cwd, show })(io.cwd);
  const result = { reports, diffs: [], notes: [], missing: [], interrupted: false, failures: [] };
  return conclude(result, lint, settings.maxWarnings, io, engine);
}

function checkParts(parts: readonly Part[]): void {
  const counts = new Set(parts.map(({ shard }) => shard.count));
  const [count = 0] = counts;
  if (counts.size > 1) throw new CliError(`parts of different runs: of ${[...counts].join(' and of ')}`);
  const given = parts.map(({ shard }) => shard.index);
  for (let index = 1; index <= count; index++) {
    const times = given.filter((each) => each === index).length;
    if (times !== 1) throw new CliError(`part ${index}/${count} is ${times === 0 ? 'missing' : 'there twice'}`);
  }
}
