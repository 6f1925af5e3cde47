import type { Block, Expression, Name, Statement } from './ast';
import { lowerArguments, lowerExpression, lowerName, missingExpression } from './lower-expression';
import { lowerImport } from './lower-import';
import { lowerMatch } from './lower-match';
import { lowerParameters } from './lower-parameters';
import { lowerPrint } from './lower-print';
import { lowerTry } from './lower-try';
import { lowerTypeAlias } from './lower-type-alias';
import { lowerWith } from './lower-with';
import { childIn, childrenIn, hasToken, namedChildren, spanOf, spanToLast, type Lowering } from './lowering';
import type { RawNode } from './raw-tree';

/** The statements among a node's children; a missing suite gives an empty block at `at`. */
export function lowerBlock(node: RawNode | undefined, lowering: Lowering, at = 0): Block {
  if (node === undefined) return { span: { start: at, end: at }, statements: [] };
  const statements: Statement[] = [];
  for (const child of node.children) {
    if (!child.isNamed || child.type === 'comment' || child.type === 'line_continuation') continue;
    statements.push(lowerGuarded(child, lowering));
  }
  const last = statements.at(-1);
  return {
    span: { start: node.start, end: last === undefined ? node.end : endWithSemicolon(last, lowering) },
    statements,
  };
}

const SEMICOLON_AFTER = /[ \t\f]*;/y;

/** A semicolon after the last statement of a block belongs to the block, as in CPython. */
function endWithSemicolon(last: Statement, { text }: Lowering): number {
  SEMICOLON_AFTER.lastIndex = last.span.end;
  return SEMICOLON_AFTER.test(text) ? SEMICOLON_AFTER.lastIndex : last.span.end;
}

/** An expression nested deeper than the JavaScript stack is kept as an opaque statement instead of ending the run. */
function lowerGuarded(node: RawNode, lowering: Lowering): Statement {
  try {
    return lowerStatement(node, lowering, []);
  } catch (error) {
    if (error instanceof RangeError) return { kind: 'ErrorStatement', span: spanOf(node), statements: [] };
    throw error;
  }
}

function lowerStatement(node: RawNode, lowering: Lowering, decorators: readonly Expression[]): Statement {
  const span = spanOf(node);
  const expression = (child: RawNode | undefined): Expression => lowerExpression(child, lowering, node.end);
  const optional = (child: RawNode | undefined): Expression | undefined =>
    child === undefined ? undefined : expression(child);
  const block = (field: string): Block => lowerBlock(childIn(node, field), lowering, node.end);
  const names = (): Name[] =>
    namedChildren(node)
      .filter((child) => child.type === 'identifier')
      .map((child) => lowerName(child, lowering));
  const first = (): RawNode | undefined => namedChildren(node)[0];
  switch (node.type) {
    case 'expression_statement':
      return lowerExpressionStatement(node, lowering);
    case 'return_statement':
      return { kind: 'Return', span, value: optional(first()) };
    case 'raise_statement':
      return {
        kind: 'Raise',
        span,
        exception: optional(namedChildren(node).find((child) => child.field !== 'cause')),
        cause: optional(childIn(node, 'cause')),
      };
    case 'delete_statement': {
      const target = expression(first());
      // `del (a, b)` deletes one tuple of targets, `del a, b` deletes two targets.
      const isList = first()?.type === 'expression_list' && target.kind === 'Tuple';
      return { kind: 'Delete', span, targets: isList ? target.elements : [target] };
    }
    case 'pass_statement':
      return { kind: 'Pass', span };
    case 'break_statement':
      return { kind: 'Break', span };
    case 'continue_statement':
      return { kind: 'Continue', span };
    case 'global_statement':
      return { kind: 'Global', span, names: names() };
    case 'nonlocal_statement':
      return { kind: 'Nonlocal', span, names: names() };
    case 'import_statement':
    case 'import_from_statement':
    case 'future_import_statement':
      return lowerImport(node, lowering);
    case 'assert_statement': {
      const [test, message] = namedChildren(node);
      return { kind: 'Assert', span, test: expression(test), message: optional(message) };
    }
    case 'if_statement': {
      const body = block('consequence');
      const orelse = lowerAlternatives(childrenIn(node, 'alternative'), lowering);
      const test = expression(childIn(node, 'condition'));
      return { kind: 'If', span: spanToLast(node, body, orelse), isElif: false, test, body, orelse };
    }
    case 'while_statement': {
      const body = block('body');
      const orelse = lowerElse(childIn(node, 'alternative'), lowering);
      const test = expression(childIn(node, 'condition'));
      return { kind: 'While', span: spanToLast(node, body, orelse), test, body, orelse };
    }
    case 'for_statement': {
      const body = block('body');
      const orelse = lowerElse(childIn(node, 'alternative'), lowering);
      return {
        kind: 'For',
        span: spanToLast(node, body, orelse),
        isAsync: hasToken(node, 'async'),
        target: expression(childIn(node, 'left')),
        iterable: expression(childIn(node, 'right')),
        body,
        orelse,
      };
    }
    case 'try_statement':
      return lowerTry(node, lowering);
    case 'with_statement':
      return lowerWith(node, lowering);
    case 'match_statement':
      return lowerMatch(node, lowering);
    case 'decorated_definition': {
      const inner = childIn(node, 'definition');
      const list = node.children
        .filter((child) => child.type === 'decorator')
        .map((child) => expression(namedChildren(child)[0]));
      return inner === undefined
        ? { kind: 'ErrorStatement', span, statements: [] }
        : lowerStatement(inner, lowering, list);
    }
    case 'function_definition': {
      const body = block('body');
      return {
        kind: 'FunctionDefinition',
        span: spanToLast(node, body),
        name: nameOf(node, lowering),
        isAsync: hasToken(node, 'async'),
        decorators,
        parameters: lowerParameters(childIn(node, 'parameters'), lowering),
        returns: optional(childIn(node, 'return_type')),
        body,
        hasError: node.hasError,
      };
    }
    case 'class_definition': {
      const bases = childIn(node, 'superclasses');
      const body = block('body');
      return {
        kind: 'ClassDefinition',
        span: spanToLast(node, body),
        name: nameOf(node, lowering),
        decorators,
        bases: bases === undefined ? [] : lowerArguments(bases, lowering),
        body,
      };
    }
    case 'type_alias_statement':
      return lowerTypeAlias(node, lowering);
    case 'print_statement':
      return lowerPrint(node, lowering);
    case 'exec_statement':
      return { kind: 'Exec', span, values: namedChildren(node).map(expression) };
    default:
      return { kind: 'ErrorStatement', span, statements: recovered(node, lowering) };
  }
}

