import {
  createSourceFile,
  lintSource,
  positionAt,
  type Diagnostic,
  type Fix,
  type LintOptions,
  type LintResult,
} from '@pylint-leaks/core';
import { applyFixes, chooseFixes, type Candidate } from './apply';
import type { Fixer, FixOptions } from './fixer';
import { fixers as allFixers } from './registry.generated';
import { findDamage } from './verify';

/** Passes after which fixing stops, as in ESLint. */
const MAX_PASSES = 10;

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

/**
 * Offers a fix (or the reason for none) for each diagnostic of a lint result, in order. In a file that does not
 * compile only findings about the syntax have fixes.
 *
 * @param fixers - all fixers unless a test says otherwise.
 */
export function offerFixes(
  lint: LintResult,
  options: FixOptions,
  fixers: readonly Fixer[] = allFixers,
): readonly FixedDiagnostic[] {
  const isBroken = lint.tree.errors.length > 0 || lint.diagnostics.some(({ evidence }) => evidence.kind === 'syntax');
  return lint.diagnostics.map((diagnostic) => {
    const fixer = fixers.find(({ ruleId }) => ruleId === diagnostic.ruleId);
    if (fixer === undefined) return { diagnostic, fix: undefined, refused: 'this rule has no fixes' };
    if (isBroken && diagnostic.evidence.kind !== 'syntax') {
      return { diagnostic, fix: undefined, refused: 'the file does not compile' };
    }
    const result = fixer.fix(diagnostic, lint, options);
    return result.kind === 'fix'
      ? { diagnostic, fix: result.fix, refused: undefined }
      : { diagnostic, fix: undefined, refused: result.reason };
  });
}

/**
 * Applies fixes until nothing changes (at most 10 passes), verifying each pass: re-parses, the diagnostic is gone,
 * nothing new appeared, a second pass changes nothing. A fix that fails verification is left out.
 *
 * @param path - only for messages.
 * @param text - decoded source without a byte-order mark.
 */
export function fixSource(
  path: string,
  text: string,
  lint: LintOptions,
  fix: FixOptions & { readonly applicability: 'safe' | 'unsafe' },
  fixers: readonly Fixer[] = allFixers,
): FixOutcome {
  const run = (source: string): LintResult => lintSource(createSourceFile(path, source), lint);
  const applied: FixOutcome['applied'][number][] = [];
  const rejected: FixOutcome['rejected'][number][] = [];
  const isRejected = (candidate: Candidate): boolean =>
    rejected.some((entry) => signature(entry.fix) === signature(candidate.fix));
  let current = run(text);
  let passes = 0;
  while (passes < MAX_PASSES) {
    const offered = offerFixes(current, fix, fixers).flatMap(({ diagnostic, fix: offer }): Candidate[] =>
      offer !== undefined && isAllowed(offer, fix.applicability) ? [{ diagnostic, fix: offer }] : [],
    );
    const chosen = chooseFixes(
      current.file.text,
      offered.filter((candidate) => !isRejected(candidate)),
    );
    if (chosen.length === 0) break;
    passes++;
    const { result, accepted, failed } = attempt(current, chosen, run);
    for (const { diagnostic, fix: done } of accepted) {
      applied.push({ diagnostic, fix: done, line: positionAt(current.file, diagnostic.span.start).line });
    }
    rejected.push(...failed);
    current = result;
  }
  return { text: current.file.text, applied, rejected, lint: current, passes };
}

function isAllowed({ applicability }: Fix, limit: 'safe' | 'unsafe'): boolean {
  return applicability === 'safe' || (applicability === 'unsafe' && limit === 'unsafe');
}

/** Fixes of the same text at the same place: offsets of other passes must not be mistaken for it. */
function signature(fix: Fix): string {
  return JSON.stringify([fix.ruleId, fix.edits]);
}

interface Attempt {
  readonly result: LintResult;
  readonly accepted: readonly Candidate[];
  readonly failed: readonly { readonly diagnostic: Diagnostic; readonly fix: Fix; readonly reason: string }[];
}

/** Applies all; when the whole fails verification, halves it until those that fail alone are left out. */
function attempt(before: LintResult, chosen: readonly Candidate[], run: (text: string) => LintResult): Attempt {
  let result = before;
  let accepted: readonly Candidate[] = [];
  const failed: Attempt['failed'][number][] = [];
  const add = (group: readonly Candidate[]): void => {
    const together = [...accepted, ...group];
    const text = applyFixes(
      before.file.text,
      together.map(({ fix }) => fix),
    );
    const next = run(text);
    const damage = findDamage(before, next, together);
    if (damage === undefined) {
      result = next;
      accepted = together;
    } else if (group.length > 1) {
      const middle = group.length >> 1;
      add(group.slice(0, middle));
      add(group.slice(middle));
    } else for (const candidate of group) failed.push({ ...candidate, reason: damage });
  };
  add(chosen);
  return { result, accepted, failed };
}
