import { walkBlock, type ast, type LintResult } from '@pylint-leaks/core';
import { refuse, unsafe, type Objection } from './objections';

/**
 * What a function of the file that makes the resource says against `with` on its result: it must give one every time, for
 * `with` on `None` raises, and code that asks whether it got one expects that it may not.
 */
export function factoryObjections(
  lint: LintResult,
  call: ast.Call,
  name: string,
  body: readonly ast.Statement[],
): Objection[] {
  const objections: Objection[] = [];
  const qualifiedName = lint.model.qualifiedName(call.func);
  const definition = qualifiedName === undefined ? undefined : lint.model.functionNamed(qualifiedName);
  if (definition?.kind !== 'FunctionDefinition') return [unsafe('the function that makes it cannot be seen')];
  if (mayReturnNothing(definition.body)) objections.push(refuse('the function that makes it may return None'));
  if (asksForPresence(body, name)) objections.push(refuse(`the code asks whether ${name} is there`));
  return objections;
}

function mayReturnNothing(body: ast.Block): boolean {
  let found = !endsWithExit(body);
  walkBlock(body, {
    statement: (statement) => {
      if (statement.kind === 'FunctionDefinition' || statement.kind === 'ClassDefinition') return false;
      const isNothing = (value: ast.Expression | undefined): boolean =>
        value === undefined ||
        (value.kind === 'Constant' && value.value === 'None') ||
        (value.kind === 'Conditional' && (isNothing(value.body) || isNothing(value.orelse)));
      if (statement.kind === 'Return') found ||= isNothing(statement.value);
      return undefined;
    },
  });
  return found;
}

/** True when control cannot fall off the end of a block. */
function endsWithExit(block: ast.Block | undefined): boolean {
  const last = block?.statements[block.statements.length - 1];
  switch (last?.kind) {
    case 'Return':
    case 'Raise':
      return true;
    case 'If':
      return endsWithExit(last.body) && endsWithExit(last.orelse);
    case 'With':
      return endsWithExit(last.body);
    case 'Try':
      if (endsWithExit(last.finalbody)) return true;
      return (
        (endsWithExit(last.body) || endsWithExit(last.orelse)) && last.handlers.every(({ body }) => endsWithExit(body))
      );
    default:
      return false;
  }
}

function asksForPresence(statements: readonly ast.Statement[], name: string): boolean {
  let found = false;
  const isName = (expression: ast.Expression | undefined): boolean =>
    expression?.kind === 'Name' && expression.id === name;
  walkBlock(
    { span: { start: 0, end: 0 }, statements },
    {
      statement: (statement) => {
        if (statement.kind === 'If' || statement.kind === 'While' || statement.kind === 'Assert')
          found ||= isName(statement.test);
        return undefined;
      },
      expression: (expression) => {
        if (expression.kind === 'Comparison') found ||= expression.operands.some(isName);
        if (expression.kind === 'UnaryOperation' && expression.operator === 'not') found ||= isName(expression.operand);
        if (expression.kind === 'BooleanOperation') found ||= isName(expression.left) || isName(expression.right);
        if (expression.kind === 'Conditional') found ||= isName(expression.test);
        return undefined;
      },
    },
  );
  return found;
}
