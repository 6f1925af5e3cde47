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
  /** Stands apart from the code it serves, as an import does: other fixes may make the same insertion, which goes in once. */
  readonly shared?: true;
}

/**
 * What has to be true of a place for a rewrite to change nothing but the release.
 * - `single-owner`: one local name or nobody holds it, and no other code can replace or see that name.
 * - `known-resource`: it is what the table says, not an own subclass, and it is always there.
 * - `with-equals-release`: leaving the block does what is done today, or would have to be done, and nothing else.
 * - `nothing-derived-survives`: neither it nor anything that still needs it is used after the release.
 * - `release-dominated`: the release comes on every way out, once, and in its order among other releases.
 * - `release-unobserved`: no code depends on it being released later than it will be.
 * - `evaluation-order-kept`: nothing is evaluated before or after what it was evaluated before or after.
 * - `no-comment-moved`: no comment is lost or comes to speak of other code.
 * - `layout-kept`: lines, indentation and the nesting that CPython allows.
 * - `names-free`: names and imports that the rewrite adds mean nothing else there and are seen by nobody.
 * - `values-equal`: what is written several times is the same each time.
 * - `meaning-known`: what a damaged text was meant to say is certain.
 */
export type Precondition =
  | 'single-owner'
  | 'known-resource'
  | 'with-equals-release'
  | 'nothing-derived-survives'
  | 'release-dominated'
  | 'release-unobserved'
  | 'evaluation-order-kept'
  | 'no-comment-moved'
  | 'layout-kept'
  | 'names-free'
  | 'values-equal'
  | 'meaning-known';

/** One precondition that was looked at for a fix, and what came out. Plain data. */
export interface CheckedPrecondition {
  readonly precondition: Precondition;
  /** False makes the fix unsafe; what would make it wrong is refused and is no fix at all. */
  readonly holds: boolean;
  /** What speaks against it, in clauses joined by semicolons; absent when it holds. */
  readonly detail?: string;
}

/** Edits that are applied together or not at all; they do not overlap and are sorted by place. */
export interface Fix {
  readonly ruleId: string;
  readonly applicability: Applicability;
  /** What it does, in the imperative: "Close the connection with contextlib.closing". */
  readonly title: string;
  readonly edits: readonly Edit[];
  /** Every precondition that was checked, each once, in the order of checking. A safe fix has no broken one. */
  readonly checked: readonly CheckedPrecondition[];
  /** Classes of the file that own something from now on in a way that others have to end: they may be reported after it. */
  readonly reveals?: readonly string[];
}

/** What a fixer answers: a fix, or why there is none (shown by `--verbose` and kept in cases). */
export type FixResult =
  { readonly kind: 'fix'; readonly fix: Fix } | { readonly kind: 'refused'; readonly reason: string };
