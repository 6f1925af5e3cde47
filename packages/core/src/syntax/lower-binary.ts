import type { BinaryOperation, Expression } from './ast';
import { lowerExpression } from './lower-expression';
import { childIn, type Lowering } from './lowering';
import type { RawNode } from './raw-tree';

/** `left operator right`. */
export function lowerBinary(node: RawNode, lowering: Lowering): Expression {
  const rawLeft = childIn(node, 'left');
  const rawRight = childIn(node, 'right');
  const left = lowerExpression(rawLeft, lowering, node.start);
  const right = lowerExpression(rawRight, lowering, node.end);
  const operator = childIn(node, 'operator')?.type ?? '?';
  if (operator === '&') return conjunction(left, right, rawLeft, rawRight);
  return { kind: 'BinaryOperation', span: { start: node.start, end: node.end }, operator, left, right };
}

/**
 * `a & b`. The grammar lets `^` bind tighter than `&`; in Python it is the other way round, so a `^` without parentheses
 * of its own on either side goes outside.
 */
function conjunction(left: Expression, right: Expression, rawLeft?: RawNode, rawRight?: RawNode): Expression {
  if (isXor(left, rawLeft)) {
    const inner = conjunction(left.right, right, rawLeft && childIn(rawLeft, 'right'), rawRight);
    return { ...left, span: { start: left.span.start, end: inner.span.end }, right: inner };
  }
  if (isXor(right, rawRight)) {
    const inner = conjunction(left, right.left, rawLeft, rawRight && childIn(rawRight, 'left'));
    return { ...right, span: { start: inner.span.start, end: right.span.end }, left: inner };
  }
  const start = rawLeft?.start ?? left.span.start;
  const end = rawRight?.end ?? right.span.end;
  return { kind: 'BinaryOperation', span: { start, end }, operator: '&', left, right };
}

function isXor(expression: Expression, raw: RawNode | undefined): expression is BinaryOperation {
  return expression.kind === 'BinaryOperation' && expression.operator === '^' && expression.span.start === raw?.start;
}
