import type { Diagnostic, FixResult, Lifetime, LintResult } from '@pylint-leaks/core';
import type { FixOptions } from '../fixer';
import { importName } from '../text/imports';
import { scopeAcquisition } from './scope';
import { check, decide, refused } from './objections';

/**
 * `threading.Thread(…)` → `thread_manager.track(threading.Thread(…))`. Only the expression that gives the thread is wrapped,
 * the constructor or the call of a function of the file that makes it: `track` takes started threads too, gives back the same object, starts nothing and changes neither `daemon` nor the name nor the target; at the end of the
 * process it stops and joins what is left.
 */
export function trackThread(
  diagnostic: Diagnostic,
  lifetime: Lifetime,
  lint: LintResult,
  options: FixOptions,
): FixResult {
  if (lifetime.verdict === 'exception') return scopeAcquisition(diagnostic, lifetime, lint);
  const constructor = lifetime.constructor_;
  const scope = lint.model.enclosingScope(constructor);
  const wanted = { module: options.runtimeModule, name: 'thread_manager' };
  if (isModuleItself(lint.file.path, options.runtimeModule)) return refused('the file belongs to the runtime package');
  const imported = importName(lint, scope, constructor.span.start, wanted);
  if (imported.kind === 'refused') return refused(imported.reason);
  const { start, end } = constructor.span;
  const edits = [
    ...imported.edits,
    { span: { start, end: start }, text: `${imported.expression}.track(` },
    { span: { start: end, end }, text: ')' },
  ];
  // The same object stays where it is, so nothing else has to hold.
  const checks = [check('evaluation-order-kept'), check('names-free')];
  return decide(diagnostic.ruleId, { title: 'Track the thread with the thread manager', edits, checks });
}

/** A package cannot import itself while it is being imported. */
function isModuleItself(path: string, module: string): boolean {
  const parts = path.split(/[\\/]/).join('/').replace(/\.py$/, '');
  const wanted = module.split('.').join('/');
  return `/${parts}/`.includes(`/${wanted}/`);
}
