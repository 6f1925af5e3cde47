import {
  childBlocks,
  statementExpressions,
  walkBlock,
  walkExpression,
  type ast,
  type SemanticModel,
  type Span,
} from '@pylint-leaks/core';

/** True when an expression mentions a name; a lambda or comprehension that binds it itself counts too. */
export function mentionsName(expression: ast.Expression, name: string): boolean {
  let found = false;
  walkExpression(expression, (part) => {
    found ||= part.kind === 'Name' && part.id === name;
    return found ? false : undefined;
  });
  return found;
}

/** True when assigning to a target reads the name: `name.x = 1`, `name[0] = 1`. */
export function readsOfTarget(target: ast.Expression, name: string): boolean {
  if (target.kind === 'Name') return false;
  if (target.kind === 'Tuple' || target.kind === 'List')
    return target.elements.some((part) => readsOfTarget(part, name));
  return target.kind === 'Starred' ? readsOfTarget(target.value, name) : mentionsName(target, name);
}

/** True when assigning to a target binds the name. */
export function binds(target: ast.Expression, name: string): boolean {
  if (target.kind === 'Name') return target.id === name;
  if (target.kind === 'Tuple' || target.kind === 'List') return target.elements.some((part) => binds(part, name));
  return target.kind === 'Starred' && binds(target.value, name);
}

/** True when a statement mentions the name anywhere. */
export function statementMentions(statement: ast.Statement, name: string): boolean {
  if (statementExpressions(statement).some((expression) => mentionsName(expression, name))) return true;
  return childBlocks(statement).some((block) => block.statements.some((inner) => statementMentions(inner, name)));
}

/** True when something in statements binds or deletes the name in their own scope, in whatever way. */
export function rebindsName(statements: readonly ast.Statement[], name: string): boolean {
  return statements.some((statement) => {
    const targets: (ast.Expression | undefined)[] = [];
    switch (statement.kind) {
      case 'Assign':
      case 'Delete':
        targets.push(...statement.targets);
        break;
      case 'AugmentedAssign':
      case 'AnnotatedAssign':
      case 'For':
        targets.push(statement.target);
        break;
      case 'With':
        targets.push(...statement.items.map(({ target }) => target));
        break;
      case 'Try':
        targets.push(...statement.handlers.map((handler) => handler.name));
        break;
      case 'Match':
        targets.push(...statement.cases.flatMap(({ captures }) => captures));
        break;
      case 'Import':
      case 'ImportFrom':
        if (statement.names.some((item) => (item.alias ?? item.name.split('.')[0]) === name)) return true;
        break;
      case 'Global':
      case 'Nonlocal':
        return statement.names.some(({ id }) => id === name);
      case 'FunctionDefinition':
      case 'ClassDefinition':
        return statement.name.id === name || statementMentionsNonlocal(statement, name);
      default:
    }
    if (targets.some((target) => target !== undefined && binds(target, name))) return true;
    let walrus = false;
    for (const expression of statementExpressions(statement)) {
      walkExpression(expression, (part) => {
        walrus ||= part.kind === 'NamedExpression' && part.target.id === name;
        return undefined;
      });
    }
    return walrus || childBlocks(statement).some((block) => rebindsName(block.statements, name));
  });
}

function statementMentionsNonlocal(statement: ast.FunctionDefinition | ast.ClassDefinition, name: string): boolean {
  let found = false;
  walkBlock(statement.body, {
    statement: (inner) => {
      found ||= (inner.kind === 'Nonlocal' || inner.kind === 'Global') && inner.names.some(({ id }) => id === name);
      return undefined;
    },
  });
  return found;
}

/** True when a nested function, lambda or class outside `except` reads the name of the enclosing scope. */
export function isCapturedOutside(model: SemanticModel, block: ast.Block, name: string, except: Span): boolean {
  let found = false;
  walkBlock(block, {
    statement: (statement) => {
      if (statement.span.start >= except.start && statement.span.end <= except.end) return false;
      if (statement.kind !== 'FunctionDefinition' && statement.kind !== 'ClassDefinition') return undefined;
      const shadows = statement.kind === 'FunctionDefinition' && model.scopeOf(statement).bindings.has(name);
      found ||= !shadows && statementMentions(statement, name);
      return false;
    },
    expression: (expression) => {
      if (expression.kind !== 'Lambda') return undefined;
      const shadows = expression.parameters.some((parameter) => parameter.name === name);
      found ||= !shadows && mentionsName(expression.body, name);
      return false;
    },
  });
  return found;
}
