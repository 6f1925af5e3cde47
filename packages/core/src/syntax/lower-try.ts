import type { ExceptHandler, Name, Statement } from './ast';
import { lowerExpression, lowerName } from './lower-expression';
import { lowerBlock } from './lower-statement';
import { childIn, childrenIn, hasToken, namedChildren, spanToLast, type Lowering } from './lowering';
import type { RawNode } from './raw-tree';

/** `try` with its handlers; Python 2's `except E, e` keeps the second expression out (it is reported as an error). */
export function lowerTry(node: RawNode, lowering: Lowering): Statement {
  const clauses = namedChildren(node);
  const elseClause = clauses.find((child) => child.type === 'else_clause');
  const finallyClause = clauses.find((child) => child.type === 'finally_clause');
  const body = lowerBlock(childIn(node, 'body'), lowering, node.end);
  const handlers = clauses
    .filter((child) => child.type.startsWith('except'))
    .map((child) => lowerHandler(child, lowering));
  const orelse = elseClause && lowerBlock(childIn(elseClause, 'body'), lowering, elseClause.end);
  const finalbody = finallyClause && lowerBlock(blockOf(finallyClause), lowering, finallyClause.end);
  const span = spanToLast(node, body, handlers.at(-1)?.body, orelse, finalbody);
  return { kind: 'Try', span, body, handlers, orelse, finalbody };
}

function blockOf(clause: RawNode): RawNode | undefined {
  return clause.children.find((child) => child.type === 'block');
}

function lowerHandler(clause: RawNode, lowering: Lowering): ExceptHandler {
  const [value] = childrenIn(clause, 'value');
  let type = value;
  let name: Name | undefined;
  if (value?.type === 'as_pattern') {
    const alias = childIn(value, 'alias');
    const target = alias === undefined ? undefined : namedChildren(alias)[0];
    type = namedChildren(value).find((child) => child.field !== 'alias');
    if (target?.type === 'identifier') name = lowerName(target, lowering);
  } else {
    const alias = childIn(clause, 'alias');
    if (alias?.type === 'identifier') name = lowerName(alias, lowering);
  }
  const body = lowerBlock(blockOf(clause), lowering, clause.end);
  return {
    span: spanToLast(clause, body),
    type: type === undefined ? undefined : lowerExpression(type, lowering),
    name,
    isGroup: clause.type === 'except_group_clause' || hasToken(clause, '*'),
    body,
  };
}
