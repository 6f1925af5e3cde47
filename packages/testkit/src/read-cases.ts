import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Case } from './case';
import { parseCases } from './cases-md';

/**
 * The cases of a file as rows for `it.each`: the name, and a function that gives the case. A file that is missing or does
 * not follow the format gives one row whose function throws, so that it fails alone and not every other file with it.
 *
 * @param root - the checkout.
 * @param file - from there; named so in messages.
 */
export function readCases(root: string, file: string): readonly (readonly [string, () => Case])[] {
  try {
    return parseCases(readFileSync(join(root, file), 'utf8'), file).map((each) => [each.name, () => each] as const);
  } catch (error) {
    const fail = (): never => {
      throw error;
    };
    return [[`${file} can be read`, fail]];
  }
}
