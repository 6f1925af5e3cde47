import { createHash } from 'node:crypto';
import type { Fingerprint } from '@pylint-leaks/core';

const DIGITS = 16;

/**
 * A fingerprint as one word: 16 hexadecimal digits, the same on every machine and in every version that makes the same
 * fingerprints.
 *
 * @param path - with `/`; makes the word unique within a tree. Without it a renamed file keeps its words.
 */
export function fingerprintId({ ruleId, scope, subject, ordinal }: Fingerprint, path?: string): string {
  const parts = [ruleId, scope, subject, ordinal, ...(path === undefined ? [] : [path])];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, DIGITS);
}
