import type { Block, Expression, Module, Parameter, Statement } from './ast';

/** Expressions directly inside an expression, in evaluation order where Python fixes one. */
export function childExpressions(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'Name':
    case 'Constant':
    case 'Number':
      return [];
    case 'Attribute':
    case 'Await':
    case 'Starred':
      return [expression.value];
    case 'Call':
      return [expression.func, ...expression.args.map((argument) => argument.value)];
    case 'Subscript':
      return [expression.value, expression.index];
    case 'String':
      return expression.interpolations;
    case 'Tuple':
    case 'List':
    case 'Set':
      return expression.elements;
    case 'Dict':
      return expression.entries.flatMap((entry) =>
        entry.key === undefined ? [entry.value] : [entry.key, entry.value],
      );
    case 'Comprehension':
      return [
        ...expression.clauses.flatMap((clause) => [clause.iterable, clause.target, ...clause.conditions]),
        expression.element,
        ...(expression.value === undefined ? [] : [expression.value]),
      ];
    case 'Lambda':
      return [...parameterExpressions(expression.parameters), expression.body];
    case 'Conditional':
      return [expression.test, expression.body, expression.orelse];
    case 'BooleanOperation':
    case 'BinaryOperation':
      return [expression.left, expression.right];
    case 'UnaryOperation':
      return [expression.operand];
    case 'Comparison':
      return expression.operands;
    case 'NamedExpression':
      return [expression.value, expression.target];
    case 'Yield':
      return expression.value === undefined ? [] : [expression.value];
    case 'Slice':
      return expression.parts;
    case 'ErrorExpression':
      return expression.children;
  }
}

/** Defaults and annotations: evaluated where the function is defined. */
export function parameterExpressions(parameters: readonly Parameter[]): Expression[] {
  return parameters.flatMap((parameter) =>
    [parameter.annotation, parameter.default].filter((part) => part !== undefined),
  );
}

/** Expressions that stand directly in a statement's header (not in its blocks). */
export function statementExpressions(statement: Statement): readonly Expression[] {
  const some = (...parts: (Expression | undefined)[]): Expression[] => parts.filter((part) => part !== undefined);
  switch (statement.kind) {
    case 'ExpressionStatement':
      return [statement.value];
    case 'Assign':
      return [statement.value, ...statement.targets];
    case 'AugmentedAssign':
      return [statement.target, statement.value];
    case 'AnnotatedAssign':
      return some(statement.value, statement.annotation, statement.target);
    case 'Return':
      return some(statement.value);
    case 'Raise':
      return some(statement.exception, statement.cause);
    case 'Delete':
      return statement.targets;
    case 'Assert':
      return some(statement.test, statement.message);
    case 'If':
    case 'While':
      return [statement.test];
    case 'For':
      return [statement.iterable, statement.target];
    case 'Try':
      return statement.handlers.flatMap((handler) => some(handler.type));
    case 'With':
      return statement.items.flatMap((item) => some(item.context, item.target));
    case 'Match':
      return [statement.subject, ...statement.cases.flatMap((clause) => [...clause.values, ...some(clause.guard)])];
    case 'FunctionDefinition':
      return [...statement.decorators, ...parameterExpressions(statement.parameters), ...some(statement.returns)];
    case 'ClassDefinition':
      return [...statement.decorators, ...statement.bases.map((base) => base.value)];
    case 'TypeAlias':
      return [statement.name, statement.value];
    case 'Print':
    case 'Exec':
      return statement.values;
    case 'Pass':
    case 'Break':
    case 'Continue':
    case 'Global':
    case 'Nonlocal':
    case 'Import':
    case 'ImportFrom':
    case 'ErrorStatement':
      return [];
  }
}

/** Blocks directly inside a statement, in source order. */
export function childBlocks(statement: Statement): readonly Block[] {
  const some = (...parts: (Block | undefined)[]): Block[] => parts.filter((part) => part !== undefined);
  switch (statement.kind) {
    case 'If':
    case 'While':
    case 'For':
      return some(statement.body, statement.orelse);
    case 'Try':
      return some(
        statement.body,
        ...statement.handlers.map((handler) => handler.body),
        statement.orelse,
        statement.finalbody,
      );
    case 'With':
    case 'FunctionDefinition':
    case 'ClassDefinition':
      return [statement.body];
    case 'Match':
      return statement.cases.map((clause) => clause.body);
    case 'ErrorStatement':
      return [{ span: statement.span, statements: statement.statements }];
    default:
      return [];
  }
}

/** Calls `visit` for every expression below (and with) `expression`; return `false` to skip what is below one. */
export function walkExpression(expression: Expression, visit: (expression: Expression) => boolean | undefined): void {
  const pending: Expression[] = [expression];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (visit(next) === false) continue;
    const children = childExpressions(next);
    for (let i = children.length - 1; i >= 0; i--) pending.push(children[i] as Expression);
  }
}

/** What a statement walk may be told: `false` from `statement` skips everything below that statement. */
export interface StatementVisitor {
  readonly statement?: (statement: Statement) => boolean | undefined;
  readonly expression?: (expression: Expression, statement: Statement) => boolean | undefined;
}

/** Visits all statements and expressions of a block in source order, nested definitions included unless skipped. */
export function walkBlock(block: Block, visitor: StatementVisitor): void {
  for (const statement of block.statements) {
    if (visitor.statement?.(statement) === false) continue;
    if (visitor.expression !== undefined) {
      const visit = visitor.expression;
      for (const expression of statementExpressions(statement))
        walkExpression(expression, (part) => visit(part, statement));
    }
    for (const inner of childBlocks(statement)) walkBlock(inner, visitor);
  }
}

/** All statements and expressions of a module. */
export function walkModule(module: Module, visitor: StatementVisitor): void {
  walkBlock(module.body, visitor);
}
