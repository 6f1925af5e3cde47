import type { Block, Expression, Module, AnyFunction, Statement } from '../syntax/ast';
import { statementExpressions } from '../syntax/walk';
import { buildCondition, buildExpression } from './build-expression';
import { buildFor, buildMatch, buildWhile } from './build-loop';
import { buildTry } from './build-try';
import { buildWith } from './build-with';
import { GraphBuilder, TooLarge } from './builder';
import type { CallFacts, Cfg, Step, Unpacked } from './graph';

/**
 * Builds the control-flow graph of a function, lambda or module body.
 *
 * @returns the graph, or undefined when the region is too large (see `MAX_BLOCKS`).
 */
export function buildCfg(region: AnyFunction | Module, facts: CallFacts): Cfg | undefined {
  const builder = new GraphBuilder(facts, buildSuite);
  try {
    if (region.kind === 'Lambda') {
      buildExpression(region.body, builder);
      const statement: Statement = { kind: 'Return', span: region.body.span, value: region.body };
      builder.add({ kind: 'return', value: region.body, statement });
      builder.add({ kind: 'end-statement', statement });
    } else buildSuite(region.body, builder);
    return builder.finish();
  } catch (error) {
    // Deep nesting can also exhaust the JavaScript stack.
    if (error instanceof TooLarge || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Adds all statements of a suite. */
export function buildSuite(suite: Block, builder: GraphBuilder): void {
  for (const statement of suite.statements) buildStatement(statement, builder);
}

function buildStatement(statement: Statement, builder: GraphBuilder): void {
  if (builder.current === undefined) return;
  const evaluate = (expression: Expression | undefined): void => {
    if (expression !== undefined) buildExpression(expression, builder);
  };
  const end = (): void => {
    builder.add({ kind: 'end-statement', statement });
  };
  switch (statement.kind) {
    case 'ExpressionStatement':
      evaluate(statement.value);
      end();
      return;
    case 'Assign':
      evaluate(statement.value);
      for (const target of statement.targets) buildAssignment(target, statement.value, statement, builder);
      end();
      return;
    case 'AnnotatedAssign':
      evaluate(statement.value);
      if (statement.value !== undefined) buildAssignment(statement.target, statement.value, statement, builder);
      end();
      return;
    case 'AugmentedAssign':
      evaluate(statement.target.kind === 'Name' ? undefined : statement.target);
      evaluate(statement.value);
      builder.add({ kind: 'assign', target: statement.target, value: undefined, statement });
      end();
      return;
    case 'Return':
      evaluate(statement.value);
      builder.add({ kind: 'return', value: statement.value, statement });
      end();
      builder.jump('return');
      return;
    case 'Raise':
      evaluate(statement.exception);
      evaluate(statement.cause);
      builder.add({ kind: 'may-raise', span: statement.span, what: 'raise' });
      end();
      builder.jump('exception');
      return;
    case 'Delete':
      for (const target of statement.targets) {
        if (target.kind === 'Name') builder.add({ kind: 'unbind', name: target });
        else evaluate(target);
      }
      return;
    case 'Assert': {
      const [passed, failed] = [builder.newBlock(), builder.newBlock()];
      buildCondition(statement.test, passed, failed, builder);
      builder.current = failed;
      evaluate(statement.message);
      builder.add({ kind: 'may-raise', span: statement.span, what: 'assert' });
      builder.jump('exception');
      builder.current = passed;
      return;
    }
    case 'Break':
      builder.jump('break');
      return;
    case 'Continue':
      builder.jump('continue');
      return;
    case 'Import':
    case 'ImportFrom':
      builder.addRaising({ kind: 'may-raise', span: statement.span, what: 'import' });
      return;
    case 'If':
      buildIf(statement, builder);
      return;
    case 'While':
      buildWhile(statement, builder, buildSuite);
      return;
    case 'For':
      buildFor(statement, builder, buildSuite);
      return;
    case 'Match':
      buildMatch(statement, builder, buildSuite);
      return;
    case 'Try':
      buildTry(statement, builder, buildSuite);
      return;
    case 'With':
      buildWith(statement, builder, buildSuite);
      return;
    case 'FunctionDefinition':
      for (const decorator of statement.decorators) evaluate(decorator);
      builder.add({ kind: 'define', definition: statement });
      end();
      return;
    case 'ClassDefinition':
      builder.add({ kind: 'define', definition: statement });
      return;
    case 'Print':
    case 'Exec':
      for (const value of statementExpressions(statement)) evaluate(value);
      end();
      return;
    case 'ErrorStatement':
      // What could not be parsed may do anything; the code around it is still judged.
      for (const inner of statement.statements) buildStatement(inner, builder);
      return;
    case 'Pass':
    case 'Global':
    case 'Nonlocal':
    case 'TypeAlias':
      return;
  }
}

/** Tuple targets take the elements of a tuple display one by one; anything else is unpacked blindly. */
function buildAssignment(
  target: Expression,
  value: Expression | undefined,
  statement: Statement,
  builder: GraphBuilder,
  unpacked?: Unpacked,
): void {
  if (target.kind !== 'Tuple' && target.kind !== 'List') {
    if (target.kind === 'Subscript') {
      buildExpression(target.value, builder);
      buildExpression(target.index, builder);
    } else if (target.kind === 'Attribute') buildExpression(target.value, builder);
    const bound = target.kind === 'Starred' ? target.value : target;
    const step: Step = { kind: 'assign', target: bound, value, statement };
    builder.add(unpacked === undefined ? step : { ...step, unpacked });
    return;
  }
  const parts = value !== undefined && (value.kind === 'Tuple' || value.kind === 'List') ? value.elements : undefined;
  const isPairwise =
    parts?.length === target.elements.length && !target.elements.some((part) => part.kind === 'Starred');
  const values = isPairwise ? heldParts(parts, target.elements, builder) : [];
  target.elements.forEach((part, i) => {
    if (isPairwise) buildAssignment(part, values[i], statement, builder);
    else
      buildAssignment(part, undefined, statement, builder, value === undefined ? undefined : { from: value, index: i });
  });
}

/** `a, b = b, a`: all values are taken before the first name is bound. */
function heldParts(
  parts: readonly Expression[],
  targets: readonly Expression[],
  builder: GraphBuilder,
): readonly Expression[] {
  const bound = new Set(targets.map((target) => (target.kind === 'Name' ? target.id : undefined)));
  if (!parts.some((part) => part.kind === 'Name' && bound.has(part.id))) return parts;
  return parts.map((part) => {
    const held: Expression = { kind: 'ErrorExpression', span: part.span, children: [part] };
    builder.add({ kind: 'forward', from: part, to: held });
    return held;
  });
}

function buildIf(statement: Extract<Statement, { kind: 'If' }>, builder: GraphBuilder): void {
  const [body, orelse, after] = [builder.newBlock(), builder.newBlock(), builder.newBlock()];
  buildCondition(statement.test, body, orelse, builder);
  builder.current = body;
  buildSuite(statement.body, builder);
  builder.flowTo(after);
  builder.current = orelse;
  if (statement.orelse !== undefined) buildSuite(statement.orelse, builder);
  builder.flowTo(after);
}
