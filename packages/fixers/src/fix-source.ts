import type { Diagnostic, Fix, LintOptions, LintResult } from '@pylint-leaks/core';
import type { FixOptions } from './fixer';

/** One diagnostic with the fix that its fixer offers. */
export interface FixedDiagnostic {
  readonly diagnostic: Diagnostic;
  readonly fix: Fix | undefined;
  /** Why there is no fix. */
  readonly refused: string | undefined;
}

/** Result of fixing one file in memory; nothing is written. */
export interface FixOutcome {
  /** The verified text; equal to the input when nothing was applied. */
  readonly text: string;
  /** Every fix that went in, in the order of application. */
  readonly applied: readonly { readonly diagnostic: Diagnostic; readonly fix: Fix; readonly line: number }[];
  /** Fixes that were tried and taken back, with the reason from verification. */
  readonly rejected: readonly { readonly diagnostic: Diagnostic; readonly fix: Fix; readonly reason: string }[];
  /** Lint result of `text`. */
  readonly lint: LintResult;
  readonly passes: number;
}

/** Offers a fix (or the reason for none) for each diagnostic of a lint result, in order. */
export declare function offerFixes(lint: LintResult, options: FixOptions): readonly FixedDiagnostic[];

/**
 * Applies fixes until nothing changes (at most 10 passes), verifying each pass: re-parses, the diagnostic is gone,
 * nothing new appeared, a second pass changes nothing. A fix that fails verification is left out.
 */
export declare function fixSource(
  path: string,
  text: string,
  lint: LintOptions,
  fix: FixOptions & { readonly applicability: 'safe' | 'unsafe' },
): FixOutcome;
