import yargs, { type Argv, type Options } from 'yargs';
import { ADOPTING } from './option-rows/adopting';
import { COMMANDS } from './option-rows/commands';
import { FILE_CHOICE } from './option-rows/files';
import { FIXING } from './option-rows/fixing';
import { OTHER, OTHERS } from './option-rows/other';
import { REPORTING } from './option-rows/reporting';
import { RULE_CHOICE } from './option-rows/rules';
import { version } from '../package.json';
import { EXAMPLES } from './help-examples';

/** Every option, in the order of the help page. Values are checked in options.ts, with better words than yargs has. */
const OPTIONS: Readonly<Record<string, Options>> = {
  ...FIXING,
  ...REPORTING,
  ...FILE_CHOICE,
  ...ADOPTING,
  ...RULE_CHOICE,
  ...COMMANDS,
  ...OTHERS,
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
      'Find and fix resource leaks in Python code: connections, files, threads, sockets, processes, tasks.\n\nUsage: $0 [options] [paths..] or $0 rule [id] or $0 why FILE:LINE or $0 triage REPORT [paths..] or $0 migrate [options] [paths..]\n       or $0 init or $0 compare OLD NEW or $0 merge PARTS.. or $0 restore or $0 completion bash|zsh|fish',
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
