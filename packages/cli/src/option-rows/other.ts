import type { Options } from 'yargs';

/** Heading of these options on the help page. */
export const OTHER = 'Other:';

/** Options about the program itself. */
export const OTHERS: Readonly<Record<string, Options>> = {
  'show-settings': { group: OTHER, type: 'boolean', describe: 'Print the settings that hold for a path' },
  'no-regions': {
    group: OTHER,
    type: 'boolean',
    describe: 'Analyse every file whole, also what cannot matter',
  },
  parser: { group: OTHER, type: 'string', requiresArg: true, describe: 'auto, native or wasm  [default: auto]' },
};
