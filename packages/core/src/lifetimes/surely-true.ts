import type { Catalogue } from '../resources/catalogue';
import type { SemanticModel } from '../semantic/model';
import type { Expression } from '../syntax/ast';

/** `file` after `file = open(path)`, if nothing else is ever bound to it: such objects are never None, and true. */
export function isSurelyTrue(expression: Expression, model: SemanticModel, catalogue: Catalogue): boolean {
  if (expression.kind !== 'Name') return false;
  const [binding, other] = model.lookup(expression.id, model.enclosingScope(expression))?.bindings ?? [];
  if (binding?.kind !== 'assignment' || other !== undefined || binding.value?.kind !== 'Call') return false;
  const name = model.qualifiedName(binding.value.func);
  const row = name === undefined ? undefined : catalogue.acquire(name);
  return row !== undefined && row.of === undefined && row.elements === undefined && !/^(int|str)$/.test(row.type);
}
