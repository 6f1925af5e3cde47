import yargs, { type Argv, type Options } from 'yargs';
import { FORMATS } from './formats';
import { version } from '../package.json';
import { EXAMPLES } from './help-examples';

const FIX = 'Fix:';
const REPORT = 'Report:';
const FILES = 'Files:';
const ADOPT = 'Old findings and changes:';
const RULES = 'Rules and configuration:';
const MIGRATE = 'pylint-leaks migrate:';
const INIT = 'pylint-leaks init:';
const COMPARE = 'pylint-leaks compare:';
const OTHER = 'Other:';

/** Every option, in the order of the help page. Values are checked in options.ts, with better words than yargs has. */
const OPTIONS: Readonly<Record<string, Options>> = {
  fix: { group: FIX, type: 'boolean', describe: 'Apply safe fixes, verify them and write the files' },
  'unsafe-fixes': {
    group: FIX,
    type: 'boolean',
    describe: 'With --fix or --diff: also fixes that may change behaviour',
  },
  diff: { group: FIX, type: 'boolean', describe: 'Write nothing; print what --fix would change; exit 1 if anything' },
  'verify-cmd': {
    group: FIX,
    type: 'string',
    requiresArg: true,
    describe: 'Run this after writing, and put back the files that make it fail',
  },
  proof: {
    group: FIX,
    type: 'string',
    requiresArg: true,
    describe: 'Write what was checked for each fix to a file (JSON)',
  },
  'verify-timeout': {
    group: FIX,
    type: 'string',
    requiresArg: true,
    describe: 'Seconds until --verify-cmd counts as failed  [default: 600]',
  },

  'fix-only': { group: FIX, type: 'boolean', describe: 'Apply fixes, and neither report nor judge what is left' },
  'show-fixes': { group: FIX, type: 'boolean', describe: 'Name each fix' },
  'exit-non-zero-on-fix': { group: FIX, type: 'boolean', describe: 'Exit 1 when something was fixed' },

  format: {
    group: REPORT,
    alias: 'f',
    type: 'string',
    array: true,
    requiresArg: true,
    describe: `${Object.keys(FORMATS).join(', ')}; with :FILE to a file, repeatable  [default: full]`,
  },
  'output-file': {
    group: REPORT,
    alias: 'o',
    type: 'string',
    requiresArg: true,
    describe: 'Write the report to a file',
  },
  history: {
    group: REPORT,
    type: 'string',
    requiresArg: true,
    describe: 'Add the figures of this run to a file, for the trend in html reports',
  },
  statistics: { group: REPORT, type: 'boolean', describe: 'Print how many findings each rule has, not the findings' },
  watch: { group: REPORT, alias: 'w', type: 'boolean', describe: 'Lint again after each change, until Ctrl-C' },
  color: { group: REPORT, type: 'string', requiresArg: true, describe: 'auto, always or never  [default: auto]' },
  quiet: { group: REPORT, alias: 'q', type: 'boolean', describe: 'Report errors only, no warnings' },
  'max-warnings': {
    group: REPORT,
    type: 'string',
    requiresArg: true,
    describe: 'Exit 1 when there are more warnings than this',
  },
  evidence: {
    group: REPORT,
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'Say which findings a recording of the program confirms (repeatable; see docs/evidence.md)',
  },
  'only-confirmed': {
    group: REPORT,
    type: 'boolean',
    describe: 'With --evidence: report only what leaked while it was recorded',
  },
  'exit-zero': { group: REPORT, type: 'boolean', describe: 'Exit 0 even when there are findings' },

  exclude: {
    group: FILES,
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'Leave out more files (a pattern as in .gitignore; repeatable)',
  },
  'force-exclude': {
    group: FILES,
    type: 'boolean',
    describe: 'Leave excluded files out even when named on the command line',
  },
  'show-files': { group: FILES, type: 'boolean', describe: 'Print the files that would be linted' },
  shard: {
    group: FILES,
    type: 'string',
    requiresArg: true,
    describe: 'Lint only the i-th of n parts of the files, such as 2/4',
  },
  'stdin-filename': {
    group: FILES,
    type: 'string',
    requiresArg: true,
    describe: 'Read standard input; the file name to report',
  },

  baseline: {
    group: ADOPT,
    type: 'string',
    requiresArg: true,
    describe: 'Leave out the findings that this file accepts',
  },
  'no-baseline': { group: ADOPT, type: 'boolean', describe: 'Report accepted findings too' },
  'write-baseline': { group: ADOPT, type: 'boolean', describe: 'Accept all findings there are now' },
  'prune-baseline': { group: ADOPT, type: 'boolean', describe: 'Drop accepted findings that are gone' },
  frozen: {
    group: ADOPT,
    type: 'boolean',
    describe: 'Do not shorten the baseline; fail when it should be shorter (as with CI set)',
  },
  'add-ignore': {
    group: ADOPT,
    type: 'string',
    requiresArg: true,
    describe: 'Suppress all findings by comments in the code, with this reason',
  },
  since: {
    group: ADOPT,
    type: 'string',
    requiresArg: true,
    describe: 'Report only what changes since this commit touch or cause',
  },
  staged: {
    group: ADOPT,
    type: 'boolean',
    describe: 'Lint staged text; report only what staged changes touch or cause',
  },

  preset: {
    group: RULES,
    type: 'string',
    requiresArg: true,
    describe: 'recommended, strict (also what may be wrong) or all  [default: recommended]',
  },
  select: {
    group: RULES,
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'Run only these rules (comma-separated, or ALL)',
  },
  ignore: {
    group: RULES,
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'Do not run these rules (comma-separated)',
  },
  'target-version': {
    group: RULES,
    type: 'string',
    requiresArg: true,
    describe: 'Lowest Python version of the code, such as 3.9',
  },
  config: { group: RULES, alias: 'c', type: 'string', requiresArg: true, describe: 'Use this configuration file' },
  'no-config': { group: RULES, alias: 'isolated', type: 'boolean', describe: 'Use no configuration file' },

  rule: {
    group: MIGRATE,
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'Fix only these rules (comma-separated)',
  },
  by: {
    group: MIGRATE,
    type: 'string',
    requiresArg: true,
    describe: 'Batches by rule, dir, owner (CODEOWNERS) or file  [default: dir]',
  },
  'max-files': { group: MIGRATE, type: 'string', requiresArg: true, describe: 'Files in a batch at most' },
  commit: { group: MIGRATE, type: 'boolean', describe: 'Make one commit for each batch' },
  patches: {
    group: MIGRATE,
    type: 'string',
    requiresArg: true,
    describe: 'Make one patch file for each batch in this directory, and change no file',
  },
  'dry-run': { group: MIGRATE, type: 'boolean', describe: 'Print the batches (of init: the files) and change nothing' },
  resume: { group: MIGRATE, type: 'boolean', describe: 'Go on where an earlier run stopped' },
  state: {
    group: MIGRATE,
    type: 'string',
    requiresArg: true,
    describe: 'Where to remember what is done  [default: in the git directory]',
  },
  'allow-dirty': {
    group: MIGRATE,
    type: 'boolean',
    describe: 'Start although there are uncommitted changes, and leave these files out',
  },
  'no-hooks': { group: MIGRATE, type: 'boolean', describe: "Commit without running git's commit hooks" },
  'vendor-runtime': {
    group: INIT,
    type: 'string',
    requiresArg: true,
    describe: 'Write the runtime package as one file and let fixes import from it',
  },
  force: { group: INIT, type: 'boolean', describe: 'Replace a file that is there already' },

  'show-settings': { group: OTHER, type: 'boolean', describe: 'Print the settings that hold for a path' },
  'old-root': {
    group: COMPARE,
    type: 'string',
    requiresArg: true,
    describe: 'The directory that the older report was made in  [default: the current one]',
  },

  'no-regions': {
    group: OTHER,
    type: 'boolean',
    describe: 'Analyse every file whole, also what cannot matter: the same findings, slower',
  },
  parser: { group: OTHER, type: 'string', requiresArg: true, describe: 'auto, native or wasm  [default: auto]' },
};

