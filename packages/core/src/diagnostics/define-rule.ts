import type { Growth } from '../growth/facts';
import type { Lifetime } from '../lifetimes/lifetime';
import type { SemanticModel } from '../semantic/model';
import type { SyntaxTree } from '../syntax/ast';
import type { SourceFile } from '../text/source-file';
import type { Span } from '../text/span';
import type { Evidence, Impact, RelatedLocation, Severity } from './diagnostic';
import type { Applicability } from './fix';
import type { OptionReader, OptionSpecs } from './rule-options';
import type { SuppressionOutcome } from './suppress';

/** A Python version as `[major, minor]`. */
export type PythonVersion = readonly [number, number];

/** Everything a rule may look at. */
export interface RuleContext {
  readonly file: SourceFile;
  readonly tree: SyntaxTree;
  readonly model: SemanticModel;
  /** All acquisition sites of the file, clean ones included, in source order. */
  readonly lifetimes: readonly Lifetime[];
  /** Containers and what runs again and again, looked at when a rule first asks. */
  readonly growth: Growth;
  /** Lowest Python version the program must run on. */
  readonly targetVersion: PythonVersion;
  /** Report what may be wrong, too. */
  readonly strict: boolean;
  /** What the user has set for this rule. */
  readonly options: OptionReader;
  /** The suppressing comments of the file. Empty for rules that do not judge them: they run first. */
  readonly suppressions: SuppressionOutcome & {
    /** Ids that a comment may name. */
    readonly knownRules: ReadonlySet<string>;
  };
}

type PlaceholderOf<Text extends string> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | PlaceholderOf<Rest>
  : never;

/** What a rule hands over for each finding; a missing or misspelt placeholder does not compile. */
export type Report<Messages extends Record<string, string>> = {
  readonly [Id in keyof Messages & string]: {
    readonly messageId: Id;
    readonly span: Span;
    readonly severity?: Severity;
    readonly data: Readonly<Record<PlaceholderOf<Messages[Id]> | 'resource' | 'path', string>> & {
      readonly impact: Impact;
    };
    readonly related?: readonly RelatedLocation[];
    readonly evidence: Evidence;
  };
}[keyof Messages & string];

export interface RuleMeta {
  /** One sentence, "A SQLite connection is not closed on every path." */
  readonly summary: string;
  /** Severity of the verdicts `all` and `some`; `exception` findings are warnings. */
  readonly severity: Severity;
  readonly recommended: boolean;
  /** The best applicability its fixer offers; a fixer may only lower it at a site. */
  readonly fix: Applicability | 'none';
  readonly since: string;
  /** What a finding can come from; without it the rule is asked about every file, whatever is in it. */
  readonly concern?: Concern;
  /** What users may set, besides what rules of its kind share (`optionSpecsOf`). */
  readonly options?: OptionSpecs;
  /** The rule is about the comments that suppress findings of other rules, and runs after them. */
  readonly judges?: 'suppressions';
}

/**
 * What a file must have for a rule to find anything in it, so that other files need not be analysed.
 * - `lifetimes`: an acquisition site; `syntax`: text that Python refuses.
 * - `names`: one of these words, anywhere in the text; such a file is analysed whole.
 * - `tree`: something in the tree of a text that may have it, or a resource that is lost. A rule that says so must not
 *   depend on lifetimes without a loss: it is asked before they are known.
 */
export type Concern =
  | { readonly kind: 'lifetimes' }
  | { readonly kind: 'syntax' }
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'tree'; readonly mayFind: (text: string) => boolean };

/** One rule: folder name = id. */
export interface Rule<Messages extends Record<string, string> = Record<string, string>> {
  readonly id: string;
  readonly meta: RuleMeta;
  readonly messages: Messages;
  /** A method, not a property: rules with different messages must fit one list (methods are compared bivariantly). */
  check(context: RuleContext, report: (report: Report<Messages>) => void): void;
}

/** Declares a rule; the identity function gives the compiler the message ids. */
export function defineRule<const Messages extends Record<string, string>>(rule: Rule<Messages>): Rule<Messages> {
  return rule;
}

/** Fills `{{name}}` placeholders. */
export function formatMessage(template: string, data: Readonly<Record<string, string>>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => data[name] ?? whole);
}
