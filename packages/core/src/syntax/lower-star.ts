import type { Expression } from './ast';

/**
 * Puts a star outside the expression it applies to. The grammar binds `*` tighter than everything else, so `[*a.b()]`
 * arrives as a call of an attribute of `*a`; Python reads it as `*(a.b())`.
 */
export function hoistStar(expression: Expression): Expression {
  const { span } = expression;
  const starred = (value: Expression, build: (inner: Expression) => Expression): Expression => {
    if (value.kind !== 'Starred' || value.span.start !== span.start) return expression;
    return { kind: 'Starred', span, value: build(value.value) };
  };
  // Without its star the expression starts where the operand of the star does.
  const inside = (inner: Expression): { start: number; end: number } => ({ start: inner.span.start, end: span.end });
  switch (expression.kind) {
    case 'Attribute':
    case 'Subscript':
      return starred(expression.value, (value) => ({ ...expression, span: inside(value), value }));
    case 'Call':
      return starred(expression.func, (func) => ({ ...expression, span: inside(func), func }));
    case 'BinaryOperation':
    case 'BooleanOperation':
      return starred(expression.left, (left) => ({ ...expression, span: inside(left), left }));
    case 'Conditional':
      return starred(expression.body, (body) => ({ ...expression, span: inside(body), body }));
    case 'Comparison': {
      const [first, ...rest] = expression.operands;
      if (first === undefined) return expression;
      return starred(first, (operand) => ({ ...expression, span: inside(operand), operands: [operand, ...rest] }));
    }
    default:
      return expression;
  }
}
