import type { Applicability, Edit, FixResult } from '@pylint-leaks/core';

/** Something that speaks against a rewrite. `refuse`: no fix at all; `unsafe`: only with `--unsafe-fixes`. */
export interface Objection {
  readonly level: 'refuse' | 'unsafe';
  /** One sentence without a full stop. */
  readonly reason: string;
}

export const refuse = (reason: string): Objection => ({ level: 'refuse', reason });
export const unsafe = (reason: string): Objection => ({ level: 'unsafe', reason });

/** The answer of a fixer that does nothing. */
export const refused = (reason: string): FixResult => ({ kind: 'refused', reason });

/** The edits of a rewrite and all that speaks against it. */
export interface Plan {
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly objections: readonly Objection[];
}

/** The first refusal wins; anything less makes the fix unsafe. */
export function decide(ruleId: string, plan: Plan): FixResult {
  const refusal = plan.objections.find(({ level }) => level === 'refuse');
  if (refusal !== undefined) return refused(refusal.reason);
  const applicability: Applicability = plan.objections.length > 0 ? 'unsafe' : 'safe';
  const edits = [...plan.edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return { kind: 'fix', fix: { ruleId, applicability, title: plan.title, edits } };
}
