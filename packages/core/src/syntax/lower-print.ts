import type { Expression, Statement } from './ast';
import { lowerExpression } from './lower-expression';
import { namedChildren, spanOf, type Lowering } from './lowering';
import type { RawNode } from './raw-tree';

const KEYWORD = 'print';

/**
 * Python 2's `print x`. `print >>file, x` is also valid Python 3, where it shifts the function `print` (and fails when
 * it runs), so that form is lowered as the expression it is.
 */
export function lowerPrint(node: RawNode, lowering: Lowering): Statement {
  const span = spanOf(node);
  const [first, ...rest] = namedChildren(node);
  const values = rest.map((value) => lowerExpression(value, lowering));
  if (first?.type !== 'chevron') {
    return {
      kind: 'Print',
      span,
      values: [...(first === undefined ? [] : [lowerExpression(first, lowering)]), ...values],
    };
  }
  const right = lowerExpression(namedChildren(first)[0], lowering, first.end);
  const shift: Expression = {
    kind: 'BinaryOperation',
    span: { start: node.start, end: right.span.end },
    operator: '>>',
    left: { kind: 'Name', span: { start: node.start, end: node.start + KEYWORD.length }, id: KEYWORD },
    right,
  };
  const value: Expression = values.length === 0 ? shift : { kind: 'Tuple', span, elements: [shift, ...values] };
  return { kind: 'ExpressionStatement', span, value };
}
