import type { ast } from '@pylint-leaks/core';
import { unawaited } from './acquisition';

/**
 * True for a statement that does nothing but release what a name or an attribute holds: `x.close()`, `await x.close()`, also below `if x:` or
 * `if x is not None:`. Releasing a connection or a file a second time does nothing (sqlite3, io: "this method has no
 * effect if the file is already closed").
 */
export function isReleaseOf(statement: ast.Statement, name: string, methods: readonly string[]): boolean {
  if (statement.kind === 'If') {
    const [only] = statement.body.statements;
    return (
      statement.orelse === undefined &&
      statement.body.statements.length === 1 &&
      only !== undefined &&
      testsPresence(statement.test, name) &&
      isReleaseOf(only, name, methods)
    );
  }
  if (statement.kind !== 'ExpressionStatement') return false;
  const call = unawaited(statement.value);
  if (call.kind !== 'Call' || call.args.length > 0) return false;
  return call.func.kind === 'Attribute' && pathOf(call.func.value) === name && methods.includes(call.func.attr);
}

/** `self.lock` of a name and its attributes; undefined for any other expression. */
function pathOf(expression: ast.Expression): string | undefined {
  if (expression.kind === 'Name') return expression.id;
  const outer = expression.kind === 'Attribute' ? pathOf(expression.value) : undefined;
  return expression.kind === 'Attribute' && outer !== undefined ? `${outer}.${expression.attr}` : undefined;
}

function testsPresence(test: ast.Expression, name: string): boolean {
  if (test.kind === 'Name') return test.id === name;
  if (test.kind !== 'Comparison' || test.operators.length !== 1) return false;
  const [left, right] = test.operands;
  return (
    left?.kind === 'Name' &&
    left.id === name &&
    right?.kind === 'Constant' &&
    right.value === 'None' &&
    (test.operators[0] === 'is not' || test.operators[0] === '!=')
  );
}
