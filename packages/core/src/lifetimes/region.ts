import type { AnyFunction, Call, Expression, Module, Statement, With } from '../syntax/ast';
import { childBlocks, childExpressions, statementExpressions } from '../syntax/walk';
import type { Span } from '../text/span';
import { conditionKey } from './condition';

/** A call with the place it stands in. */
export interface PlacedCall {
  readonly call: Call;
  readonly statement: Statement;
  /** Expressions around the call in its statement, outermost first. */
  readonly around: readonly Expression[];
  /** Inside a loop or comprehension of the region. */
  readonly inLoop: boolean;
  /** Last statement of a block that is expected to raise (`with pytest.raises(…)`): it opens nothing. */
  readonly isExpectedToRaise: boolean;
  /** Last parts of the names that are replaced by mocks around the call. */
  readonly patched: readonly string[];
}

/** What a scan asks about the calls it meets. */
export interface RegionQuestions {
  textOf(expression: Expression): string;
  expectsRaise(call: Call): boolean;
  /** The calls in the function of the file that is called: a helper may replace names by mocks for its caller. */
  callsIn(call: Call): readonly Call[];
}

/** What one pass over a region finds: its calls, and which conditions are worth remembering. */
export interface RegionFacts {
  readonly calls: readonly PlacedCall[];
  /** Keys of conditions that are tested twice, or tested and set to a constant: only these can prune a path. */
  readonly relevantConditions: ReadonlySet<string>;
  /** Every condition with the statement or expression it decides about. */
  readonly decisions: readonly Decision[];
  readonly hasYield: boolean;
  readonly hasInfiniteLoop: boolean;
}

/** A condition's key, and the span of what depends on its outcome. */
export interface Decision {
  readonly key: string;
  readonly span: Span;
}

/** Scans a region without the functions, lambdas and classes nested in it. */
export function scanRegion(region: AnyFunction | Module, questions: RegionQuestions): RegionFacts {
  const scan = new Scan(questions);
  if (region.kind === 'Lambda') {
    const statement: Statement = { kind: 'Return', span: region.body.span, value: region.body };
    scan.expression(region.body, statement, { ...OUTSIDE });
  } else {
    const patched = region.kind === 'Module' ? [] : region.decorators.flatMap((decorator) => scan.patchedBy(decorator));
    for (const statement of region.body.statements) scan.statement(statement, { ...OUTSIDE, patched });
  }
  return {
    calls: scan.calls,
    relevantConditions: new Set(
      [...scan.tested].filter(([key, count]) => count > 1 || scan.constants.has(key)).map(([key]) => key),
    ),
    decisions: scan.decisions,
    hasYield: scan.hasYield,
    hasInfiniteLoop: scan.hasInfiniteLoop,
  };
}

/** What surrounds a statement. */
type Surroundings = Pick<PlacedCall, 'inLoop' | 'isExpectedToRaise' | 'patched'>;

const OUTSIDE: Surroundings = { inLoop: false, isExpectedToRaise: false, patched: [] };

class Scan {
  readonly calls: PlacedCall[] = [];
  readonly tested = new Map<string, number>();
  readonly constants = new Set<string>();
  readonly decisions: Decision[] = [];
  hasYield = false;
  hasInfiniteLoop = false;
  /** Expressions around the one that is looked at, outermost first. */
  private readonly around: Expression[] = [];

  constructor(private readonly questions: RegionQuestions) {}

  statement(statement: Statement, around: Surroundings): void {
    // Header expressions of definitions run here, but their calls (decorators, defaults) own what they open.
    if (statement.kind === 'FunctionDefinition' || statement.kind === 'ClassDefinition') return;
    const header: Surroundings = {
      ...around,
      inLoop: around.inLoop || statement.kind === 'While',
      // Of a `with` statement it is the body that is expected to raise, not the way into it.
      isExpectedToRaise: around.isExpectedToRaise && statement.kind !== 'With',
    };
    for (const part of statementExpressions(statement)) this.expression(part, statement, header);
    if (statement.kind === 'If' || statement.kind === 'While' || statement.kind === 'Assert')
      this.condition(statement.test, statement.span);
    if (statement.kind === 'While' && isAlwaysTrue(statement.test)) this.hasInfiniteLoop = true;
    if (statement.kind === 'Assign' && isConstantLike(statement.value))
      for (const target of statement.targets) this.constant(target);
    if (statement.kind === 'AnnotatedAssign' && statement.value !== undefined && isConstantLike(statement.value))
      this.constant(statement.target);
    if (statement.kind === 'With') this.withBlock(statement, around);
    else {
      const inLoop = around.inLoop || statement.kind === 'For' || statement.kind === 'While';
      const inner: Surroundings = { ...around, inLoop, isExpectedToRaise: false };
      for (const block of childBlocks(statement)) for (const each of block.statements) this.statement(each, inner);
    }
  }

