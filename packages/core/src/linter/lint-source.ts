import type { Diagnostic, Severity } from '../diagnostics/diagnostic';
import { OptionReader, optionSpecsOf, type RuleOptions } from '../diagnostics/rule-options';
import { formatMessage, type PythonVersion, type Rule, type RuleContext } from '../diagnostics/define-rule';
import { lazyGrowth } from '../growth/facts';
import { lifetimesOf } from '../lifetimes/analyze';
import { suppress, type SuppressedDiagnostic } from '../diagnostics/suppress';
import type { Lifetime } from '../lifetimes/lifetime';
import { FileProject } from '../lifetimes/project';
import { summarizeModule } from '../lifetimes/summarize';
import { createCatalogue } from '../resources/catalogue';
import type { ProjectRows } from '../resources/project-rows';
import { bind } from '../semantic/bind';
import type { SemanticModel } from '../semantic/model';
import { NOTHING_OUTSIDE, type Lookup, type Outside } from '../summaries/project-index';
import { NOTHING_ASKED, type Asked, type ModuleSummary } from '../summaries/summary';
import type { SyntaxTree } from '../syntax/ast';
import type { Parser } from '../syntax/parser';
import type { SourceFile } from '../text/source-file';

/** What a lint run needs besides the text. */
export interface LintOptions {
  readonly parser: Parser;
  /** Rules to run; their order does not matter, diagnostics come sorted by place. */
  readonly rules: readonly Rule[];
  /** What users have set for rules, by id. */
  readonly ruleOptions?: Readonly<Record<string, RuleOptions>>;
  /** Lowest Python version the program must run on. */
  readonly targetVersion: PythonVersion;
  /** Calls that take ownership of what they are given besides the built-in tables (import path of the thread manager…). */
  readonly ownerCalls: readonly string[];
  /** Rows of the resource tables that the project adds. */
  readonly rows?: ProjectRows;
  /** Versions of the packages that the project uses, by normalised name; what is not named is the newest. */
  readonly packages?: ReadonlyMap<string, string>;
  /** The rest of the project; without it the file is looked at alone. */
  readonly outside?: Outside;
  /** Assume the worst: calls that nothing is known about only borrow, and what a module opens must be released too. */
  readonly strict?: boolean;
  /** What other files want to know about this one. */
  readonly asked?: Asked;
  /** Ids that a suppressing comment may name; those of `rules`, unless given. */
  readonly knownRules?: readonly string[];
}

/** What a file tells the rest of its project, and what it asked about it. */
export interface Learned {
  readonly summary: ModuleSummary;
  readonly lookups: readonly Lookup[];
}

/** Everything later stages need to know about one file. */
export interface LintResult extends Learned {
  readonly file: SourceFile;
  readonly tree: SyntaxTree;
  readonly model: SemanticModel;
  readonly lifetimes: readonly Lifetime[];
  readonly diagnostics: readonly Diagnostic[];
  /** What comments take out of the report. */
  readonly suppressed: readonly SuppressedDiagnostic[];
}

/** Runs the pipeline `SourceFile → SyntaxTree → SemanticModel → Cfg → Lifetimes → Diagnostic[]` on one file. */
export function lintSource(file: SourceFile, options: LintOptions): LintResult {
  return lintTree(file, options.parser.parse(file.text), options);
}

/** The same for a file whose tree is at hand; without the bodies of functions that are missing in it. */
export function lintTree(file: SourceFile, tree: SyntaxTree, options: LintOptions): LintResult {
  const project = openProject(file, tree, options);
  const { model, outside, strict } = project;
  const lifetimes = lifetimesOf(project);
  const summary = summarizeModule(project, file.path, 'all', options.asked?.detailed ?? []);
  const growth = lazyGrowth(tree.module, model);
  const facts = { file, tree, model, lifetimes, growth, targetVersion: options.targetVersion, strict };
  const { found, suppressed } = runRules(facts, options);
  const diagnostics = [...found].sort(byPlace);
  return { file, tree, model, lifetimes, diagnostics, suppressed, summary, lookups: outside.lookups };
}

/**
 * Lints a tree of which parts are missing, as far as the first finding.
 *
 * @returns what the file tells the rest of its project; undefined when there may be something to find.
 */
