import { childBlocks, statementExpressions, walkExpression, type ast } from '@pylint-leaks/core';

/** True when statements, nested functions and lambdas excluded, contain an expression the predicate accepts. */
export function containsExpression(
  statements: readonly ast.Statement[],
  accepts: (expression: ast.Expression) => boolean,
): boolean {
  return statements.some((statement) => {
    let found = false;
    for (const expression of statementExpressions(statement)) {
      walkExpression(expression, (part) => {
        found ||= accepts(part);
        return part.kind === 'Lambda' ? false : undefined;
      });
    }
    if (found || statement.kind === 'FunctionDefinition' || statement.kind === 'ClassDefinition') return found;
    return childBlocks(statement).some((block) => containsExpression(block.statements, accepts));
  });
}

/** True when running the block may suspend a generator. */
export function containsYield(block: { readonly statements: readonly ast.Statement[] }): boolean {
  return containsExpression(block.statements, ({ kind }) => kind === 'Yield');
}

/** True when some statement below leaves them early: `return`, or `break`/`continue` of a loop around them. */
export function leavesEarly(statements: readonly ast.Statement[], inLoop = false): boolean {
  return statements.some((statement) => {
    switch (statement.kind) {
      case 'Return':
        return true;
      case 'Break':
      case 'Continue':
        return !inLoop;
      case 'FunctionDefinition':
      case 'ClassDefinition':
        return false;
      case 'For':
      case 'While':
        return leavesEarly(statement.body.statements, true) || leavesEarly(statement.orelse?.statements ?? [], inLoop);
      default:
        return childBlocks(statement).some((block) => leavesEarly(block.statements, inLoop));
    }
  });
}
