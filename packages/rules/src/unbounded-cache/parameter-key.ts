import { walkExpression, type Expression, type RuleContext, type Site } from '@pylint-leaks/core';
import { hasEndlessValues } from './decorated';

/** What is counted out of an argument takes fewer values than the argument. */
function isReckoned(value: Expression): boolean {
  let found = false;
  walkExpression(value, (part) => {
    found ||= part.kind === 'BinaryOperation' && part.operator !== '+';
    return !found;
  });
  return found;
}

/** A key that is made of what the caller passes, and of which there can be many. */
export function isParameterKey(key: Expression, site: Site, context: RuleContext, depth = 3): boolean {
  const { definition } = site;
  if (definition === undefined) return false;
  let found = false;
  walkExpression(key, (part) => {
    if (part.kind !== 'Name') return undefined;
    const lookup = context.model.lookup(part.id, context.model.enclosingScope(part));
    if (lookup?.scope.node !== definition) return undefined;
    for (const binding of lookup.bindings) {
      if (binding.kind === 'parameter') found ||= hasEndlessValues(part.id, binding.annotation, context);
      else if (binding.kind === 'assignment' && binding.value !== undefined && depth > 0 && !isReckoned(binding.value))
        found ||= isParameterKey(binding.value, site, context, depth - 1);
    }
    return !found;
  });
  return found;
}
