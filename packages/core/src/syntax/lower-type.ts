import type { Expression } from './ast';
import { lowerExpression, missingExpression } from './lower-expression';
import { namedChildren, spanOf, textOfNode, type Lowering } from './lowering';
import type { RawNode } from './raw-tree';

/** Annotations have node types of their own in the grammar; they mean the same as expressions do. */
export function lowerType(node: RawNode, lowering: Lowering): Expression {
  const children = namedChildren(node);
  const span = spanOf(node);
  const [first, second] = children;
  if (first === undefined) return missingExpression(node.start);
  switch (node.type) {
    case 'generic_type': {
      const parameters =
        second === undefined ? [] : namedChildren(second).map((child) => lowerExpression(child, lowering));
      const index: Expression =
        parameters.length === 1 && parameters[0] !== undefined
          ? parameters[0]
          : {
              kind: 'Tuple',
              span: { start: parameters[0]?.span.start ?? node.end, end: parameters.at(-1)?.span.end ?? node.end },
              elements: parameters,
            };
      return { kind: 'Subscript', span, value: lowerExpression(first, lowering), index };
    }
    case 'member_type':
      if (second === undefined) return lowerExpression(first, lowering);
      return {
        kind: 'Attribute',
        span,
        value: lowerExpression(first, lowering),
        attr: textOfNode(second, lowering),
        attrSpan: spanOf(second),
      };
    case 'union_type':
      if (second === undefined) return lowerExpression(first, lowering);
      return {
        kind: 'BinaryOperation',
        span,
        operator: '|',
        left: lowerExpression(first, lowering),
        right: lowerExpression(second, lowering),
      };
    case 'splat_type':
      return { kind: 'Starred', span, value: lowerExpression(first, lowering) };
    default:
      return lowerExpression(first, lowering);
  }
}
