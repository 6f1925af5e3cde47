import type { Expression, MatchCase, Name, Statement } from './ast';
import { lowerDottedName, lowerExpression, lowerName } from './lower-expression';
import { lowerBlock } from './lower-statement';
import { childIn, childrenIn, hasToken, namedChildren, spanToLast, type Lowering } from './lowering';
import type { RawNode } from './raw-tree';

/** `match`: patterns are reduced to what the analysis needs, the names they bind and the values they evaluate. */
export function lowerMatch(node: RawNode, lowering: Lowering): Statement {
  const subjects = childrenIn(node, 'subject').map((child) => lowerExpression(child, lowering));
  const [first, last] = [subjects[0], subjects.at(-1)];
  const comma = node.children.findLast((child) => child.type === ',');
  const subject: Expression =
    first !== undefined && last !== undefined && comma !== undefined
      ? {
          kind: 'Tuple',
          span: { start: first.span.start, end: Math.max(last.span.end, comma.end) },
          elements: subjects,
        }
      : (first ?? lowerExpression(undefined, lowering, node.start));
  const body = childIn(node, 'body');
  const cases = body === undefined ? [] : childrenIn(body, 'alternative').map((child) => lowerCase(child, lowering));
  return { kind: 'Match', span: spanToLast(node, cases.at(-1)?.body), subject, cases };
}

function lowerCase(clause: RawNode, lowering: Lowering): MatchCase {
  const patterns = namedChildren(clause).filter((child) => child.field === null);
  const captures: Name[] = [];
  const values: Expression[] = [];
  for (const pattern of patterns) collect(pattern, lowering, captures, values);
  const guard = childIn(clause, 'guard');
  const body = lowerBlock(childIn(clause, 'consequence'), lowering, clause.end);
  return {
    span: spanToLast(clause, body),
    captures,
    values,
    isIrrefutable: patterns.length === 1 && !hasToken(clause, ',') && patterns.every(matchesAnything),
    guard: guard === undefined ? undefined : lowerExpression(guard, lowering),
    body,
  };
}

/** `_` and a bare name, in parentheses or not, match everything (Python reference, "Irrefutable case blocks"). */
function matchesAnything(pattern: RawNode): boolean {
  const children = namedChildren(pattern);
  if (pattern.type === 'tuple_pattern') {
    return children.length === 1 && !hasToken(pattern, ',') && children.every(matchesAnything);
  }
  if (pattern.type === 'case_pattern') {
    return (
      hasToken(pattern, '_') || (children.length === 1 && children[0] !== undefined && matchesAnything(children[0]))
    );
  }
  return pattern.type === 'dotted_name' && children.length === 1;
}

/** A dotted name of one part captures; longer ones, class names and literals are compared with. */
function collect(node: RawNode, lowering: Lowering, captures: Name[], values: Expression[]): void {
  switch (node.type) {
    case 'dotted_name': {
      const [only, ...rest] = namedChildren(node);
      if (only === undefined) return;
      if (rest.length === 0) captures.push(lowerName(only, lowering));
      else values.push(lowerDottedName(node, lowering));
      return;
    }
    case 'class_pattern': {
      const [name, ...parts] = namedChildren(node);
      if (name !== undefined) values.push(lowerDottedName(name, lowering));
      for (const part of parts) collect(part, lowering, captures, values);
      return;
    }
    case 'keyword_pattern':
      for (const part of namedChildren(node).slice(1)) collect(part, lowering, captures, values);
      return;
    case 'splat_pattern':
    case 'as_pattern':
      for (const part of namedChildren(node)) {
        if (part.type === 'identifier') captures.push(lowerName(part, lowering));
        else collect(part, lowering, captures, values);
      }
      return;
    default:
      for (const part of namedChildren(node)) collect(part, lowering, captures, values);
  }
}
