import {
  findSyntaxProblems,
  lintSource,
  positionAt,
  type Diagnostic,
  type Fix,
  type LintOptions,
  type LintResult,
  type Rule,
  type SourceFile,
} from '@pylint-leaks/core';
import { chooseFixes, fixedFile, type Candidate } from './apply';
import { fitToCells } from './cells';
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
  readonly applied: readonly AppliedFix[];
  /** Fixes that were tried and taken back, with the reason from verification; places are those of `text`. */
  readonly rejected: readonly { readonly diagnostic: Diagnostic; readonly fix: Fix; readonly reason: string }[];
  /** Lint result of `text`. */
  readonly lint: LintResult;
  readonly passes: number;
  /** False when there was still something to try after the last pass that is allowed. */
  readonly converged: boolean;
}

/** A fix that went in. */
export interface AppliedFix {
  readonly diagnostic: Diagnostic;
  readonly fix: Fix;
  /** Line of the diagnostic in the text of its pass, from 1. */
  readonly line: number;
  /** From 1. Offsets of diagnostic and edits are those of the text before this pass. */
  readonly pass: number;
}

/** What a fixing run needs to know besides the text. */
export interface FixSourceOptions extends FixOptions {
  readonly applicability: 'safe' | 'unsafe';
  /** Rules that may not find anything new in the fixed text, whether they run or not; those that run, unless given. */
  readonly watching?: readonly Rule[];
  /** Of each pass, which diagnostics may be fixed; all, unless given. */
  readonly accepts?: (lint: LintResult) => (diagnostic: Diagnostic) => boolean;
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
  // Asked of the text and not of the diagnostics: the rule that reports it may be off.
  const isBroken =
    lint.tree.errors.length > 0 ||
    (lint.diagnostics.some(({ evidence }) => evidence.kind !== 'syntax') &&
      findSyntaxProblems(lint.file.text, lint.tree, options.targetVersion, lint.file.notebook).length > 0);
  return lint.diagnostics.map((diagnostic) => {
    const fixer = fixers.find(({ ruleId }) => ruleId === diagnostic.ruleId);
    if (fixer === undefined) return { diagnostic, fix: undefined, refused: 'this rule has no fixes' };
    if (isBroken && diagnostic.evidence.kind !== 'syntax') {
      return { diagnostic, fix: undefined, refused: 'the file does not compile' };
    }
    const made = fixer.fix(diagnostic, lint, options);
    const result = made.kind === 'fix' ? fitToCells(made.fix, diagnostic, lint) : made;
    return result.kind === 'fix'
      ? { diagnostic, fix: result.fix, refused: undefined }
      : { diagnostic, fix: undefined, refused: result.reason };
  });
}

/**
 * Applies fixes until nothing changes (at most 10 passes), verifying each pass: it compiles as it did, the diagnostic is
 * gone, no rule finds anything new, comments and strings are what they were. A fix that fails verification is left out.
 *
 */
export function fixSource(
  file: SourceFile,
  lint: LintOptions,
  fix: FixSourceOptions,
  fixers: readonly Fixer[] = allFixers,
): FixOutcome {
  const isWanted = ({ ruleId }: { readonly ruleId: string }) => lint.rules.some(({ id }) => id === ruleId);
  const others = (fix.watching ?? []).filter(({ id }) => !isWanted({ ruleId: id }));
  const watched: LintOptions = { ...lint, rules: [...lint.rules, ...others] };
  const run = (source: SourceFile): LintResult => lintSource(source, watched);
  const wanted = (result: LintResult): LintResult => ({
    ...result,
    diagnostics: result.diagnostics.filter(isWanted),
  });
  const applied: AppliedFix[] = [];
  const failures = new Map<string, string>();
  const reasonAgainst = (candidate: Candidate): string | undefined => failures.get(signature(candidate.fix));
  let current = run(file);
  for (let pass = 1; ; pass++) {
    const accepts = fix.accepts?.(current) ?? (() => true);
    const offered = offerFixes(wanted(current), fix, fixers).flatMap(({ diagnostic, fix: offer }): Candidate[] =>
      offer !== undefined && isAllowed(offer, fix.applicability) && accepts(diagnostic)
        ? [{ diagnostic, fix: offer }]
        : [],
    );
    const untried = offered.filter((candidate) => reasonAgainst(candidate) === undefined);
    if (untried.length === 0 || pass > MAX_PASSES) {
      const taken = offered.flatMap((candidate) => {
        const reason = reasonAgainst(candidate);
        return reason === undefined ? [] : [{ ...candidate, reason }];
      });
      return {
        text: current.file.text,
        applied,
        rejected: taken,
        lint: wanted(current),
        passes: pass - 1,
        converged: untried.length === 0,
      };
    }
    const chosen = chooseFixes(current.file.text, untried);
    const { result, accepted, failed } = attempt(current, chosen, run, fix.targetVersion);
    for (const { diagnostic, fix: done } of accepted) {
      const { line } = positionAt(current.file, diagnostic.span.start);
      applied.push({ diagnostic, fix: done, line, pass });
    }
    // What failed is tried again in a new text: otherwise a second run could get further than this one.
    if (accepted.length > 0) failures.clear();
    else for (const entry of failed) failures.set(signature(entry.fix), entry.reason);
    current = result;
  }
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
function attempt(
  before: LintResult,
  chosen: readonly Candidate[],
  run: (file: SourceFile) => LintResult,
  targetVersion: FixOptions['targetVersion'],
): Attempt {
  let result = before;
  let accepted: readonly Candidate[] = [];
  const failed: Attempt['failed'][number][] = [];
  const add = (group: readonly Candidate[]): void => {
    const together = [...accepted, ...group];
    const next = run(
      fixedFile(
        before.file,
        together.map(({ fix }) => fix),
      ),
    );
    const damage = findDamage(before, next, together, targetVersion);
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