  /** Blocks that expect an exception, and blocks in which a name is a mock. */
  private withBlock(statement: With, around: Surroundings): void {
    const expects = statement.items.some(
      ({ context }) => context.kind === 'Call' && this.questions.expectsRaise(context),
    );
    const patched = [...around.patched, ...statement.items.flatMap(({ context }) => this.patchedBy(context))];
    statement.body.statements.forEach((each, i) => {
      const isLast = i === statement.body.statements.length - 1;
      this.statement(each, { ...around, patched, isExpectedToRaise: isLast && (expects || around.isExpectedToRaise) });
    });
  }

  /** `patch("pkg.open")`, `mock.patch.object(pkg, "open")`: the last name in the string. */
  patchedBy(call: Expression): string[] {
    if (call.kind !== 'Call') return [];
    if (!this.isPatch(call)) return this.questions.callsIn(call).flatMap((inner) => this.namesPatchedBy(inner));
    return this.namesPatchedBy(call);
  }

  private isPatch(call: Call): boolean {
    return /(^|\.)patch(\.object|\.multiple)?$/.test(this.questions.textOf(call.func));
  }

  private namesPatchedBy(call: Call): string[] {
    if (!this.isPatch(call)) return [];
    return call.args.flatMap(({ value }) => {
      const name = /(\w+)["']/.exec(this.questions.textOf(value))?.[1];
      return name === undefined ? [] : [name];
    });
  }

  expression(expression: Expression, statement: Statement, surroundings: Surroundings): void {
    if (expression.kind === 'Lambda') return;
    if (expression.kind === 'Call')
      this.calls.push({ call: expression, statement, around: [...this.around], ...surroundings });
    else if (expression.kind === 'Yield') this.hasYield = true;
    else if (expression.kind === 'Conditional') this.condition(expression.test, expression.span);
    else if (expression.kind === 'BooleanOperation') this.condition(expression.left, expression.span);
    this.around.push(expression);
    // The first iterable of a comprehension is evaluated once, before it (reference, "Displays for lists, sets and dictionaries").
    const first = expression.kind === 'Comprehension' ? expression.clauses[0]?.iterable : undefined;
    for (const child of childExpressions(expression)) {
      const entersLoop = expression.kind === 'Comprehension' && child !== first && !surroundings.inLoop;
      this.expression(child, statement, entersLoop ? { ...surroundings, inLoop: true } : surroundings);
    }
    this.around.pop();
  }

  private condition(test: Expression, span: Span): void {
    if (test.kind === 'UnaryOperation' && test.operator === 'not') {
      this.condition(test.operand, span);
      return;
    }
    if (test.kind === 'BooleanOperation') {
      this.condition(test.left, span);
      this.condition(test.right, span);
      return;
    }
    const key = conditionKey(test, this.questions.textOf);
    this.tested.set(key, (this.tested.get(key) ?? 0) + 1);
    this.decisions.push({ key, span });
  }

  private constant(target: Expression): void {
    if (target.kind === 'Name' || target.kind === 'Attribute') this.constants.add(this.questions.textOf(target));
    else if (target.kind === 'Tuple')
      target.elements.forEach((part) => {
        this.constant(part);
      });
  }
}

/** `while True:`, `while 1:`. */
function isAlwaysTrue(test: Expression): boolean {
  if (test.kind === 'Number') return /[1-9]/.test(test.text);
  return test.kind === 'Constant' && test.value === 'True';
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
