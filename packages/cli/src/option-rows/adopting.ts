import type { Options } from 'yargs';

const ADOPT = 'Old findings and changes:';

/** Options about old findings, and about what changed. */
export const ADOPTING: Readonly<Record<string, Options>> = {
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
};
