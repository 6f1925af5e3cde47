import type { Applicability, ParserKind, PythonVersion } from '@pylint-leaks/core';
import { adoptOptions, type AdoptOptions } from './adopt-options';
import { createParser } from './option-table';
import { CliError } from './cli-error';
import { PRESETS, type Preset } from './config-schema';
import { compareCommand, type CompareCommand } from './compare/command';
import { rejectForeign } from './command-options';
import type { InitCommand } from './init/command';
import { initCommand } from './init/options';
import type { MigrateCommand } from './migrate/command';
import { migrateCommand } from './migrate/options';
import { oneOf, readValues, strings, type Values } from './option-values';
import { parsePythonVersion } from './python-version';
import { reportOptions, type ReportOptions } from './report-options';
import { mergeCommand, type MergeCommand } from './shard/merge';
import { parseShard, type Shard } from './shard/shard';
import { didYouMean } from './suggest';
import { triageCommand } from './triage/options';
import type { TriageCommand } from './triage/run';
import type { VerifyOptions } from './verify-command';

/** When the report is coloured. */
export const COLOR_CHOICES = ['auto', 'always', 'never'] as const;
export type ColorChoice = (typeof COLOR_CHOICES)[number];

/** Which tree-sitter binding is used. */
export const PARSER_CHOICES = ['auto', 'native', 'wasm'] as const satisfies readonly ('auto' | ParserKind)[];

/** A test suite that takes longer should not be run for each batch. */
const DEFAULT_VERIFY_SECONDS = 600;

/** Where the configuration comes from. */
export type ConfigChoice =
  { readonly kind: 'nearest' } | { readonly kind: 'file'; readonly path: string } | { readonly kind: 'none' };

/** What becomes of fixes: only reported, written, or shown as a diff. */
export type Mode = 'check' | 'fix' | 'diff';

/** What is linted. */
export type Input =
  { readonly kind: 'paths'; readonly paths: readonly string[] } | { readonly kind: 'stdin'; readonly filename: string };

/** A lint run as asked for. */
export interface LintCommand extends AdoptOptions, ReportOptions {
  readonly kind: 'lint';
  readonly input: Input;
  readonly mode: Mode;
  readonly applicability: Exclude<Applicability, 'display'>;
  /** Runs after files were written; those that make it fail are put back. */
  readonly verify: VerifyOptions | undefined;
  /** Where to write what was checked for each fix. */
  readonly proofFile: string | undefined;
  /** Recordings of the running program. */
  readonly evidence: readonly string[];
  /** Report only findings that a recording confirms. */
  readonly onlyConfirmed: boolean;
  readonly color: ColorChoice;
  readonly quiet: boolean;
  readonly exitZero: boolean;
  readonly maxWarnings: number | undefined;
  readonly preset: Preset | undefined;
  readonly select: readonly string[] | undefined;
  readonly ignore: readonly string[] | undefined;
  readonly exclude: readonly string[];
  readonly forceExclude: boolean;
  /** Lint only this part of the files. */
  readonly shard: Shard | undefined;
  readonly config: ConfigChoice;
  readonly targetVersion: PythonVersion | undefined;
  /** Analyse only what can matter. */
  readonly regions: boolean;
  readonly parser: 'auto' | ParserKind;
}

/** What the arguments ask for. */
export type Command =
  | LintCommand
  | MigrateCommand
  | InitCommand
  | CompareCommand
  | MergeCommand
  | TriageCommand
  /** Print the page of a rule, or without an id the list of rules. */
  | { readonly kind: 'rule'; readonly id: string | undefined }
  | WhyCommand
  /** Print a script that completes the command line. */
  | { readonly kind: 'completion'; readonly shell: string }
  /** Give files back what they had before a run that was killed. */
  | { readonly kind: 'restore' }
  /** Print this text: help or version. */
  | { readonly kind: 'print'; readonly text: string };

/** Explain the acquisition sites on one line. */
export interface WhyCommand {
  readonly kind: 'why';
  readonly file: string;
  /** Of a notebook, from 1 over all its cells. */
  readonly cell: number | undefined;
  /** 1-based, of a notebook in the cell. */
  readonly line: number;
  /** The options that decide what the linter sees. */
  readonly lint: LintCommand;
}

