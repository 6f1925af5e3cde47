import {
  ALREADY_DONE,
  selfOf,
  visitSites,
  walkExpression,
  type ast,
  type Expression,
  type Report,
  type RuleContext,
  type Site,
} from '@pylint-leaks/core';
import { growthEvidence } from '../growth-report';
import { findOccasions } from '../growth-when';

/** Reports `atexit.register` where it runs more than once and keeps something alive. */
export function reportExitFunctions(
  context: RuleContext,
  report: (report: Report<{ readonly 'exit-function': '{{when}}{{kept}}' }>) => void,
): void {
  const { model, file } = context;
  const registered: { readonly call: ast.Call; readonly site: Site }[] = [];
  const weak = new Set<object>();
  let isUnregistered = false;
  visitSites(context.tree.module, {
    expression: (expression, _, __, site) => {
      if (expression.kind !== 'Call') return;
      const name = model.qualifiedName(expression.func);
      if (name === 'atexit.register') registered.push({ call: expression, site });
      if (name === 'atexit.unregister') isUnregistered = true;
      if (name?.startsWith('weakref.') === true && site.definition !== undefined) weak.add(site.definition);
    },
  });
  if (isUnregistered || registered.length === 0) return;
  const occasions = findOccasions(context);
  for (const { call, site } of registered) {
    const when = occasions.whenOf(site);
    const kept = keptBy(call, site, context);
    // What a function registers for its caller is mostly there once: a lock file, a server.
    if (when === undefined || when === 'with each call' || kept === undefined) continue;
    // A local function that is given a weak reference made beside it.
    if (site.definition !== undefined && weak.has(site.definition)) continue;
    if (site.tests.some(({ span }) => ALREADY_DONE.test(file.text.slice(span.start, span.end)))) continue;
    report({
      messageId: 'exit-function',
      span: call.span,
      data: { resource: 'atexit.register', path: 'all', impact: 'medium', when, kept },
      evidence: growthEvidence(context, site, 'atexit.register'),
    });
  }
}

/** What the registered function and its arguments hold: the object, or local values; undefined for neither. */
function keptBy(call: ast.Call, site: Site, { model }: RuleContext): string | undefined {
  const self = site.method === undefined ? undefined : selfOf(site.method);
  const names = new Set<string>();
  let isWeak = false;
  const look = (expression: Expression): void =>
    walkExpression(expression, (part) => {
      if (part.kind === 'Call' && (model.qualifiedName(part.func) ?? '').startsWith('weakref.')) isWeak = true;
      if (part.kind === 'Name') {
        const node = model.lookup(part.id, model.enclosingScope(part))?.scope.node;
        if (node !== undefined && node === site.definition) names.add(part.id);
        if (part.id === self) names.add(part.id);
      }
      return undefined;
    });
  for (const { value } of call.args) look(value);
  if (isWeak || names.size === 0) return undefined;
  return self !== undefined && names.has(self) ? 'every object' : [...names].map((name) => `\`${name}\``).join(', ');
}