function nameOf(node: RawNode, lowering: Lowering): Name {
  const name = childIn(node, 'name');
  return name === undefined
    ? { kind: 'Name', span: { start: node.start, end: node.start }, id: '' }
    : lowerName(name, lowering);
}

/** Whole statements that the parser recovered inside an error are still worth analysing. */
function recovered(node: RawNode, lowering: Lowering): Statement[] {
  return node.children
    .filter(
      (child) =>
        child.isNamed &&
        (child.type.endsWith('_statement') || child.type.endsWith('_definition') || child.type === 'block'),
    )
    .flatMap((child) =>
      child.type === 'block' ? lowerBlock(child, lowering).statements : [lowerGuarded(child, lowering)],
    );
}

function lowerElse(clause: RawNode | undefined, lowering: Lowering): Block | undefined {
  return clause === undefined ? undefined : lowerBlock(childIn(clause, 'body'), lowering, clause.end);
}

/** Chains of `elif` nest one deeper with each clause; a longer one would exhaust the stack of whatever walks the tree. */
const MAX_ELIFS = 500;

/** `elif` and `else` clauses, from the inside out. */
function lowerAlternatives(clauses: readonly RawNode[], lowering: Lowering): Block | undefined {
  const surplus = clauses.slice(MAX_ELIFS);
  let orelse = surplus.length === 0 ? undefined : lowerSurplus(surplus, lowering);
  for (const clause of clauses.slice(0, MAX_ELIFS).reverse()) {
    if (clause.type !== 'elif_clause') {
      orelse = lowerElse(clause, lowering);
      continue;
    }
    const body = lowerBlock(childIn(clause, 'consequence'), lowering, clause.end);
    const span = spanToLast(clause, body, orelse);
    const test = lowerExpression(childIn(clause, 'condition'), lowering, clause.end);
    orelse = { span, statements: [{ kind: 'If', span, isElif: true, test, body, orelse }] };
  }
  return orelse;
}

/** Clauses past the limit, as one opaque statement: what they contain is still found. */
function lowerSurplus(clauses: readonly RawNode[], lowering: Lowering): Block {
  const bodies = clauses.map((clause) =>
    lowerBlock(childIn(clause, 'consequence') ?? childIn(clause, 'body'), lowering, clause.end),
  );
  const span = { start: clauses[0]?.start ?? 0, end: bodies.at(-1)?.span.end ?? 0 };
  return {
    span,
    statements: [{ kind: 'ErrorStatement', span, statements: bodies.flatMap((body) => body.statements) }],
  };
}

function lowerExpressionStatement(node: RawNode, lowering: Lowering): Statement {
  const span = spanOf(node);
  const parts = namedChildren(node);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    if (only.type === 'assignment') return lowerAssignment(only, lowering);
    if (only.type === 'augmented_assignment') {
      return {
        kind: 'AugmentedAssign',
        span: spanOf(only),
        target: lowerExpression(childIn(only, 'left'), lowering, only.start),
        operator: childIn(only, 'operator')?.type ?? '?=',
        value: lowerExpression(childIn(only, 'right'), lowering, only.end),
      };
    }
    const value = lowerExpression(only, lowering);
    return {
      kind: 'ExpressionStatement',
      span,
      value: hasToken(node, ',') ? { kind: 'Tuple', span, elements: [value] } : value,
    };
  }
  if (only === undefined) return { kind: 'ExpressionStatement', span, value: missingExpression(node.start) };
  return {
    kind: 'ExpressionStatement',
    span,
    value: { kind: 'Tuple', span, elements: parts.map((part) => lowerExpression(part, lowering)) },
  };
}

/** `a = b = value` nests to the right in the concrete tree. */
function lowerAssignment(node: RawNode, lowering: Lowering): Statement {
  const span = spanOf(node);
  const target = lowerExpression(childIn(node, 'left'), lowering, node.start);
  const type = childIn(node, 'type');
  const right = childIn(node, 'right');
  if (type !== undefined) {
    const value = right === undefined ? undefined : lowerExpression(right, lowering, node.end);
    return { kind: 'AnnotatedAssign', span, target, annotation: lowerExpression(type, lowering), value };
  }
  const targets = [target];
  let value = right;
  while (value?.type === 'assignment') {
    targets.push(lowerExpression(childIn(value, 'left'), lowering, value.start));
    value = childIn(value, 'right');
  }
  return { kind: 'Assign', span, targets, value: lowerExpression(value, lowering, node.end) };
}
