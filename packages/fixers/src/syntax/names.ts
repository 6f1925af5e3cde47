import { walkBlock, type ast, type LintResult } from '@pylint-leaks/core';

const used = new WeakMap<ast.Block, ReadonlySet<string>>();

/** Every identifier that a module reads, binds or declares anywhere. */
export function identifiersOf(module: ast.Module): ReadonlySet<string> {
  return identifiersIn(module.body);
}

/** Every identifier that the statements of a block, nested definitions included, read, bind or declare. */
function identifiersIn(block: ast.Block): ReadonlySet<string> {
  const known = used.get(block);
  if (known !== undefined) return known;
  const names = new Set<string>();
  const parameters = (list: readonly ast.Parameter[]): void => list.forEach(({ name }) => void names.add(name));
  walkBlock(block, {
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
  used.set(block, names);
  return names;
}

/**
 * The first of the candidates, or of them with a number behind, that means nothing yet where it is to be bound: in a
 * function that is what the function itself and functions in it mention, for its locals hide nothing else.
 */
export function freshName(
  lint: LintResult,
  definition: ast.Statement | undefined,
  candidates: readonly string[],
): string {
  const taken = new Set(
    identifiersIn(definition?.kind === 'FunctionDefinition' ? definition.body : lint.tree.module.body),
  );
  if (definition?.kind === 'FunctionDefinition') for (const { name } of definition.parameters) taken.add(name);
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
  walkBlock(block, {
    expression: (expression) => {
      if (expression.kind === 'Call' && expression.func.kind === 'Name' && NAMESPACE_READERS.has(expression.func.id)) {
        found = true;
      }
      return undefined;
    },
  });
  return found;
}
