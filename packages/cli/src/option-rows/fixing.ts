import type { Options } from 'yargs';

const FIX = 'Fix:';

/** Options about fixes. */
export const FIXING: Readonly<Record<string, Options>> = {
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
};
