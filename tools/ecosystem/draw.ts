/**
 * Draws `count` of the items at random, each once, in the order of drawing. The generator is linear congruential, in the
 * double precision of JavaScript numbers.
 *
 * @param seed - a natural number; the same seed draws the same places of lists of the same length.
 * @returns all of the items, in drawn order, when there are fewer than `count`.
 */
export function draw<T>(items: readonly T[], count: number, seed: number): readonly T[] {
  const left = [...items];
  const drawn: T[] = [];
  let state = seed;
  while (drawn.length < count && left.length > 0) {
    state = (state * 1103515245 + 12345) % 2147483648;
    drawn.push(...left.splice(state % left.length, 1));
  }
  return drawn;
}
