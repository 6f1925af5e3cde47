import type { Comprehension, Expression } from '../syntax/ast';
import { childExpressions } from '../syntax/walk';
import type { GraphBuilder } from './builder';

/** Adds the steps of evaluating an expression (Python reference, "Evaluation order"). */
export function buildExpression(expression: Expression, builder: GraphBuilder): void {
  switch (expression.kind) {
    case 'Name':
    case 'Constant':
    case 'Number':
      return;
    case 'Call':
      buildExpression(expression.func, builder);
      for (const argument of expression.args) buildExpression(argument.value, builder);
      if (builder.facts.neverReturns(expression)) {
        // The process ends here, and with it everything that is open.
        builder.add({ kind: 'call', call: expression });
        builder.current = undefined;
      } else if (builder.facts.loopsForever(expression)) {
        builder.addRaising({ kind: 'call', call: expression });
        builder.current = undefined;
      } else if (builder.facts.neverRaises(expression)) builder.addQuiet({ kind: 'call', call: expression });
      else builder.addRaising({ kind: 'call', call: expression });
      return;
    case 'BooleanOperation':
      buildBoolean(expression, builder);
      return;
    case 'Conditional':
      buildConditional(expression, builder);
      return;
    case 'Lambda':
      builder.add({ kind: 'define', definition: expression });
      return;
    case 'Comprehension':
      buildComprehension(expression, builder);
      return;
    case 'NamedExpression':
      buildExpression(expression.value, builder);
      builder.add({ kind: 'forward', from: expression.value, to: expression });
      builder.add({
        kind: 'assign',
        target: expression.target,
        value: expression.value,
        statement: { kind: 'ExpressionStatement', span: expression.span, value: expression },
      });
      return;
    case 'Await':
      buildExpression(expression.value, builder);
      builder.add({ kind: 'forward', from: expression.value, to: expression });
      builder.addRaising({ kind: 'may-raise', span: expression.span, what: 'await' });
      return;
    case 'Yield':
      if (expression.value !== undefined) buildExpression(expression.value, builder);
      // The consumer may throw into the generator or close it (GeneratorExit) at every yield.
      builder.addRaising({ kind: 'yield', value: expression.value, span: expression.span });
      return;
    case 'Subscript':
      buildExpression(expression.value, builder);
      buildExpression(expression.index, builder);
      builder.addRaising({ kind: 'may-raise', span: expression.span, what: 'subscript' });
      if (expression.value.kind === 'Call' && expression.index.kind === 'Number')
        builder.add({
          kind: 'forward',
          from: expression.value,
          to: expression,
          index: Number(expression.index.text),
        });
      return;
    default:
      for (const child of childExpressions(expression)) buildExpression(child, builder);
  }
}

/** `a and b`: the value is one of the operands, and `b` is evaluated on one outcome of `a` only. */
function buildBoolean(expression: Extract<Expression, { kind: 'BooleanOperation' }>, builder: GraphBuilder): void {
  const evaluatesRight = expression.operator === 'and';
  buildExpression(expression.left, builder);
  if (builder.current === undefined) return;
  const [right, short, join] = [builder.newBlock(), builder.newBlock(), builder.newBlock()];
  builder.connect(builder.current, { kind: 'branch', to: right, condition: expression.left, outcome: evaluatesRight });
  builder.connect(builder.current, { kind: 'branch', to: short, condition: expression.left, outcome: !evaluatesRight });
  builder.current = short;
  builder.add({ kind: 'forward', from: expression.left, to: expression });
  builder.flowTo(join);
  builder.current = right;
  buildExpression(expression.right, builder);
  builder.add({ kind: 'forward', from: expression.right, to: expression });
  builder.flowTo(join);
}

function buildConditional(expression: Extract<Expression, { kind: 'Conditional' }>, builder: GraphBuilder): void {
  const [body, orelse, join] = [builder.newBlock(), builder.newBlock(), builder.newBlock()];
  buildCondition(expression.test, body, orelse, builder);
  for (const [block, value] of [
    [body, expression.body],
    [orelse, expression.orelse],
  ] as const) {
    builder.current = block;
    buildExpression(value, builder);
    builder.add({ kind: 'forward', from: value, to: expression });
    builder.flowTo(join);
  }
  builder.current = join;
}

/** Branches on a condition, with `not`, `and`, `or` turned into control flow, so that each edge tests one plain fact. */
export function buildCondition(
  condition: Expression,
  whenTrue: number,
  whenFalse: number,
  builder: GraphBuilder,
): void {
  if (condition.kind === 'UnaryOperation' && condition.operator === 'not') {
    buildCondition(condition.operand, whenFalse, whenTrue, builder);
    return;
  }
  if (condition.kind === 'BooleanOperation') {
    const right = builder.newBlock();
    if (condition.operator === 'and') buildCondition(condition.left, right, whenFalse, builder);
    else buildCondition(condition.left, whenTrue, right, builder);
    builder.current = right;
    buildCondition(condition.right, whenTrue, whenFalse, builder);
    return;
  }
  buildExpression(condition, builder);
  if (builder.current === undefined) return;
  builder.connect(builder.current, { kind: 'branch', to: whenTrue, condition, outcome: true });
  builder.connect(builder.current, { kind: 'branch', to: whenFalse, condition, outcome: false });
  builder.current = undefined;
}

/**
 * A comprehension is a loop whose elements are stored. A generator expression runs later, but mostly at once by the call
 * it is an argument of, so it is built the same way; besides, it captures the names it mentions.
 */
function buildComprehension(node: Comprehension, builder: GraphBuilder): void {
  const [first, ...rest] = node.clauses;
  if (first === undefined) return;
  buildExpression(first.iterable, builder);
  const [head, after] = [builder.newBlock(), builder.newBlock()];
  builder.flowTo(head);
  builder.addRaising({ kind: 'may-raise', span: first.iterable.span, what: 'iteration' });
  if (builder.current === undefined) return;
  const body = builder.newBlock();
  builder.connect(builder.current, { kind: 'normal', to: after });
  builder.flowTo(body);
  for (const condition of first.conditions) filter(condition, head, builder);
  for (const clause of rest) {
    buildExpression(clause.iterable, builder);
    for (const condition of clause.conditions) filter(condition, head, builder);
  }
  for (const element of [node.element, node.value]) {
    if (element === undefined) continue;
    buildExpression(element, builder);
    builder.add({ kind: 'store-element', container: node, element });
  }
  builder.flowTo(head);
  builder.current = after;
  if (node.form !== 'generator') builder.add({ kind: 'exhaust', iterable: first.iterable });
  if (node.form === 'generator') builder.add({ kind: 'define', definition: node });
}

function filter(condition: Expression, head: number, builder: GraphBuilder): void {
  const kept = builder.newBlock();
  buildCondition(condition, kept, head, builder);
  builder.current = kept;
}
