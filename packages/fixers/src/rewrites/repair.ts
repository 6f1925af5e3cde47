import type { Diagnostic, FixResult, Lifetime, LintResult } from '@pylint-leaks/core';
import type { FixOptions } from '../fixer';
import { holdLock } from './hold-lock';
import { nameChained } from './chained-with';
import { closeAfterTransaction } from './closing-with';
import { alsoChecked, check, decide, isRefused, refused } from './objections';
import { addClose } from './owner-close';
import { scopeAcquisition } from './scope';
import { warningSubjectObjections } from './warning-subject';

/** Picks the rewrite for a lost connection or file by the way the resource is held. */
export function repairScope(diagnostic: Diagnostic, lint: LintResult, options: FixOptions): FixResult {
  if (diagnostic.evidence.kind !== 'lifetime') return refused('the finding has no lifetime');
  const { lifetime } = diagnostic.evidence;
  const subject = check('release-unobserved', warningSubjectObjections(lint, lifetime));
  if (isRefused([subject])) return decide(diagnostic.ruleId, { title: '', edits: [], checks: [subject] });
  return alsoChecked(rewriteFor(diagnostic, lifetime, lint, options), subject);
}

function rewriteFor(diagnostic: Diagnostic, lifetime: Lifetime, lint: LintResult, options: FixOptions): FixResult {
  if (lifetime.loss === 'owner-never-releases') return addClose(diagnostic, lifetime, lint);
  if (lifetime.row.of === 'receiver') return holdLock(diagnostic, lifetime, lint);
  switch (lifetime.holding.kind) {
    case 'name':
      return scopeAcquisition(diagnostic, lifetime, lint);
    case 'with-item':
      return closeAfterTransaction(diagnostic, lifetime, lint, options);
    case 'chained':
    case 'discarded':
      return nameChained(diagnostic, lifetime, lint);
    case 'attribute':
      return refused('an attribute holds it: its class must release it');
    case 'other':
      // What a comprehension goes over first: dropped as soon as it is used up.
      if (lifetime.loss === 'discarded') return nameChained(diagnostic, lifetime, lint);
      if (lifetime.row.elements !== undefined) return scopeAcquisition(diagnostic, lifetime, lint);
      return refused('it becomes part of another value at once');
  }
}
