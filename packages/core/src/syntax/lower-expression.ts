import type { Argument, Comprehension, ComprehensionClause, Expression, Name } from './ast';
import { lowerParameters } from './lower-parameters';
import { lowerBinary } from './lower-binary';
import { hoistStar } from './lower-star';
import { lowerString } from './lower-string';
import { lowerType } from './lower-type';
import {
  childIn,
  childrenIn,
  hasToken,
  identifierOf,
  namedChildren,
  spanOf,
  textOfNode,
  type Lowering,
} from './lowering';
import type { RawNode } from './raw-tree';

/** A span of nothing, for parts that the parser did not find. */
export function missingExpression(at: number): Expression {
  return { kind: 'ErrorExpression', span: { start: at, end: at }, children: [] };
}

/** Lowers a node that stands where an expression is expected; anything else becomes an `ErrorExpression`. */
export function lowerExpression(node: RawNode | undefined, lowering: Lowering, at = 0): Expression {
  return node === undefined ? missingExpression(at) : hoistStar(lowerNode(node, lowering));
}

function lowerNode(node: RawNode, lowering: Lowering): Expression {
  const span = spanOf(node);
  const lower = (child: RawNode | undefined): Expression => lowerExpression(child, lowering, node.end);
  const elements = (): Expression[] => namedChildren(node).map(lower);
  switch (node.type) {
    case 'identifier':
    case 'keyword_identifier':
      return lowerName(node, lowering);
    case 'attribute': {
      const attr = childIn(node, 'attribute');
      if (attr === undefined) return { kind: 'ErrorExpression', span, children: elements() };
      return {
        kind: 'Attribute',
        span,
        value: lower(childIn(node, 'object')),
        attr: identifierOf(attr, lowering),
        attrSpan: spanOf(attr),
      };
    }
    case 'dotted_name':
      return lowerDottedName(node, lowering);
    case 'call':
      return lowerCall(node, lowering);
    case 'subscript': {
      const index = lowerIndex(node, childrenIn(node, 'subscript'), lowering);
      return { kind: 'Subscript', span, value: lower(childIn(node, 'value')), index };
    }
    case 'slice':
      return { kind: 'Slice', span, parts: elements() };
    case 'none':
      return { kind: 'Constant', span, value: 'None' };
    case 'true':
      return { kind: 'Constant', span, value: 'True' };
    case 'false':
      return { kind: 'Constant', span, value: 'False' };
    case 'ellipsis':
      return { kind: 'Constant', span, value: 'Ellipsis' };
    case 'integer':
    case 'float':
      return { kind: 'Number', span, text: textOfNode(node, lowering) };
    case 'string':
    case 'concatenated_string':
      return lowerString(node, lowering);
    case 'tuple':
    case 'expression_list':
    case 'pattern_list':
      return { kind: 'Tuple', span, elements: elements() };
    case 'tuple_pattern': {
      // `(x): int = 1` is a name in parentheses.
      const [only, ...others] = elements();
      const isGroup = only !== undefined && others.length === 0 && !hasToken(node, ',') && only.kind !== 'Starred';
      return isGroup ? only : { kind: 'Tuple', span, elements: only === undefined ? [] : [only, ...others] };
    }
    case 'list':
    case 'list_pattern':
      return { kind: 'List', span, elements: elements() };
    case 'set':
      return { kind: 'Set', span, elements: elements() };
    case 'dictionary':
      return { kind: 'Dict', span, entries: namedChildren(node).map((entry) => lowerEntry(entry, lowering)) };
    case 'list_comprehension':
    case 'set_comprehension':
    case 'dictionary_comprehension':
    case 'generator_expression':
      return lowerComprehension(node, lowering);
    case 'lambda':
      return {
        kind: 'Lambda',
        span,
        parameters: lowerParameters(childIn(node, 'parameters'), lowering),
        body: lower(childIn(node, 'body')),
      };
    case 'conditional_expression': {
      const [body, test, orelse] = namedChildren(node);
      return { kind: 'Conditional', span, test: lower(test), body: lower(body), orelse: lower(orelse) };
    }
    case 'boolean_operator':
      return {
        kind: 'BooleanOperation',
        span,
        operator: hasToken(node, 'and') ? 'and' : 'or',
        left: lower(childIn(node, 'left')),
        right: lower(childIn(node, 'right')),
      };
    case 'not_operator':
      return { kind: 'UnaryOperation', span, operator: 'not', operand: lower(childIn(node, 'argument')) };
    case 'unary_operator': {
      const sign = childIn(node, 'operator')?.type;
      const operator = sign === '+' || sign === '~' ? sign : '-';
      return { kind: 'UnaryOperation', span, operator, operand: lower(childIn(node, 'argument')) };
    }
    case 'binary_operator':
      return lowerBinary(node, lowering);
    case 'comparison_operator':
      return {
        kind: 'Comparison',
        span,
        operands: elements(),
        operators: childrenIn(node, 'operators').map((token) => token.type),
      };
    case 'named_expression': {
      const name = childIn(node, 'name');
      if (name === undefined) return { kind: 'ErrorExpression', span, children: elements() };
      return { kind: 'NamedExpression', span, target: lowerName(name, lowering), value: lower(childIn(node, 'value')) };
    }
    case 'await':
      return { kind: 'Await', span, value: lower(namedChildren(node)[0]) };
    case 'yield': {
      const value = namedChildren(node)[0];
      return {
        kind: 'Yield',
        span,
        from: hasToken(node, 'from'),
        value: value === undefined ? undefined : lower(value),
      };
    }
    case 'list_splat':
    case 'list_splat_pattern':
    case 'dictionary_splat':
    case 'dictionary_splat_pattern':
    case 'parenthesized_list_splat':
      return { kind: 'Starred', span, value: lower(namedChildren(node)[0]) };
    case 'parenthesized_expression':
    case 'as_pattern_target':
    case 'if_clause': {
      const inner = namedChildren(node)[0];
      return inner === undefined ? { kind: 'ErrorExpression', span, children: [] } : lower(inner);
    }
    case 'type':
    case 'generic_type':
    case 'union_type':
    case 'member_type':
    case 'constrained_type':
    case 'splat_type':
      return lowerType(node, lowering);
    default:
      return { kind: 'ErrorExpression', span, children: elements() };
  }
}

