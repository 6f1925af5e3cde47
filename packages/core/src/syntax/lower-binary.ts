import type { Expression } from './ast';
import { lowerExpression } from './lower-expression';
import { hoistStar } from './lower-star';
import { childIn, type Lowering } from './lowering';
import type { RawNode } from './raw-tree';

/** An operand with the place it takes, its parentheses included. */
interface Operand {
  readonly expression: Expression;
  readonly start: number;
  readonly end: number;
}

/**
 * `left operator right`. The grammar lets `^` bind tighter than `&`; in Python it is the other way round, so a chain of
 * both is put together anew.
 */
export function lowerBinary(node: RawNode, lowering: Lowering): Expression {
  const operator = operatorOf(node);
  if (operator === '&' && (isXor(childIn(node, 'left')) || isXor(childIn(node, 'right')))) {
    const operands: Operand[] = [];
    const operators: string[] = [];
    collect(node, lowering, operands, operators);
    return joined(operands, operators);
  }
  return {
    kind: 'BinaryOperation',
    span: { start: node.start, end: node.end },
    operator,
    left: lowerExpression(childIn(node, 'left'), lowering, node.start),
    right: lowerExpression(childIn(node, 'right'), lowering, node.end),
  };
}

function operatorOf(node: RawNode): string {
  return childIn(node, 'operator')?.type ?? '?';
}

function isChained(node: RawNode): boolean {
  return node.type === 'binary_operator' && ['&', '^'].includes(operatorOf(node));
}

/** True when a `^` stands somewhere in the chain below. */
function isXor(node: RawNode | undefined): boolean {
  if (node === undefined || !isChained(node)) return false;
  return operatorOf(node) === '^' || isXor(childIn(node, 'left')) || isXor(childIn(node, 'right'));
}

function collect(node: RawNode, lowering: Lowering, operands: Operand[], operators: string[]): void {
  if (!isChained(node)) {
    operands.push({ expression: lowerExpression(node, lowering), start: node.start, end: node.end });
    return;
  }
  const [left, right] = [childIn(node, 'left'), childIn(node, 'right')];
  if (left !== undefined) collect(left, lowering, operands, operators);
  operators.push(operatorOf(node));
  if (right !== undefined) collect(right, lowering, operands, operators);
}

/** Groups of `&` joined by `^`, each to the left. */
function joined(operands: readonly Operand[], operators: readonly string[]): Expression {
  const groups: Operand[] = [];
  operands.forEach((operand, index) => {
    const last = groups.at(-1);
    if (last !== undefined && operators[index - 1] === '&') groups[groups.length - 1] = join(last, '&', operand);
    else groups.push(operand);
  });
  return groups.reduce((left, right) => join(left, '^', right)).expression;
}

function join(left: Operand, operator: string, right: Operand): Operand {
  const span = { start: left.start, end: right.end };
  const expression: Expression = {
    kind: 'BinaryOperation',
    span,
    operator,
    left: left.expression,
    right: right.expression,
  };
  return { expression: hoistStar(expression), ...span };
}
