import {
  answerQuestions,
  lintSource,
  relevantNamesFor,
  screenSource,
  type Parser,
  type ParserKind,
  type Rule,
} from '@pylint-leaks/core';
import { fixSource, offerFixes } from '@pylint-leaks/fixers';
import { pages, rules } from '@pylint-leaks/rules';
import { loadParser } from './load-parser';

/** The pipeline that the command line drives; tests put a small one in its place. */
export interface Engine {
  readonly rules: readonly Rule[];
  /** Pages of the rules as Markdown, by id. */
  readonly pages: Readonly<Record<string, string>>;
  readonly loadParser: (options: { readonly prefer: 'auto' | ParserKind }) => Promise<Parser>;
  readonly lint: typeof lintSource;
  readonly relevantNames: typeof relevantNamesFor;
  readonly screen: typeof screenSource;
  readonly answer: typeof answerQuestions;
  readonly offer: typeof offerFixes;
  readonly fix: typeof fixSource;
}

/** The real pipeline. */
export const realEngine: Engine = {
  rules,
  pages,
  loadParser,
  lint: lintSource,
  relevantNames: relevantNamesFor,
  screen: screenSource,
  answer: answerQuestions,
  offer: offerFixes,
  fix: fixSource,
};
