import { createHash } from 'node:crypto';
import type { Part } from '../shard/read-part';
import type { Reporter } from './reporter';

/** All that a run knows, for `pylint-leaks merge`; of the sources a hash. */
export const part: Reporter = (reports, { version, command: { shard }, isComplete }) => {
  const written: Part = {
    format: 'pylint-leaks-part',
    version,
    shard: shard ?? { index: 1, count: 1 },
    isComplete,
    reports: reports.map(({ source, ...report }) => ({
      ...report,
      sha256: source === undefined ? null : createHash('sha256').update(source.text).digest('hex'),
    })),
  };
  return `${JSON.stringify(written)}\n`;
};