/**
 * Reads the arguments.
 *
 * @param columns - width of the help page.
 * @throws CliError when they are not understood.
 */
export function parseArguments(argv: readonly string[], columns: number): Command {
  const { parser, names } = createParser(columns);
  let failure: string | undefined;
  let printed = '';
  // With a callback yargs neither prints nor exits.
  const values: Values = parser.parseSync([...argv], {}, (error, _values, output) => {
    failure = error?.message;
    printed = output;
  });
  if (failure !== undefined)
    throw new CliError(failure.replace(/^Not enough arguments following: (.*)$/, 'option --$1 needs a value'));
  if (printed !== '') return { kind: 'print', text: `${printed}\n` };
  rejectUnknown(values, names);
  const positionals = strings(values['_']);
  // A path named "rule" can be written ./rule.
  if (positionals[0] === 'rule') return ruleCommand(positionals.slice(1));
  if (positionals[0] === 'completion') return completionCommand(positionals.slice(1));
  if (positionals[0] === 'migrate') return migrateCommand(values, positionals.slice(1), lintCommand);
  if (positionals[0] === 'compare') return compareCommand(values, positionals.slice(1));
  if (positionals[0] === 'merge') return mergeCommand(values, positionals.slice(1), lintCommand);
  if (positionals[0] === 'init') return initCommand(values, positionals.slice(1));
  if (positionals[0] === 'triage') return triageCommand(values, positionals.slice(1), lintCommand);
  rejectForeign('lint', values);
  if (positionals[0] === 'restore') return restoreCommand(positionals.slice(1));
  if (positionals[0] === 'why') return whyCommand(values, positionals.slice(1));
  return lintCommand(values, positionals);
}

function rejectUnknown(values: Values, names: readonly string[]): void {
  const unknown = Object.keys(values).find((name) => name !== '_' && name !== '$0' && !names.includes(name));
  if (unknown === undefined) return;
  const dashes = (name: string) => (name.length === 1 ? `-${name}` : `--${name}`);
  const long = names.filter((name) => name.length > 1).map(dashes);
  throw new CliError(`unknown option ${dashes(unknown)}${didYouMean(dashes(unknown), long)} (--help lists all)`);
}

function ruleCommand(ids: readonly string[]): Command {
  if (ids.length > 1) throw new CliError(`"rule" takes one rule id, not ${ids.length}`);
  return { kind: 'rule', id: ids[0] };
}

function whyCommand(values: Values, places: readonly string[]): Command {
  const [place = ''] = places;
  const [, file, first, second] = /^(.+?):(?:cell )?(\d+)(?::(\d+))?(?::\d+)?$/.exec(place) ?? [];
  // Two numbers are line and column, in a notebook cell and line.
  const isInCell = second !== undefined && (file ?? '').endsWith('.ipynb');
  const [cell, line] = isInCell ? [Number(first), second] : [undefined, first];
  if (places.length !== 1 || file === undefined || Number(line) < 1)
    throw new CliError('"why" takes one place, FILE:LINE, such as app/db.py:12');
  return { kind: 'why', file, cell, line: Number(line), lint: lintCommand(values, []) };
}

function restoreCommand(others: readonly string[]): Command {
  if (others.length > 0) throw new CliError('"restore" takes no paths: it puts all back that the run left');
  return { kind: 'restore' };
}

function completionCommand(shells: readonly string[]): Command {
  const [shell] = shells;
  if (shell === undefined || shells.length > 1) throw new CliError('"completion" takes one shell: bash, zsh or fish');
  return { kind: 'completion', shell };
}

