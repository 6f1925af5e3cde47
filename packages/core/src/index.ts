export { contains, overlaps } from './text/span';
export type { Span } from './text/span';
export { createSourceFile, positionAt, textOf } from './text/source-file';
export type { Position, SourceFile } from './text/source-file';
export { cellAt, cellPosition, lineName, lineOfCell } from './text/notebook';
export type { Cell, CellPosition, Masked, Notebook } from './text/notebook';
export type * as ast from './syntax/ast';
export type { Expression, Statement } from './syntax/ast';
export type { SyntaxTree, ParseError } from './syntax/ast';
export {
  childBlocks,
  childExpressions,
  parameterExpressions,
  statementExpressions,
  walkBlock,
  walkExpression,
  walkModule,
} from './syntax/walk';
export type { StatementVisitor } from './syntax/walk';
export { normalText } from './syntax/normal-text';
export { findSyntaxProblems } from './syntax/compile-errors/find-syntax-problems';
export { logicalLines } from './syntax/compile-errors/logical-lines';
export type { LineToken, LogicalLine } from './syntax/compile-errors/logical-lines';
export type { ProblemCode, SyntaxProblem } from './syntax/compile-errors/problem';
// Loading a parser reads files, so `loadParser` lives in packages/cli/src/load-parser.ts (tests: testkit `loadTestParser`).
export { createNativeParser, createWasmParser } from './syntax/parser';
export type { NativeBinding, Parser, ParserKind } from './syntax/parser';
export type { Binding, Scope, ScopeNode, SemanticModel } from './semantic/model';
export type { AcquireRow, EffectRow, Family, Reclaim, WithBehaviour } from './resources/model';
export type { Holding, HandOver, Lifetime, LossKind, PathStep, Region, Verdict } from './lifetimes/lifetime';
export { enclosingSites, visitSites } from './growth/visit-sites';
export type { Site, SiteVisitor } from './growth/visit-sites';
export type { Growth } from './growth/facts';
export { anyWord, inText, mayRepeat } from './growth/mentions';
export { selfOf } from './growth/find-containers';
export { RELEASE_NAMES } from './resources/tables/decorators';
export {
  ADDING_NAMES,
  ALREADY_DONE,
  CALLBACK_NAMES,
  FIRES_ONCE,
  SET_UP_NAMES,
  SUBSCRIPTION_ROWS,
} from './resources/tables/subscriptions';
export type { SubscriptionRow } from './resources/tables/subscriptions';
export type { Container, ContainerEffect, ContainerPlace, ContainerUse } from './growth/container';
export type { Repetition, RepetitionOf } from './growth/repetition';
export { TEST_MODULES } from './resources/tables/running';
export { CONTAINER_ROWS, FRESH_CALLS, HISTORY_NAMES, ONE_TIME_NAMES } from './resources/tables/containers';
export { findRunsOnce, isEntryPoint, standsInCodeThatRunsOnce } from './growth/runs-once';
export type { RunsOnce } from './growth/runs-once';
export { ENDS_FIGURES, MAKES_FIGURE, NAMES_FIGURE, PYPLOT, WRITES_FIGURE } from './resources/tables/figures';
export { DROPS_TRACEBACK, GIVES_EXCEPTION, GIVES_FRAME } from './resources/tables/frames';
export {
  CACHE_NAMES,
  CACHE_ROWS,
  ENDLESS_NAMES,
  ENDLESS_TYPES,
  FEW_INSTANCES,
  FEW_VALUES,
  VALUE_BASES,
  WITHOUT_INSTANCE,
} from './resources/tables/caches';
export type { CacheRow } from './resources/tables/caches';
export type { Diagnostic, Evidence, Impact, RelatedLocation, Severity, SyntaxDefect } from './diagnostics/diagnostic';
export type { Applicability, CheckedPrecondition, Edit, Fix, FixResult, Precondition } from './diagnostics/fix';
export { ADDRESSES, ownLine, readSuppressions } from './diagnostics/suppression';
export type { MalformedSuppression, Suppression, Suppressions } from './diagnostics/suppression';
export type { JudgedSuppression, SuppressedDiagnostic } from './diagnostics/suppress';
export { OptionReader, optionSpecsOf } from './diagnostics/rule-options';
export type { OptionSpec, OptionSpecs, RuleOptions } from './diagnostics/rule-options';
export { defineRule, formatMessage } from './diagnostics/define-rule';
export type { PythonVersion, Report, Rule, RuleContext, RuleMeta } from './diagnostics/define-rule';
export { ALL_ACQUIRE_ROWS } from './resources/catalogue';
export type { ProjectRows } from './resources/project-rows';
export { normalName, packagesThatMatter } from './resources/versions';
export { acquiringNamesOf, RELATIVE, type AcquiringNames } from './summaries/acquiring-names';
export { NOTHING_OUTSIDE, ProjectIndex } from './summaries/project-index';
export type { Lookup, Outside } from './summaries/project-index';
export { ProjectPlan } from './summaries/plan';
export type { Analysed, Work } from './summaries/plan';
export { NOTHING_ASKED } from './summaries/summary';
export type { Asked, ModuleSummary } from './summaries/summary';
export { explainLine } from './linter/explain-line';
export type { Explanation } from './linter/explain-line';
export { answerQuestions, lintSource } from './linter/lint-source';
export { relevantNamesFor, screenSource } from './linter/screen-source';
export type { Screening } from './linter/screen-source';
export type { RelevantNames } from './relevance/relevant-names';
export type { Learned, LintOptions, LintResult } from './linter/lint-source';
export { fingerprintsOf, scopeAt } from './linter/fingerprint';
export type { Fingerprint } from './linter/fingerprint';
