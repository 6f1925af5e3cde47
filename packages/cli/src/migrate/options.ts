import { CliError } from '../cli-error';
import { rejectForeign } from '../command-options';
import { oneOf, readValues, type Values } from '../option-values';
import type { LintCommand } from '../options';
import { GROUPINGS, type MigrateCommand, type MigrateOutput } from './command';

/**
 * Reads the arguments of `pylint-leaks migrate`.
 *
 * @param lintCommand - reads the options that migrating and linting share.
 * @throws CliError when they are not understood.
 */
export function migrateCommand(
  values: Values,
  paths: readonly string[],
  lintCommand: (values: Values, paths: readonly string[]) => LintCommand,
): MigrateCommand {
  rejectForeign('migrate', values);
  const { flag, text, list } = readValues(values);
  if (paths.includes('-')) throw new CliError('migrate needs files: standard input cannot be committed');
  const output = outputOf(flag, text('patches'));
  if (flag('resume') && output.kind === 'plan') throw new CliError('--resume and --dry-run exclude each other');
  if (flag('no-hooks') && output.kind !== 'commits') throw new CliError('--no-hooks needs --commit');
  // The rest of the options mean what they mean for linting with --fix.
  const rules = list('rule');
  const lint = lintCommand({ ...values, fix: true, ...(rules === undefined ? {} : { select: rules }) }, paths);
  return {
    kind: 'migrate',
    lint,
    paths: paths.length === 0 ? ['.'] : paths,
    by: oneOf('by', text('by') ?? 'dir', GROUPINGS),
    maxFiles: maxFiles(text('max-files')),
    output,
    resume: flag('resume'),
    allowDirty: flag('allow-dirty'),
    stateFile: text('state'),
  };
}

function outputOf(flag: (name: string) => boolean, patches: string | undefined): MigrateOutput {
  const given = [
    ...(flag('commit') ? ['--commit'] : []),
    ...(patches === undefined ? [] : ['--patches']),
    ...(flag('dry-run') ? ['--dry-run'] : []),
  ];
  if (given.length > 1) throw new CliError(`${given.join(' and ')} exclude each other`);
  if (flag('commit')) return { kind: 'commits', hooks: !flag('no-hooks') };
  if (patches !== undefined) return { kind: 'patches', directory: patches };
  if (flag('dry-run')) return { kind: 'plan' };
  throw new CliError(
    'migrate makes commits (--commit) or patches (--patches DIR), or shows its plan (--dry-run): say which',
  );
}

function maxFiles(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(value))
    throw new CliError(`--max-files must be a whole number, 1 or more, not "${value}"`);
  return Number(value);
}
