import {
  FRESH_CALLS,
  ONE_TIME_NAMES,
  walkExpression,
  type Expression,
  type RuleContext,
  type Site,
} from '@pylint-leaks/core';

/** A key that is not met twice: made of a time, a counter, a random number or an address, or named after a single event. */
export function isFresh(key: Expression, site: Site, context: RuleContext, depth = 3): boolean {
  let found = false;
  walkExpression(key, (part) => {
    if (part.kind === 'Call' && FRESH_CALLS.has(context.model.qualifiedName(part.func) ?? '')) found = true;
    if (part.kind === 'Attribute' && ONE_TIME_NAMES.test(part.attr)) found = true;
    if (part.kind === 'Name') found ||= isFreshName(part, site, context, depth);
    return !found;
  });
  return found;
}

function isFreshName(
  name: Extract<Expression, { kind: 'Name' }>,
  site: Site,
  context: RuleContext,
  depth: number,
): boolean {
  if (ONE_TIME_NAMES.test(name.id)) return true;
  if (depth === 0) return false;
  const bindings = context.model.lookup(name.id, context.model.enclosingScope(name))?.bindings ?? [];
  return bindings.some(
    (binding) =>
      binding.kind === 'assignment' && binding.value !== undefined && isFresh(binding.value, site, context, depth - 1),
  );
}
