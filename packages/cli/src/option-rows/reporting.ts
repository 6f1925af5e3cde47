import type { Options } from 'yargs';
import { FORMATS } from '../formats';

const REPORT = 'Report:';

/** Options about what is reported, how and where. */
export const REPORTING: Readonly<Record<string, Options>> = {
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
};
