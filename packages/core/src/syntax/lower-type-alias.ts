import type { Expression, Statement } from './ast';
import { lowerArguments, lowerExpression } from './lower-expression';
import { childIn, childrenIn, namedChildren, spanOf, textOfNode, type Lowering } from './lowering';
import type { RawNode } from './raw-tree';

/**
 * `type Name[T] = value`. The grammar also reads `type(x).attr = value` and `type[i] = value` as type aliases; those are
 * assignments whose target starts with a call or subscript of the name `type`.
 */
export function lowerTypeAlias(node: RawNode, lowering: Lowering): Statement {
  const span = spanOf(node);
  const left = childIn(node, 'left');
  const value = lowerExpression(childIn(node, 'right'), lowering, node.end);
  const name = lowerExpression(left, lowering, node.start);
  const base = name.kind === 'Subscript' ? name.value : name;
  if (left === undefined || (base.kind === 'Name' && base.span.start === left.start)) {
    return { kind: 'TypeAlias', span, name: base, value };
  }
  return { kind: 'Assign', span, targets: [targetAfterType(left, node.start, lowering)], value };
}

const KEYWORD = 'type';

/** The target `type…` whose part after the name `type` the grammar took for the alias. */
function targetAfterType(node: RawNode, start: number, lowering: Lowering): Expression {
  const span = { start, end: node.end };
  const [first, second] = namedChildren(node);
  const func: Expression = { kind: 'Name', span: { start, end: start + KEYWORD.length }, id: KEYWORD };
  if (first === undefined) return { kind: 'Call', span, func, args: [], argsSpan: spanOf(node) };
  switch (node.type) {
    case 'type':
      return targetAfterType(first, start, lowering);
    case 'attribute':
    case 'member_type': {
      const value = targetAfterType(first, start, lowering);
      if (second === undefined) return value;
      return { kind: 'Attribute', span, value, attr: textOfNode(second, lowering), attrSpan: spanOf(second) };
    }
    case 'subscript': {
      const index = childrenIn(node, 'subscript')[0];
      return {
        kind: 'Subscript',
        span,
        value: targetAfterType(first, start, lowering),
        index: lowerExpression(index, lowering, node.end),
      };
    }
    case 'call': {
      const list = childIn(node, 'arguments');
      const args = list === undefined ? [] : lowerArguments(list, lowering);
      const argsSpan = spanOf(list ?? node);
      return { kind: 'Call', span, func: targetAfterType(first, start, lowering), args, argsSpan };
    }
    case 'list':
      return { kind: 'Subscript', span, value: func, index: lowerExpression(first, lowering) };
    default:
      return { kind: 'Call', span, func, args: lowerArguments(node, lowering), argsSpan: spanOf(node) };
  }
}
