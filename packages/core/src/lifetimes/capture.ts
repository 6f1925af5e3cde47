import type { AnyFunction, ClassDefinition, Comprehension, Expression, Module, Statement } from '../syntax/ast';
import { childBlocks, childExpressions, statementExpressions, walkBlock, walkExpression } from '../syntax/walk';

type Captures = Map<string, boolean>;

const cache = new WeakMap<object, { readonly methods: readonly string[]; readonly names: Captures }>();

/**
 * Names that a nested definition mentions, and whether it calls one of the given methods on them. Shadowing is ignored:
 * a nested function with a local of the same name counts as a mention, which only makes the analysis quieter.
 */
export function capturedNames(
  definition: AnyFunction | ClassDefinition | Comprehension,
  methods: readonly string[],
): ReadonlyMap<string, boolean> {
  const known = cache.get(definition);
  if (known?.methods === methods) return known.names;
  const names: Captures = new Map();
  const visit = (expression: Expression): undefined => {
    if (expression.kind === 'Name') names.set(expression.id, names.get(expression.id) ?? false);
    if (expression.kind === 'Attribute' && expression.value.kind === 'Name' && methods.includes(expression.attr)) {
      names.set(expression.value.id, true);
    }
    return undefined;
  };
  if (definition.kind === 'FunctionDefinition' || definition.kind === 'ClassDefinition') {
    walkBlock(definition.body, { expression: visit });
  } else if (definition.kind === 'Lambda') walkExpression(definition.body, visit);
  else for (const child of childExpressions(definition)) walkExpression(child, visit);
  cache.set(definition, { methods, names });
  return names;
}

/** Names that functions and lambdas nested in a region mention. */
export function capturedInRegion(
  region: AnyFunction | Module,
  methods: readonly string[],
): ReadonlyMap<string, boolean> {
  const all: Captures = new Map();
  const add = (definition: AnyFunction | ClassDefinition): void => {
    for (const [name, releases] of capturedNames(definition, methods))
      all.set(name, releases || (all.get(name) ?? false));
  };
  const expression = (node: Expression): boolean | undefined => {
    if (node.kind !== 'Lambda') return undefined;
    add(node);
    return false;
  };
  const statement = (node: Statement): void => {
    if (node.kind === 'FunctionDefinition' || node.kind === 'ClassDefinition') {
      add(node);
      return;
    }
    for (const part of statementExpressions(node)) walkExpression(part, expression);
    for (const block of childBlocks(node)) block.statements.forEach(statement);
  };
  if (region.kind === 'Lambda') walkExpression(region.body, expression);
  else region.body.statements.forEach(statement);
  return all;
}