function lintCommand(values: Values, positionals: readonly string[]): LintCommand {
  const { flag, text, texts, list } = readValues(values);
  const configFile = text('config');
  if (configFile !== undefined && flag('no-config')) throw new CliError('--config and --no-config exclude each other');
  const input = inputOf(positionals, text('stdin-filename'));
  // A diff promises to write nothing, so it wins over --fix.
  const mode = flag('diff') ? 'diff' : flag('fix') || flag('fix-only') ? 'fix' : 'check';
  const run = { mode, isStdin: input.kind === 'stdin' } as const;
  const report = reportOptions({ flag, text, texts }, run);
  const verify = verifyOptions(text('verify-cmd'), text('verify-timeout'));
  if (verify !== undefined && (mode !== 'fix' || input.kind === 'stdin'))
    throw new CliError('--verify-cmd is about files that are written: it needs --fix and paths');
  const proofFile = text('proof');
  if (proofFile !== undefined && mode !== 'fix') throw new CliError('--proof is about fixes: it needs --fix');
  const shard = parseShard(text('shard'));
  const noShard = ['write-baseline', 'prune-baseline', 'watch', 'evidence'].find((name) => values[name] !== undefined);
  if (shard !== undefined && (mode !== 'check' || run.isStdin || noShard !== undefined))
    throw new CliError(
      `--shard cannot be combined with ${run.isStdin ? 'standard input' : `--${noShard ?? (mode === 'diff' ? 'diff' : 'fix')}`}`,
    );
  const evidence = texts('evidence');
  if (flag('only-confirmed') && evidence.length === 0)
    throw new CliError('--only-confirmed needs --evidence: what a recording of the program says');
  if (evidence.length > 0 && input.kind === 'stdin')
    throw new CliError('--evidence is about files and cannot be combined with standard input');
  return {
    kind: 'lint',
    input,
    mode,
    verify,
    proofFile,
    applicability: flag('unsafe-fixes') ? 'unsafe' : 'safe',
    evidence,
    onlyConfirmed: flag('only-confirmed'),
    color: oneOf('color', text('color') ?? 'auto', COLOR_CHOICES),
    quiet: flag('quiet'),
    exitZero: flag('exit-zero'),
    maxWarnings: maxWarnings(text('max-warnings')),
    preset: text('preset') === undefined ? undefined : oneOf('preset', text('preset') ?? '', PRESETS),
    select: list('select'),
    ignore: list('ignore'),
    // Patterns may hold commas in braces; they are given one at a time.
    exclude: texts('exclude'),
    forceExclude: flag('force-exclude'),
    shard,
    config: flag('no-config')
      ? { kind: 'none' }
      : configFile === undefined
        ? { kind: 'nearest' }
        : { kind: 'file', path: configFile },
    targetVersion: targetVersion(text('target-version')),
    regions: !flag('no-regions'),
    parser: oneOf('parser', text('parser') ?? 'auto', PARSER_CHOICES),
    ...report,
    ...adoptOptions({ flag, text }, run),
  };
}

function inputOf(positionals: readonly string[], stdinFilename: string | undefined): Input {
  const paths = positionals.filter((path) => path !== '-');
  if (stdinFilename === undefined && paths.length === positionals.length)
    return { kind: 'paths', paths: paths.length === 0 ? ['.'] : paths };
  if (paths.length > 0) throw new CliError(`standard input cannot be combined with paths (${paths.join(', ')})`);
  return { kind: 'stdin', filename: stdinFilename ?? '<stdin>' };
}

function maxWarnings(value: string | undefined): number | undefined {
  // ESLint's way to say "no limit".
  if (value === undefined || value === '-1') return undefined;
  if (!/^\d{1,9}$/.test(value)) throw new CliError(`--max-warnings must be a whole number, 0 or more, not "${value}"`);
  return Number(value);
}

function verifyOptions(line: string | undefined, timeout: string | undefined): VerifyOptions | undefined {
  if (timeout !== undefined && line === undefined) throw new CliError('--verify-timeout needs --verify-cmd');
  if (timeout !== undefined && !/^[1-9]\d{0,5}$/.test(timeout))
    throw new CliError(`--verify-timeout must be a whole number of seconds, 1 or more, not "${timeout}"`);
  if (line === undefined) return undefined;
  if (line.trim() === '') throw new CliError('--verify-cmd must be a command, not an empty text');
  return { line, timeout: Number(timeout ?? DEFAULT_VERIFY_SECONDS) };
}

function targetVersion(value: string | undefined): PythonVersion | undefined {
  if (value === undefined) return undefined;
  const version = parsePythonVersion(value);
  if (version === undefined)
    throw new CliError(`--target-version must be a Python version such as 3.9 or py39, not "${value}"`);
  return version;
}
