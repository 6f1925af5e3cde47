import { childExpressions, type ast } from '@pylint-leaks/core';

/** What stands between the start of a statement and the moment a part of it is evaluated. */
export type Reach =
  /** Everything in `before` is evaluated first, then the part, once. */
  | { readonly kind: 'always'; readonly before: readonly ast.Expression[] }
  | { readonly kind: 'elsewhere'; readonly reason: string };

/** How evaluation of `root` comes to `part` (Python reference, "Evaluation order"). */
export function reach(root: ast.Expression, part: ast.Expression): Reach {
  if (root === part) return { kind: 'always', before: [] };
  const before: ast.Expression[] = [];
  for (let node = root; node !== part;) {
    const next = childExpressions(node).find((child) => holds(child, part));
    if (next === undefined) return { kind: 'elsewhere', reason: 'the call is not part of the statement' };
    const obstacle = obstacleAt(node, next);
    if (obstacle !== undefined) return { kind: 'elsewhere', reason: obstacle };
    const order = evaluationOrder(node);
    before.push(...order.slice(0, order.indexOf(next)));
    node = next;
  }
  return { kind: 'always', before };
}

function holds(tree: ast.Expression, part: ast.Expression): boolean {
  return tree === part || childExpressions(tree).some((child) => holds(child, part));
}

/** Children in the order Python evaluates them, as far as that is not their order in the source. */
function evaluationOrder(node: ast.Expression): readonly ast.Expression[] {
  return node.kind === 'Conditional' ? [node.test, node.body, node.orelse] : childExpressions(node);
}

function obstacleAt(node: ast.Expression, child: ast.Expression): string | undefined {
  switch (node.kind) {
    case 'Lambda':
      return child === node.body ? 'the call is in a lambda' : undefined;
    case 'Comprehension':
      return child === node.clauses[0]?.iterable
        ? undefined
        : 'the call is evaluated once per round of a comprehension';
    case 'BooleanOperation':
      return child === node.left ? undefined : 'the call is evaluated on one side of a condition only';
    case 'Conditional':
      return child === node.test ? undefined : 'the call is evaluated on one side of a condition only';
    case 'Comparison':
      return node.operands.indexOf(child) <= 1 ? undefined : 'the call is evaluated on one side of a condition only';
    case 'Await':
    case 'Yield':
      return 'the call is inside await or yield';
    default:
      return undefined;
  }
}

/** True for what can be evaluated a moment later without anybody noticing: names, literals, attributes of names. */
export function isStill(expression: ast.Expression): boolean {
  switch (expression.kind) {
    case 'Name':
    case 'Constant':
    case 'Number':
      return true;
    case 'String':
      return expression.interpolations.length === 0;
    case 'Attribute':
      return isStill(expression.value);
    case 'Tuple':
      return expression.elements.every(isStill);
    default:
      return false;
  }
}
