import type { Statement, WithItem } from './ast';
import { lowerExpression } from './lower-expression';
import { lowerBlock } from './lower-statement';
import { childIn, hasToken, namedChildren, spanOf, spanToLast, type Lowering } from './lowering';
import type { RawNode } from './raw-tree';

/** `with` statements; the grammar gives a single parenthesised item as an expression in parentheses or a tuple. */
export function lowerWith(node: RawNode, lowering: Lowering): Statement {
  const clause = node.children.find((child) => child.type === 'with_clause');
  const items = clause === undefined ? [] : namedChildren(clause).filter((child) => child.type === 'with_item');
  let isParenthesized = clause !== undefined && hasToken(clause, '(');
  const lowered: WithItem[] = [];
  for (const item of items) {
    const value = childIn(item, 'value') ?? namedChildren(item)[0];
    const inner = value !== undefined && items.length === 1 ? itemsInParentheses(value) : undefined;
    if (inner !== undefined) isParenthesized = true;
    for (const part of inner ?? (value === undefined ? [] : [value])) lowered.push(lowerItem(part, lowering));
  }
  const body = lowerBlock(childIn(node, 'body'), lowering, node.end);
  return {
    kind: 'With',
    span: spanToLast(node, body),
    isAsync: hasToken(node, 'async'),
    items: lowered,
    isParenthesized,
    body,
  };
}

/** The items of `with (a as b):` and `with (a as b, c):`, which are not expressions however they look. */
function itemsInParentheses(value: RawNode): RawNode[] | undefined {
  if (value.type !== 'parenthesized_expression' && value.type !== 'tuple') return undefined;
  const parts = namedChildren(value);
  return parts.some((part) => part.type === 'as_pattern') || value.type === 'tuple' ? parts : undefined;
}

function lowerItem(value: RawNode, lowering: Lowering): WithItem {
  if (value.type !== 'as_pattern')
    return { span: spanOf(value), context: lowerExpression(value, lowering), target: undefined };
  const alias = childIn(value, 'alias');
  return {
    span: spanOf(value),
    context: lowerExpression(
      namedChildren(value).find((child) => child.field !== 'alias'),
      lowering,
      value.start,
    ),
    target: alias === undefined ? undefined : lowerExpression(alias, lowering),
  };
}
