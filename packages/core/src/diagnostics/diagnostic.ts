import type { Span } from '../text/span';
import type { JudgedSuppression } from './suppress';
import type { Lifetime } from '../lifetimes/lifetime';

export type Severity = 'error' | 'warning';

/** How sure a leak is to lose something that matters (the first user's words). */
export type Impact = 'high' | 'medium' | 'low';

/** A further place that explains a diagnostic: where it was opened, where a path leaves. In path order. */
export interface RelatedLocation {
  readonly span: Span;
  readonly message: string;
}

/** What a fixer needs to know; the rule that reports attaches it. */
export type Evidence =
  | { readonly kind: 'lifetime'; readonly lifetime: Lifetime }
  /** Something that only grows; there is no acquisition and no path. */
  | { readonly kind: 'growth'; readonly scope: string; readonly subject: string }
  | { readonly kind: 'syntax'; readonly defect: SyntaxDefect }
  /** A comment that suppresses less than it says. */
  | { readonly kind: 'suppression'; readonly suppression: JudgedSuppression }
  /** A comment; nothing can be done to it by rule. */
  | { readonly kind: 'comment' };

/** A defect whose repair is mechanical; everything else about bad syntax is only reported. */
export type SyntaxDefect =
  /** `f(a=1, a=1)`: spans of all arguments with the same name, in source order. */
  | {
      readonly kind: 'repeated-keyword';
      readonly name: string;
      readonly arguments: readonly Span[];
      readonly identical: boolean;
    }
  | { readonly kind: 'other' };

/** One finding. `span` is the acquiring call (the offending text for syntax errors). */
export interface Diagnostic {
  readonly ruleId: string;
  readonly messageId: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  /** Values of the message's placeholders and of the report: `resource`, `path`, `impact`. */
  readonly data: Readonly<Record<string, string>>;
  readonly related: readonly RelatedLocation[];
  readonly evidence: Evidence;
}
