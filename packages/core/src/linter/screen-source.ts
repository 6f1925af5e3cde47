import type { Concern, Rule } from '../diagnostics/define-rule';
import { createCatalogue } from '../resources/catalogue';
import { chooseUnits } from '../relevance/choose-units';
import { outlineOf } from '../relevance/outline';
import { prune } from '../relevance/prune';
import { createRelevantNames, type FoundNames, type RelevantNames } from '../relevance/relevant-names';
import { wordsOf } from '../relevance/words';
import { acquiringNamesOf, type AcquiringNames } from '../summaries/acquiring-names';
import type { SyntaxTree } from '../syntax/ast';
import { grammaticalTokens } from '../syntax/compile-errors/grammatical';
import { surelyCompiles } from '../syntax/compile-errors/surely-compiles';
import type { Tokens } from '../syntax/compile-errors/token';
import { buildModule } from '../syntax/from-tokens/build-module';
import type { SourceFile } from '../text/source-file';
import { findsInTree, learnFromParts, lintTree, type Learned, type LintOptions, type LintResult } from './lint-source';

/** What can be said about a file without analysing all of it. */
export type Screening =
  /** Nothing in it can be found, and it opens nothing. */
  | { readonly kind: 'irrelevant' }
  /** The parts that can matter were analysed, and no rule finds anything. */
  | { readonly kind: 'clean'; readonly learned: Learned }
  /** It was analysed whole, because there may be findings, or little that does not matter. */
  | { readonly kind: 'whole'; readonly result: LintResult }
  /** Nothing can be said: it must be analysed whole. */
  | { readonly kind: 'unknown' };

const IRRELEVANT: Screening = { kind: 'irrelevant' };
const UNKNOWN: Screening = { kind: 'unknown' };

/** The filter for `screenSource` that goes with the options, and with what the other files of the project define. */
export function relevantNamesFor(
  additions: Pick<LintOptions, 'ownerCalls' | 'rows' | 'packages'>,
  ofProject: AcquiringNames,
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
  if (rules.some((rule) => mustSeeAll(rule, text))) return UNKNOWN;
  const found = relevant.in(text);
  const mayOpen = found.names.size + found.builtins.size > 0;
  const aboutTrees = rules.filter(({ meta: { concern } }) => concern?.kind === 'tree' && concern.mayFind(text));
  const isSilent = !mayOpen && aboutTrees.length === 0;
  if (isSilent && !rules.some(({ meta }) => meta.concern?.kind === 'syntax')) return IRRELEVANT;
  // A lone `\r` ends a line for Python and not for the tokenizer; the outline of a damaged file is nothing to rely on.
  const tokens = /\r(?!\n)/.test(text) ? undefined : grammaticalTokens(text);
  if (tokens === undefined) return UNKNOWN;
  const whole = wholeTree(tokens);
  if (!surelyCompiles(tokens, whole)) return UNKNOWN;
  if (isSilent) return IRRELEVANT;
  if (aboutTrees.length > 0) {
    const tree = whole();
    if (tree === undefined) return UNKNOWN;
    if (findsInTree(file, tree, { ...options, rules: aboutTrees }))
      return { kind: 'whole', result: lintTree(file, tree, options) };
  }
  return mayOpen ? screenParts(file, tokens, whole, found, options) : IRRELEVANT;
}

function screenParts(
  file: SourceFile,
  tokens: Tokens,
  whole: () => SyntaxTree | undefined,
  found: FoundNames,
  options: LintOptions,
): Screening {
  const units = outlineOf(tokens);
  const words = wordsOf(tokens);
  // Rules about whole trees have had their say; about a part of one they would only be wrong.
  const rules = options.rules.filter(({ meta }) => meta.concern?.kind !== 'tree');
  for (let names = found, before = 0; ;) {
    const kept = chooseUnits(words, units, names);
    if (kept.size === 0) return IRRELEVANT;
    const pruned = prune(tokens, units, kept);
    if (pruned.kinds.length > MOST * tokens.kinds.length) break;
    const tree = buildModule(pruned);
    if (tree === undefined) return UNKNOWN;
    const learned = learnFromParts(file, { ...tree, compiles: true }, { ...options, rules });
    if (learned === undefined) break;
    // Whoever calls a function of the file that turns out to open something matters as well.
    names = { ...names, names: new Set([...names.names, ...acquiringNamesOf([learned.summary]).keys()]) };
    if (kept.size === before || chooseUnits(words, units, names).size === kept.size) return { kind: 'clean', learned };
    before = kept.size;
  }
  const tree = whole();
  return tree === undefined ? UNKNOWN : { kind: 'whole', result: lintTree(file, tree, options) };
}

/** Above this share of a file it is quicker to look at all of it, rather than at a part first and then at all. */
const MOST = 0.6;

/** Makes the tree of a text that compiles when it is first asked for. */
function wholeTree(tokens: Tokens): () => SyntaxTree | undefined {
  let made: { readonly tree: SyntaxTree | undefined } | undefined;
  return () => {
    if (made === undefined) {
      const tree = buildModule(tokens);
      made = { tree: tree === undefined ? undefined : { ...tree, compiles: true } };
    }
    return made.tree;
  };
}

function mustSeeAll({ meta: { concern } }: Rule, text: string): boolean {
  return concern === undefined || (concern.kind === 'names' && mentions(concern, text));
}

function mentions({ names }: Extract<Concern, { kind: 'names' }>, text: string): boolean {
  return names.some((name) => text.includes(name));
}