export function lowerName(node: RawNode, lowering: Lowering): Name {
  return { kind: 'Name', span: spanOf(node), id: identifierOf(node, lowering) };
}

/** What stands between `[` and `]`: one expression or slice, or a tuple of them (a lone `*x` is a tuple too). */
export function lowerIndex(node: RawNode, indexes: readonly RawNode[], lowering: Lowering): Expression {
  const elements = indexes.map((index) => lowerExpression(index, lowering));
  const [first] = elements;
  if (first === undefined) return missingExpression(node.end);
  const comma = node.children.findLast((child) => child.type === ',');
  if (elements.length === 1 && comma === undefined && first.kind !== 'Starred') return first;
  const span = { start: indexes[0]?.start ?? node.start, end: Math.max(indexes.at(-1)?.end ?? 0, comma?.end ?? 0) };
  return { kind: 'Tuple', span, elements };
}

/** `a.b.c` in imports, decorators and patterns: the same shape as attribute access. */
export function lowerDottedName(node: RawNode, lowering: Lowering): Expression {
  const [first, ...rest] = namedChildren(node);
  if (first === undefined) return missingExpression(node.start);
  return rest.reduce<Expression>(
    (value, part) => ({
      kind: 'Attribute',
      span: { start: node.start, end: part.end },
      value,
      attr: identifierOf(part, lowering),
      attrSpan: spanOf(part),
    }),
    lowerName(first, lowering),
  );
}

function lowerCall(node: RawNode, lowering: Lowering): Expression {
  const list = childIn(node, 'arguments');
  const func = lowerExpression(childIn(node, 'function'), lowering, node.start);
  if (list === undefined) return { kind: 'ErrorExpression', span: spanOf(node), children: [func] };
  return { kind: 'Call', span: spanOf(node), func, args: lowerArguments(list, lowering), argsSpan: spanOf(list) };
}

/** Arguments of a call or of a class header, in source order. */
export function lowerArguments(list: RawNode, lowering: Lowering): Argument[] {
  if (list.type === 'generator_expression') {
    return [{ kind: 'positional', span: spanOf(list), value: lowerComprehension(list, lowering) }];
  }
  return namedChildren(list).map((child): Argument => {
    const span = spanOf(child);
    switch (child.type) {
      case 'keyword_argument': {
        const name = childIn(child, 'name');
        const value = lowerExpression(childIn(child, 'value'), lowering, child.end);
        if (name === undefined) return { kind: 'positional', span, value };
        return { kind: 'keyword', span, name: identifierOf(name, lowering), nameSpan: spanOf(name), value };
      }
      case 'list_splat':
      case 'parenthesized_list_splat':
        return { kind: 'star', span, value: lowerExpression(namedChildren(child)[0], lowering, child.end) };
      case 'dictionary_splat':
        return { kind: 'double-star', span, value: lowerExpression(namedChildren(child)[0], lowering, child.end) };
      default: {
        const value = lowerExpression(child, lowering, child.end);
        if (value.kind === 'Starred') return { kind: 'star', span, value: value.value };
        return { kind: 'positional', span, value };
      }
    }
  });
}

function lowerEntry(node: RawNode, lowering: Lowering): { key: Expression | undefined; value: Expression } {
  if (node.type === 'pair') {
    return {
      key: lowerExpression(childIn(node, 'key'), lowering, node.start),
      value: lowerExpression(childIn(node, 'value'), lowering, node.end),
    };
  }
  const inner = node.type === 'dictionary_splat' ? namedChildren(node)[0] : node;
  return { key: undefined, value: lowerExpression(inner, lowering, node.end) };
}

const COMPREHENSION_FORMS: Readonly<Record<string, Comprehension['form']>> = {
  list_comprehension: 'list',
  set_comprehension: 'set',
  dictionary_comprehension: 'dict',
  generator_expression: 'generator',
};

function lowerComprehension(node: RawNode, lowering: Lowering): Comprehension {
  const body = childIn(node, 'body');
  const entry = body?.type === 'pair' ? lowerEntry(body, lowering) : undefined;
  const clauses: { isAsync: boolean; target: Expression; iterable: Expression; conditions: Expression[] }[] = [];
  for (const child of namedChildren(node)) {
    if (child.type === 'for_in_clause') {
      const right = childrenIn(child, 'right').filter((part) => part.isNamed);
      clauses.push({
        isAsync: hasToken(child, 'async'),
        target: lowerExpression(childIn(child, 'left'), lowering, child.start),
        iterable: lowerExpression(right[0], lowering, child.end),
        conditions: [],
      });
    } else if (child.type === 'if_clause') {
      clauses[clauses.length - 1]?.conditions.push(lowerExpression(child, lowering));
    }
  }
  return {
    kind: 'Comprehension',
    span: spanOf(node),
    form: COMPREHENSION_FORMS[node.type] ?? 'generator',
    element: entry?.key ?? lowerExpression(body, lowering, node.start),
    value: entry?.value,
    clauses: clauses satisfies ComprehensionClause[],
  };
}
