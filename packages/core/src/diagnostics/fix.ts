import type { Span } from '../text/span';

/**
 * How far a fix may be trusted.
 * - `safe`: on every path that existed before, the program does the same observable things, except that the resource is
 *   released no later than the end of the scope that used it. Applied by `--fix`.
 * - `unsafe`: does what a person would most likely want, and may change behaviour. Applied by `--unsafe-fixes`.
 * - `display`: shown, never applied.
 */
export type Applicability = 'safe' | 'unsafe' | 'display';

/** Replaces the text of `span` with `text`; an empty span inserts. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** Edits that are applied together or not at all; they do not overlap and are sorted by place. */
export interface Fix {
  readonly ruleId: string;
  readonly applicability: Applicability;
  /** What it does, in the imperative: "Close the connection with contextlib.closing". */
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** What a fixer answers: a fix, or why there is none (shown by `--verbose` and kept in cases). */
export type FixResult =
  { readonly kind: 'fix'; readonly fix: Fix } | { readonly kind: 'refused'; readonly reason: string };
