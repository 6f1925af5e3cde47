import type { Options } from 'yargs';

const RULES = 'Rules and configuration:';

/** Options about rules and configuration. */
export const RULE_CHOICE: Readonly<Record<string, Options>> = {
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
};
