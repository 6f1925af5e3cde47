import type { Options } from 'yargs';

const FILES = 'Files:';

/** Options about which files are looked at. */
export const FILE_CHOICE: Readonly<Record<string, Options>> = {
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
};
