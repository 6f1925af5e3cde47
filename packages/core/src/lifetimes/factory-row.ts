import type { AcquireRow, UnownedWhen } from '../resources/model';
import type { AnyFunction, Call, Expression, Parameter } from '../syntax/ast';
import { walkBlock } from '../syntax/walk';
import type { Project } from './context';
import { isStatic } from './transfer-call';

/**
 * The row of what a function returns. What its arguments say about owning is the function's own: a parameter that it gives
 * back on another way (`def copy(source, out): if isinstance(out, str): out = open(out) … return out`) is the caller's already.
 */
export function factoryRow(definition: AnyFunction, site: Call, row: AcquireRow, project: Project): AcquireRow {
  const { unless: _ofTheCall, readsGivenFile: _given, ...own } = row;
  const isBound = project.model.classOf(definition) !== undefined && !isStatic(definition);
  const named = definition.parameters.filter(({ name }) => name !== '').slice(isBound ? 1 : 0);
  const candidates = mayBeReturned(definition);
  const given = named.flatMap(({ name, kind }, position): UnownedWhen[] => {
    if (!candidates.has(name) || !project.mayReturn(definition, name, own)) return [];
    return [{ keyword: name, unlessText: true, ...(kind === 'positional' ? { position } : {}) }];
  });
  const ended = endedThrough(site, named);
  return {
    ...own,
    ...(given.length === 0 ? {} : { unless: given }),
    ...(ended === undefined ? {} : { endedThrough: ended }),
  };
}

/**
 * Whether on another way the function makes an object of a class of the file that acquires nothing the analysis knows of:
 * what the caller has got then, and how it is released, cannot be told (`return LockedFile(p) if … else open(p)`).
 */
export function mayGiveOther(definition: AnyFunction, project: Project): boolean {
  if (definition.kind === 'Lambda') return false;
  const { model } = project;
  const isOther = (value: Expression | undefined): boolean => {
    if (value?.kind === 'Conditional') return isOther(value.body) || isOther(value.orelse);
    if (value?.kind !== 'Call') return false;
    const name = model.qualifiedName(value.func);
    const made = name === undefined ? undefined : model.classNamed(name);
    return made !== undefined && project.resourceClass(made) === undefined;
  };
  let found = false;
  walkBlock(definition.body, {
    statement: (statement) => {
      if (statement.kind === 'Return') found ||= isOther(statement.value);
      return statement.kind !== 'FunctionDefinition' && statement.kind !== 'ClassDefinition';
    },
  });
  return found;
}

/** `Thread(target=server.serve_forever)` for a parameter `server`: whoever shuts that down ends the thread. */
function endedThrough({ args }: Call, named: readonly Parameter[]): UnownedWhen | undefined {
  const target = args.find(({ name }) => name === 'target')?.value;
  if (target?.kind !== 'Attribute' || target.value.kind !== 'Name') return undefined;
  const { id } = target.value;
  const position = named.findIndex(({ name }) => name === id);
  if (position < 0) return undefined;
  return named[position]?.kind === 'positional' ? { keyword: id, position } : { keyword: id };
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
