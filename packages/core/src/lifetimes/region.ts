import type { AnyFunction, Call, Expression, Module, Statement } from '../syntax/ast';
import { childBlocks, childExpressions, statementExpressions } from '../syntax/walk';
import { conditionKey } from './condition';

/** A call with the place it stands in. */
export interface PlacedCall {
  readonly call: Call;
  readonly statement: Statement;
  /** Expressions around the call in its statement, outermost first. */
  readonly around: readonly Expression[];
  /** Inside a loop or comprehension of the region. */
  readonly inLoop: boolean;
}

/** What one pass over a region finds: its calls, and which conditions are worth remembering. */
export interface RegionFacts {
  readonly calls: readonly PlacedCall[];
  /** Keys of conditions that are tested twice, or tested and set to a constant: only these can prune a path. */
  readonly relevantConditions: ReadonlySet<string>;
  readonly hasYield: boolean;
  readonly hasInfiniteLoop: boolean;
}

/** Scans a region without the functions, lambdas and classes nested in it. */
export function scanRegion(region: AnyFunction | Module, textOf: (expression: Expression) => string): RegionFacts {
  const scan = new Scan(textOf);
  if (region.kind === 'Lambda') {
    scan.expression(region.body, { kind: 'Return', span: region.body.span, value: region.body }, [], false);
  } else for (const statement of region.body.statements) scan.statement(statement, false);
  return {
    calls: scan.calls,
    relevantConditions: new Set(
      [...scan.tested].filter(([key, count]) => count > 1 || scan.constants.has(key)).map(([key]) => key),
    ),
    hasYield: scan.hasYield,
    hasInfiniteLoop: scan.hasInfiniteLoop,
  };
}

class Scan {
  readonly calls: PlacedCall[] = [];
  readonly tested = new Map<string, number>();
  readonly constants = new Set<string>();
  hasYield = false;
  hasInfiniteLoop = false;

  constructor(private readonly textOf: (expression: Expression) => string) {}

  statement(statement: Statement, inLoop: boolean): void {
    // Header expressions of definitions run here, but their calls (decorators, defaults) own what they open.
    if (statement.kind === 'FunctionDefinition' || statement.kind === 'ClassDefinition') return;
    const repeats = inLoop || statement.kind === 'While';
    for (const part of statementExpressions(statement)) this.expression(part, statement, [], repeats);
    if (statement.kind === 'If' || statement.kind === 'While' || statement.kind === 'Assert')
      this.condition(statement.test);
    if (statement.kind === 'While' && statement.test.kind === 'Constant' && statement.test.value === 'True')
      this.hasInfiniteLoop = true;
    if (statement.kind === 'Assign' && isConstantLike(statement.value))
      for (const target of statement.targets) this.constant(target);
    if (statement.kind === 'AnnotatedAssign' && statement.value !== undefined && isConstantLike(statement.value))
      this.constant(statement.target);
    const isLoop = statement.kind === 'For' || statement.kind === 'While';
    for (const block of childBlocks(statement))
      for (const inner of block.statements) this.statement(inner, inLoop || isLoop);
  }

  expression(expression: Expression, statement: Statement, around: readonly Expression[], inLoop: boolean): void {
    if (expression.kind === 'Lambda') return;
    if (expression.kind === 'Call') this.calls.push({ call: expression, statement, around, inLoop });
    else if (expression.kind === 'Yield') this.hasYield = true;
    else if (expression.kind === 'Conditional') this.condition(expression.test);
    else if (expression.kind === 'BooleanOperation') this.condition(expression.left);
    const repeats = inLoop || expression.kind === 'Comprehension';
    const inner = [...around, expression];
    for (const child of childExpressions(expression)) this.expression(child, statement, inner, repeats);
  }

  private condition(test: Expression): void {
    if (test.kind === 'UnaryOperation' && test.operator === 'not') {
      this.condition(test.operand);
      return;
    }
    if (test.kind === 'BooleanOperation') {
      this.condition(test.left);
      this.condition(test.right);
      return;
    }
    const key = conditionKey(test, this.textOf);
    this.tested.set(key, (this.tested.get(key) ?? 0) + 1);
  }

  private constant(target: Expression): void {
    if (target.kind === 'Name' || target.kind === 'Attribute') this.constants.add(this.textOf(target));
    else if (target.kind === 'Tuple')
      target.elements.forEach((part) => {
        this.constant(part);
      });
  }
}

/** Constants, and copies of names that may be constants. */
function isConstantLike(value: Expression): boolean {
  return (
    value.kind === 'Constant' ||
    value.kind === 'Number' ||
    value.kind === 'String' ||
    value.kind === 'Name' ||
    (value.kind === 'Tuple' && value.elements.some(isConstantLike))
  );
}
