import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Statement } from '../syntax/ast';
import { normalText } from '../syntax/normal-text';
import { childBlocks } from '../syntax/walk';
import { textOf } from '../text/source-file';
import { contains, type Span } from '../text/span';
import type { LintResult } from './lint-source';

/**
 * What a finding is called when its line does not count: it stays the same while code around it moves, is reformatted, or
 * goes to another file, and no two findings of one file share it. The path is left out on purpose: whoever needs an id
 * within a tree adds it.
 */
export interface Fingerprint {
  readonly ruleId: string;
  /** Qualified name of the function or class around it: `Store.load`, `<module>`. */
  readonly scope: string;
  /** The acquiring call (for other findings the marked text), free of layout. */
  readonly subject: string;
  /**
   * Which of those with the same subject in this scope, from 0. Counted over everything that acquires, clean or not: when
   * one of two equal calls is repaired and the other one starts to leak, that is another finding.
   */
  readonly ordinal: number;
}

/**
 * Fingerprints of all diagnostics of a file. Pure.
 *
 * @param lint - the result that the diagnostics are of.
 */
export function fingerprintsOf(lint: LintResult): ReadonlyMap<Diagnostic, Fingerprint> {
  const { file, diagnostics, lifetimes } = lint;
  const result = new Map<Diagnostic, Fingerprint>();
  if (diagnostics.length === 0) return result;

  const sites = new Map<object, { readonly scope: string; readonly subject: string; readonly ordinal: number }>();
  const nextSite = counter();
  for (const lifetime of lifetimes) {
    const scope = lifetime.qualifiedName;
    const subject = normalText(textOf(file, lifetime.constructor_.span));
    sites.set(lifetime, { scope, subject, ordinal: nextSite(`${scope}\0${subject}`) });
  }

  const nextOther = counter();
  for (const diagnostic of diagnostics) {
    const { ruleId, evidence } = diagnostic;
    const site = evidence.kind === 'lifetime' ? sites.get(evidence.lifetime) : undefined;
    if (site !== undefined) {
      result.set(diagnostic, { ruleId, ...site });
      continue;
    }
    const scope = scopeAt(lint, diagnostic.span);
    // Of a comment nothing is left without layout.
    const text = textOf(file, diagnostic.span);
    const subject = normalText(text) || text;
    result.set(diagnostic, { ruleId, scope, subject, ordinal: nextOther(`${ruleId}\0${scope}\0${subject}`) });
  }
  return result;
}

/** Qualified name of the innermost function or class around a place; `<module>` outside of them. */
export function scopeAt({ tree, model }: Pick<LintResult, 'tree' | 'model'>, place: Span): string {
  let name = '<module>';
  let statements: readonly Statement[] = tree.module.body.statements;
  for (;;) {
    const around = statements.find(({ span }) => contains(span, place));
    if (around === undefined) return name;
    if (around.kind === 'FunctionDefinition' || around.kind === 'ClassDefinition')
      name = model.scopeOf(around).qualifiedName;
    statements = childBlocks(around).flatMap((block) => block.statements);
  }
}

/** Counts how often each key was asked for before. */
function counter(): (key: string) => number {
  const counts = new Map<string, number>();
  return (key) => {
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return count;
  };
}
