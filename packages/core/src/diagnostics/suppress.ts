import type { Diagnostic } from './diagnostic';
import type { SyntaxTree } from '../syntax/ast';
import type { SourceFile } from '../text/source-file';
import { readSuppressions, type MalformedSuppression, type Suppression } from './suppression';

/** A suppressing comment with the rules of it that had nothing to suppress, as far as they were run. */
export interface JudgedSuppression extends Suppression {
  readonly unused: readonly string[];
}

/** A diagnostic that a comment takes out of the report. */
export interface SuppressedDiagnostic {
  readonly diagnostic: Diagnostic;
  /** Why, as the comment says. */
  readonly reason: string | undefined;
}

/** What the comments of a file came to, for the rules that judge them. */
export interface SuppressionOutcome {
  readonly judged: readonly JudgedSuppression[];
  readonly malformed: readonly MalformedSuppression[];
}

/**
 * Takes the diagnostics away that comments cover.
 *
 * @param diagnostics - of all rules but those that judge comments.
 * @param ranRules - ids of the rules that were run: of the others nobody knows whether a comment is needed.
 */
export function suppress(
  file: SourceFile,
  tree: SyntaxTree,
  diagnostics: readonly Diagnostic[],
  ranRules: ReadonlySet<string>,
): SuppressionOutcome & { readonly left: readonly Diagnostic[]; readonly suppressed: readonly SuppressedDiagnostic[] } {
  const { valid, malformed } = readSuppressions(file, tree);
  if (valid.length === 0) return { left: diagnostics, suppressed: [], judged: [], malformed };
  const isCovered = ({ ruleId, span }: Diagnostic, { rules, covers }: Suppression) =>
    rules.includes(ruleId) && covers.start <= span.start && span.start <= covers.end;
  // In a damaged file findings are missing, so that no comment can be called unused.
  const isWhole = tree.errors.length === 0;
  const judged = valid.map((suppression) => {
    const used = new Set(diagnostics.filter((each) => isCovered(each, suppression)).map(({ ruleId }) => ruleId));
    const unused = isWhole ? suppression.rules.filter((id) => ranRules.has(id) && !used.has(id)) : [];
    return { ...suppression, unused };
  });
  return {
    left: diagnostics.filter((each) => !valid.some((suppression) => isCovered(each, suppression))),
    suppressed: diagnostics.flatMap((diagnostic) => {
      const by = valid.find((suppression) => isCovered(diagnostic, suppression));
      return by === undefined ? [] : [{ diagnostic, reason: by.reason }];
    }),
    judged,
    malformed,
  };
}
