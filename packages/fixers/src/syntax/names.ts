import { walkModule, type ast } from '@pylint-leaks/core';

const used = new WeakMap<ast.Module, ReadonlySet<string>>();

/** Every identifier that a module reads, binds or declares anywhere. */
export function identifiersOf(module: ast.Module): ReadonlySet<string> {
  const known = used.get(module);
  if (known !== undefined) return known;
  const names = new Set<string>();
  const parameters = (list: readonly ast.Parameter[]): void => list.forEach(({ name }) => void names.add(name));
  walkModule(module, {
    statement: (statement) => {
      switch (statement.kind) {
        case 'FunctionDefinition':
          names.add(statement.name.id);
          parameters(statement.parameters);
          break;
        case 'ClassDefinition':
          names.add(statement.name.id);
          break;
        case 'Global':
        case 'Nonlocal':
          for (const name of statement.names) names.add(name.id);
          break;
        case 'Import':
        case 'ImportFrom':
          for (const { name, alias } of statement.names) names.add(alias ?? (name.split('.')[0] as string));
          break;
        case 'Try':
          for (const { name } of statement.handlers) if (name !== undefined) names.add(name.id);
          break;
        case 'Match':
          for (const { captures } of statement.cases) for (const name of captures) names.add(name.id);
          break;
        default:
      }
      return undefined;
    },
    expression: (expression) => {
      if (expression.kind === 'Name') names.add(expression.id);
      else if (expression.kind === 'Lambda') parameters(expression.parameters);
      return undefined;
    },
  });
  used.set(module, names);
  return names;
}

/** The first of the candidates, or of them with a number behind, that the module does not use yet. */
export function freshName(module: ast.Module, candidates: readonly string[]): string {
  const taken = identifiersOf(module);
  for (let round = 1; ; round++) {
    for (const candidate of candidates) {
      const name = round === 1 ? candidate : `${candidate}${round}`;
      if (!taken.has(name)) return name;
    }
  }
}

/** Functions through which a program sees names that it does not spell. */
const NAMESPACE_READERS = new Set(['locals', 'vars', 'dir', 'eval', 'exec', 'globals']);

/** True when a function or module looks at its names as data, so that one name more is visible. */
export function readsNamespace(block: ast.Block): boolean {
  let found = false;
  walkModule(
    { kind: 'Module', span: block.span, body: block },
    {
      expression: (expression) => {
        if (
          expression.kind === 'Call' &&
          expression.func.kind === 'Name' &&
          NAMESPACE_READERS.has(expression.func.id)
        ) {
          found = true;
        }
        return undefined;
      },
    },
  );
  return found;
}
