import { T, type Tokens } from '../syntax/compile-errors/token';

/** The tokens of a text with the spelling of its names, which is asked for many times and made once. */
export interface Words {
  readonly kinds: readonly number[];
  /** Spelling of the name at an index; '' for other tokens. */
  at(index: number): string;
}

/** Spells the names of a text. */
export function wordsOf({ kinds, starts, ends, text }: Tokens): Words {
  const spellings = kinds.map((kind, index) => (kind === T.Name ? text.slice(starts[index], ends[index]) : ''));
  return { kinds, at: (index) => spellings[index] ?? '' };
}