export function learnFromParts(file: SourceFile, tree: SyntaxTree, options: LintOptions): Learned | undefined {
  const project = openProject(file, tree, options);
  const { model, outside, strict } = project;
  const lifetimes = lifetimesOf(project, true);
  if (lifetimes.some(({ verdict }) => verdict !== undefined)) return undefined;
  const growth = lazyGrowth(tree.module, model);
  const facts = { file, tree, model, lifetimes, growth, targetVersion: options.targetVersion, strict };
  const { found, suppressed } = runRules(facts, options);
  if (found.length + suppressed.length > 0) return undefined;
  const summary = summarizeModule(project, file.path, 'all', options.asked?.detailed ?? []);
  return { summary, lookups: outside.lookups };
}

/** Looks at a file only as far as others asked about it (`options.asked`). */
export function answerQuestions(file: SourceFile, options: LintOptions): Learned {
  const project = openProject(file, options.parser.parse(file.text), options);
  const { names, detailed } = options.asked ?? NOTHING_ASKED;
  return { summary: summarizeModule(project, file.path, names, detailed), lookups: project.outside.lookups };
}

/** Whether the rules find something in a tree of which no lifetimes are known. */
export function findsInTree(file: SourceFile, tree: SyntaxTree, options: LintOptions): boolean {
  const { model, strict } = openProject(file, tree, options);
  const growth = lazyGrowth(tree.module, model);
  const facts = { file, tree, model, lifetimes: [], growth, targetVersion: options.targetVersion, strict };
  const { found, suppressed } = runRules(facts, options);
  return found.length + suppressed.length > 0;
}

function openProject(file: SourceFile, tree: SyntaxTree, options: LintOptions): FileProject {
  const { ownerCalls, rows, packages, outside = NOTHING_OUTSIDE, strict = false } = options;
  const catalogue = createCatalogue({
    ownerCalls,
    ...(rows === undefined ? {} : { rows, path: file.path }),
    ...(packages === undefined ? {} : { packages }),
  });
  const model = bind(tree.module, catalogue.types);
  return new FileProject(file, model, catalogue, { outside, strict });
}

/** What rules look at; the rest of their context is made for each. */
type Facts = Omit<RuleContext, 'suppressions' | 'options'>;

/** Rules that judge comments come last: they have to know what the others found. */
function runRules(
  facts: Facts,
  options: LintOptions,
): { readonly found: readonly Diagnostic[]; readonly suppressed: readonly SuppressedDiagnostic[] } {
  const knownRules = new Set(options.knownRules ?? options.rules.map(({ id }) => id));
  const isJudge = ({ meta }: Rule) => meta.judges === 'suppressions';
  const others = options.rules.filter((rule) => !isJudge(rule));
  const optionsOf = ({ id, meta }: Rule) => new OptionReader(optionSpecsOf(meta), options.ruleOptions?.[id] ?? {});
  const nothing = { judged: [], malformed: [], knownRules };
  const found = others.flatMap((rule) => check(rule, { ...facts, options: optionsOf(rule), suppressions: nothing }));
  const { left, suppressed, ...outcome } = suppress(facts.file, facts.tree, found, new Set(others.map(({ id }) => id)));
  const suppressions = { ...outcome, knownRules };
  const judges = options.rules.filter(isJudge);
  const judged = judges.flatMap((rule) => check(rule, { ...facts, options: optionsOf(rule), suppressions }));
  return { found: [...left, ...judged], suppressed };
}

function check(rule: Rule, context: RuleContext): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  rule.check(context, (report) => {
    if (!context.options.wants(report.data)) return;
    const severity: Severity = report.severity ?? rule.meta.severity;
    diagnostics.push({
      ruleId: rule.id,
      messageId: report.messageId,
      severity,
      message: formatMessage(rule.messages[report.messageId] ?? report.messageId, report.data),
      span: report.span,
      data: report.data,
      related: report.related ?? [],
      evidence: report.evidence,
    });
  });
  return diagnostics;
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    a.span.start - b.span.start || a.span.end - b.span.end || (a.ruleId < b.ruleId ? -1 : a.ruleId > b.ruleId ? 1 : 0)
  );
}