const EPILOGUE = `Configuration: [tool.pylint-leaks] in pyproject.toml, or .pylint-leaksrc.{json,yaml,toml}; the nearest one above each file.
Exit codes: 0 no errors, 1 findings at error level or too many warnings, 2 could not run.
This is a tool of its own, not a pylint plugin.`;

/** An option as scripts for shells need it. */
export interface OptionRow {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly takesValue: boolean;
  readonly describe: string;
}

/** Every option, in the order of the help page. */
export function optionTable(): readonly OptionRow[] {
  const rows = Object.entries(OPTIONS).map(([name, { alias, type, describe = '' }]) => ({
    name,
    aliases: typeof alias === 'string' ? [alias] : [],
    takesValue: type === 'string',
    describe,
  }));
  return [
    ...rows,
    { name: 'help', aliases: ['h'], takesValue: false, describe: 'Show help' },
    { name: 'version', aliases: ['V'], takesValue: false, describe: 'Show version number' },
  ];
}

/**
 * The yargs parser of the command line, and all option names it knows.
 *
 * @param columns - width of the help page.
 */
export function createParser(columns: number): { readonly parser: Argv; readonly names: readonly string[] } {
  const parser = yargs()
    .scriptName('pylint-leaks')
    .usage(
      'Find and fix resource leaks in Python code: connections, files, threads, sockets, processes, tasks.\n\nUsage: $0 [options] [paths..] or $0 rule [id] or $0 why FILE:LINE or $0 triage REPORT [paths..] or $0 migrate [options] [paths..]\n       or $0 init or $0 compare OLD NEW or $0 merge PARTS.. or $0 completion bash|zsh|fish',
    )
    .options(OPTIONS)
    .version(version)
    .alias('version', 'V')
    .help()
    .alias('help', 'h')
    .group(['help', 'version'], OTHER)
    .example(EXAMPLES.map(([command, text]) => [command, text]))
    .epilogue(EPILOGUE)
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .locale('en')
    .wrap(Math.min(columns, 110));
  return { parser, names: optionTable().flatMap(({ name, aliases }) => [name, ...aliases]) };
}
