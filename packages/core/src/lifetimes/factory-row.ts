import type { AcquireRow, UnownedWhen } from '../resources/model';
import type { AnyFunction, Expression } from '../syntax/ast';
import { walkBlock } from '../syntax/walk';
import type { Project } from './context';
import { isStatic } from './transfer-call';

/**
 * The row of what a function returns. What its arguments say about owning is the function's own: a parameter that it gives
 * back on another way (`def copy(source, out): if isinstance(out, str): out = open(out) … return out`) is the caller's already.
 */
export function factoryRow(definition: AnyFunction, row: AcquireRow, project: Project): AcquireRow {
  const { unless, readsGivenFile, ...own } = row;
  const isBound = project.model.classOf(definition) !== undefined && !isStatic(definition);
  const named = definition.parameters.filter(({ name }) => name !== '').slice(isBound ? 1 : 0);
  const candidates = mayBeReturned(definition);
  const given = named.flatMap(({ name, kind }, position): UnownedWhen[] => {
    if (!candidates.has(name) || project.parameterEffect(definition, name, own) !== 'returns') return [];
    return [kind === 'positional' ? { keyword: name, position } : { keyword: name }];
  });
  return given.length === 0 ? own : { ...own, unless: given };
}

/** Names that stand for themselves in a `return`, or on the right of an assignment. */
function mayBeReturned(definition: AnyFunction): ReadonlySet<string> {
  const names = new Set<string>();
  if (definition.kind === 'Lambda') return names;
  const add = (value: Expression | undefined): void => {
    if (value?.kind === 'Name') names.add(value.id);
    if (value?.kind === 'BooleanOperation') [value.left, value.right].forEach(add);
    if (value?.kind === 'Conditional') [value.body, value.orelse].forEach(add);
  };
  walkBlock(definition.body, {
    statement: (statement) => {
      if (statement.kind === 'Return' || statement.kind === 'Assign') add(statement.value);
      return undefined;
    },
  });
  return names;
}
