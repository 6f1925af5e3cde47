import type { Options } from 'yargs';

const MIGRATE = 'pylint-leaks migrate:';
const INIT = 'pylint-leaks init:';
const COMPARE = 'pylint-leaks compare:';

/** Options of one command, such as `migrate`. */
export const COMMANDS: Readonly<Record<string, Options>> = {
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
  'old-root': {
    group: COMPARE,
    type: 'string',
    requiresArg: true,
    describe: 'The directory that the older report was made in  [default: the current one]',
  },
};
