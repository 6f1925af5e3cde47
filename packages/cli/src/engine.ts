import { lintSource, type Parser, type ParserKind, type Rule } from '@pylint-leaks/core';
import { fixSource, offerFixes } from '@pylint-leaks/fixers';
import { rules } from '@pylint-leaks/rules';
import { loadParser } from './load-parser';
import { readRulePage } from './read-rule-page';

/** The pipeline that the command line drives; tests put a small one in its place. */
export interface Engine {
  readonly rules: readonly Rule[];
  /** The page of a rule as Markdown, when there is one. */
  readonly page: (ruleId: string) => string | undefined;
  readonly loadParser: (options: { readonly prefer: 'auto' | ParserKind }) => Promise<Parser>;
  readonly lint: typeof lintSource;
  readonly offer: typeof offerFixes;
  readonly fix: typeof fixSource;
}

/** The real pipeline. */
export const realEngine: Engine = {
  rules,
  page: readRulePage,
  loadParser,
  lint: lintSource,
  offer: offerFixes,
  fix: fixSource,
};
