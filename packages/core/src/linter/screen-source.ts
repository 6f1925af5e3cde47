import type { Rule } from '../diagnostics/define-rule';
import { createCatalogue } from '../resources/catalogue';
import { blankOut } from '../relevance/blank-out';
import { chooseUnits } from '../relevance/choose-units';
import { outlineOf } from '../relevance/outline';
import { createRelevantNames, type RelevantNames } from '../relevance/relevant-names';
import { wordsOf } from '../relevance/words';
import { grammaticalTokens } from '../syntax/compile-errors/grammatical';
import { surelyCompiles } from '../syntax/compile-errors/surely-compiles';
import { buildModule } from '../syntax/from-tokens/build-module';
import { createSourceFile, type SourceFile } from '../text/source-file';
import { lintSource, type Learned, type LintOptions, type LintResult } from './lint-source';

/** What can be said about a file without analysing all of it. */
export type Screening =
  /** Nothing in it can be found, and it opens nothing. */
  | { readonly kind: 'irrelevant' }
  /** The parts that can matter were analysed, and no rule finds anything. */
  | { readonly kind: 'clean'; readonly learned: Learned }
  /** It was analysed whole, because there is little that does not matter. */
  | { readonly kind: 'whole'; readonly result: LintResult }
  /** There may be findings: it must be analysed whole. */
  | { readonly kind: 'unknown' };

const IRRELEVANT: Screening = { kind: 'irrelevant' };
const UNKNOWN: Screening = { kind: 'unknown' };

/** The filter for `screenSource` that goes with the options, and with what the other files of the project define. */
export function relevantNamesFor(
  additions: Pick<LintOptions, 'ownerCalls' | 'rows' | 'packages'>,
  ofProject: Iterable<string>,
): RelevantNames {
  const { rows, types } = createCatalogue(additions);
  return createRelevantNames(rows, types, ofProject);
}

/**
 * Looks at a file only as far as it can matter: the names in it first, then its tokens, then the functions that mention a
 * name that matters and what these depend on. It never overlooks what `lintSource` would find; when it is not sure, it
 * says so.
 */
export function screenSource(file: SourceFile, options: LintOptions, relevant: RelevantNames): Screening {
  const { text } = file;
  const { rules } = options;
  if (!rules.every((rule) => canBeScreened(rule, text))) return UNKNOWN;
  const found = relevant.in(text);
  const mayOpen = found.names.size + found.builtins.size > 0;
  if (!mayOpen && !rules.some(({ meta }) => meta.concern?.kind === 'syntax')) return IRRELEVANT;
  // The outline of a damaged file is nothing to rely on.
  const tokens = grammaticalTokens(text);
  if (tokens === undefined || !surelyCompiles(tokens, () => buildModule(tokens))) return UNKNOWN;
  if (!mayOpen) return IRRELEVANT;
  const units = outlineOf(tokens);
  const kept = chooseUnits(wordsOf(tokens), units, found);
  if (kept.size === 0) return IRRELEVANT;
  const blanked = blankOut(tokens, units, kept);
  const result = lintSource(createSourceFile(file.path, blanked, file.notebook), options);
  if (blanked === text) return { kind: 'whole', result };
  const { diagnostics, suppressed, summary, lookups } = result;
  return diagnostics.length + suppressed.length === 0 ? { kind: 'clean', learned: { summary, lookups } } : UNKNOWN;
}

function canBeScreened({ meta: { concern } }: Rule, text: string): boolean {
  switch (concern?.kind) {
    case undefined:
      return false;
    case 'lifetimes':
    case 'syntax':
      return true;
    case 'names':
      return !concern.names.some((name) => text.includes(name));
  }
}
