import { closest, distance } from 'fastest-levenshtein';

/**
 * The known name that a misspelt one most likely means, or undefined when none is near.
 * Near: at most a third of the letters differ (always at least two, so that swapped letters count).
 */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const candidate = closest(name, known);
  const longest = Math.max(name.length, candidate.length);
  return distance(name, candidate) <= Math.max(2, Math.floor(longest / 3)) && longest > 2 ? candidate : undefined;
}

/** `; did you mean X?` or nothing, to end a sentence about an unknown name. */
export function didYouMean(name: string, known: readonly string[]): string {
  const candidate = nearest(name, known);
  return candidate === undefined ? '' : `; did you mean ${candidate}?`;
}
