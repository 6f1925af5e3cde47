import type { Expression } from './ast';
import { lowerExpression, lowerIndex, missingExpression } from './lower-expression';
import { identifierOf, namedChildren, spanOf, type Lowering } from './lowering';
import type { RawNode } from './raw-tree';

/** Annotations have node types of their own in the grammar; they mean the same as expressions do. */
export function lowerType(node: RawNode, lowering: Lowering): Expression {
  const children = namedChildren(node);
  const span = spanOf(node);
  const [first, second] = children;
  if (first === undefined) return missingExpression(node.start);
  switch (node.type) {
    case 'generic_type': {
      const index =
        second === undefined ? missingExpression(node.end) : lowerIndex(second, namedChildren(second), lowering);
      return { kind: 'Subscript', span, value: lowerExpression(first, lowering), index };
    }
    case 'member_type':
      if (second === undefined) return lowerExpression(first, lowering);
      return {
        kind: 'Attribute',
        span,
        value: lowerExpression(first, lowering),
        attr: identifierOf(second, lowering),
        attrSpan: spanOf(second),
      };
    case 'union_type':
      if (second === undefined) return lowerExpression(first, lowering);
      return unionOf(lowerExpression(first, lowering), lowerExpression(second, lowering), second.start);
    case 'splat_type':
      return { kind: 'Starred', span, value: lowerExpression(first, lowering) };
    default:
      return lowerExpression(first, lowering);
  }
}

/** `A | B | C` groups to the left; the grammar groups a part of it to the right when it mixes types and expressions. */
function unionOf(left: Expression, right: Expression, rightStart: number): Expression {
  const span = { start: left.span.start, end: right.span.end };
  // A right side in parentheses starts before the operation does, and stays one operand.
  if (right.kind === 'BinaryOperation' && right.operator === '|' && right.span.start === rightStart) {
    return { ...right, span, left: unionOf(left, right.left, rightStart) };
  }
  return { kind: 'BinaryOperation', span, operator: '|', left, right };
}
