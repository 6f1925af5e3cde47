import type { Applicability, CheckedPrecondition, Edit, FixResult, Precondition } from '@pylint-leaks/core';

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

/** A precondition that was looked at, with what speaks against it; empty when it holds. */
export interface Check {
  readonly precondition: Precondition;
  readonly objections: readonly Objection[];
}

/** Records that a precondition was looked at. */
export const check = (precondition: Precondition, objections: readonly Objection[] = []): Check => ({
  precondition,
  objections,
});

/** True when some check says that there must be no fix. */
export function isRefused(checks: readonly Check[]): boolean {
  return checks.some(({ objections }) => objections.some(({ level }) => level === 'refuse'));
}

/** The edits of a rewrite and all that was looked at before. */
export interface Plan {
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly checks: readonly Check[];
}

/** The first refusal wins; anything less makes the fix unsafe. */
export function decide(ruleId: string, plan: Plan): FixResult {
  const objections = plan.checks.flatMap((each) => each.objections);
  const refusal = objections.find(({ level }) => level === 'refuse');
  if (refusal !== undefined) return refused(refusal.reason);
  const applicability: Applicability = objections.length > 0 ? 'unsafe' : 'safe';
  const edits = [...plan.edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return { kind: 'fix', fix: { ruleId, applicability, title: plan.title, edits, checked: checkedBy(plan.checks) } };
}

/** Each precondition once: several checks may speak of the same one. */
function checkedBy(checks: readonly Check[]): readonly CheckedPrecondition[] {
  const reasons = new Map<Precondition, Set<string>>();
  for (const { precondition, objections } of checks) {
    const known = reasons.get(precondition) ?? new Set<string>();
    for (const { reason } of objections) known.add(reason);
    reasons.set(precondition, known);
  }
  return [...reasons].map(([precondition, against]) =>
    against.size === 0
      ? { precondition, holds: true }
      : { precondition, holds: false, detail: [...against].join('; ') },
  );
}

/** The same answer with a precondition that held before the rewrite was chosen. */
export function alsoChecked(result: FixResult, { precondition }: Check): FixResult {
  if (result.kind === 'refused') return result;
  const { checked } = result.fix;
  if (checked.some((each) => each.precondition === precondition)) return result;
  return { kind: 'fix', fix: { ...result.fix, checked: [...checked, { precondition, holds: true }] } };
}
