import type { AcquireRow } from '../resources/model';
import { NEUTRAL_BASES } from '../resources/tables/decorators';
import type { Outside } from '../summaries/project-index';
import { ownValue } from '../summaries/summary';

/** What the base classes of other files do with an attribute of a subclass. */
export type BaseRelease = 'released' | 'not-released' | 'unknown';

/**
 * Asks the bases of a class in other files, and their bases, whether one of them releases an attribute.
 *
 * @param bases - qualified names as this file sees them; undefined for one that is not known.
 */
export function releasedByBases(
  bases: readonly (string | undefined)[],
  attribute: string,
  row: AcquireRow,
  outside: Outside,
): BaseRelease {
  const queue = [...bases];
  const seen = new Set<string>();
  let isKnown = true;
  for (const base of queue) {
    if (base === undefined) {
      isKnown = false;
      continue;
    }
    if (seen.has(base) || NEUTRAL_BASES.has(base.replace(/^.*::/, ''))) continue;
    seen.add(base);
    const facts = outside.classFacts(base);
    const attributes = facts === undefined ? undefined : outside.attributeFacts(base);
    if (facts === undefined || attributes === undefined) {
      isKnown = false;
      continue;
    }
    const methods = [
      ...(ownValue(attributes.released, attribute) ?? []),
      ...(ownValue(attributes.released, '*') ?? []),
    ];
    if (methods.some((method) => method === '*' || row.release.includes(method))) return 'released';
    if (methods.includes('__exit__') && row.with !== 'transaction' && row.with !== 'none') return 'released';
    queue.push(...facts.bases);
  }
  return isKnown ? 'not-released' : 'unknown';
}
