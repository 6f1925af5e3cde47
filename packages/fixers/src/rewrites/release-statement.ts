import type { ast } from '@pylint-leaks/core';

/**
 * True for a statement that does nothing but release what a name holds: `x.close()`, also below `if x:` or
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
  if (statement.kind !== 'ExpressionStatement' || statement.value.kind !== 'Call') return false;
  const { func, args } = statement.value;
  return (
    args.length === 0 &&
    func.kind === 'Attribute' &&
    func.value.kind === 'Name' &&
    func.value.id === name &&
    methods.includes(func.attr)
  );
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
