import { RELEASE_NAMES } from '../resources/tables/decorators';
import type { AcquireRow } from '../resources/model';
import type { Call, Expression, FunctionDefinition, Statement } from '../syntax/ast';
import { childBlocks, childExpressions, statementExpressions, walkExpression } from '../syntax/walk';
import { capturedInRegion } from './capture';
import type { Project } from './context';

/** What the region does with a local list, dict or set that holds a resource. */
export type ContainerUse =
  /** Something else may see it, or its elements are released: nothing to say. */
  | { readonly kind: 'used' }
  /** It never leaves the function and nothing in it is released. `start` is the call that acquires its elements later. */
  | { readonly kind: 'abandoned'; readonly start: Call | undefined };

/** Methods that put elements in, or only count and order them. */
const KEEPING = new Set([
  'add',
  'append',
  'appendleft',
  'count',
  'extend',
  'insert',
  'reverse',
  'setdefault',
  'sort',
  'update',
]);
const BORROWERS = new Set(['builtins.bool', 'builtins.len', 'builtins.print', 'builtins.repr', 'builtins.str']);
const CONSTRUCTORS = new Set([
  'builtins.dict',
  'builtins.list',
  'builtins.set',
  'collections.deque',
  'collections.defaultdict',
]);

/**
 * Decides about a container that only a local name holds. Any use that is not understood counts as one that releases.
 *
 * @param name - the local name of the container.
 */
export function containerUse(
  region: FunctionDefinition,
  name: string,
  row: AcquireRow,
  project: Project,
): ContainerUse {
  const { model } = project;
  const scope = model.scopeOf(region);
  const bindings = scope.globals.has(name) || scope.nonlocals.has(name) ? [] : (scope.bindings.get(name) ?? []);
  const isOwn =
    bindings.length > 0 && bindings.every((binding) => binding.kind === 'assignment' && isNew(binding.value));
  if (!isOwn || capturedInRegion(region, row.release).has(name)) return { kind: 'used' };
  const scan = new ContainerScan(name, row, (call) => model.qualifiedName(call.func));
  for (const statement of region.body.statements) scan.statement(statement);
  return scan.isUsed ? { kind: 'used' } : { kind: 'abandoned', start: scan.start };

  function isNew(value: Expression | undefined): boolean {
    if (value?.kind === 'Call') return CONSTRUCTORS.has(model.qualifiedName(value.func) ?? '');
    return (
      value?.kind === 'List' ||
      value?.kind === 'Dict' ||
      value?.kind === 'Set' ||
      (value?.kind === 'Comprehension' && value.form !== 'generator')
    );
  }
}

class ContainerScan {
  isUsed = false;
  start: Call | undefined;

  constructor(
    private readonly name: string,
    private readonly row: AcquireRow,
    private readonly calleeOf: (call: Call) => string | undefined,
  ) {}

  statement(statement: Statement): void {
    if (this.isUsed || statement.kind === 'FunctionDefinition' || statement.kind === 'ClassDefinition') return;
    switch (statement.kind) {
      case 'Assign':
        this.expression(statement.value);
        for (const target of statement.targets) this.target(target);
        break;
      case 'AnnotatedAssign':
        if (statement.value !== undefined) this.expression(statement.value);
        this.target(statement.target);
        break;
      case 'For':
        if (this.isContainer(statement.iterable)) this.loop(statement.target, statement);
        else this.expression(statement.iterable);
        break;
      case 'If':
      case 'While':
        this.condition(statement.test);
        break;
      default:
        for (const part of statementExpressions(statement)) this.expression(part);
    }
    for (const block of childBlocks(statement))
      block.statements.forEach((inner) => {
        this.statement(inner);
      });
  }

  private isContainer(expression: Expression): boolean {
    return expression.kind === 'Name' && expression.id === this.name;
  }

  private target(target: Expression): void {
    if (this.isContainer(target)) return;
    if (target.kind === 'Subscript' && this.isContainer(target.value)) this.expression(target.index);
    else this.expression(target);
  }

  /** `if threads:` only asks whether there are any. */
  private condition(test: Expression): void {
    const inner = test.kind === 'UnaryOperation' ? test.operand : test;
    if (!this.isContainer(inner)) this.expression(inner);
  }

  private expression(expression: Expression): void {
    if (this.isContainer(expression)) {
      this.isUsed = true;
      return;
    }
    if (expression.kind === 'Call') {
      const { func, args } = expression;
      const keeps = func.kind === 'Attribute' && this.isContainer(func.value) && KEEPING.has(func.attr);
      const borrows = BORROWERS.has(this.calleeOf(expression) ?? '');
      if (!keeps) this.expression(func);
      for (const { value } of args) if (!borrows || !this.isContainer(value)) this.expression(value);
      return;
    }
    if (expression.kind === 'Comprehension') {
      const own = expression.clauses.find(({ iterable }) => this.isContainer(iterable));
      if (own !== undefined) {
        this.elements(own.target, [
          expression.element,
          expression.value,
          ...expression.clauses.flatMap(({ conditions }) => conditions),
        ]);
        return;
      }
    }
    for (const child of childExpressions(expression)) this.expression(child);
  }

  private loop(target: Expression, statement: Extract<Statement, { kind: 'For' }>): void {
    const parts: Expression[] = [];
    const collect = (inner: Statement): void => {
      parts.push(...statementExpressions(inner));
      for (const block of childBlocks(inner)) block.statements.forEach(collect);
    };
    statement.body.statements.forEach(collect);
    this.elements(target, parts);
  }

  /** Elements may be looked at and started; released, or passed on, they are somebody's. */
  private elements(target: Expression, parts: readonly (Expression | undefined)[]): void {
    if (target.kind !== 'Name') {
      this.isUsed = true;
      return;
    }
    const receivers = new Set<Expression>();
    for (const part of parts) {
      if (part === undefined) continue;
      walkExpression(part, (expression) => {
        if (
          expression.kind === 'Call' &&
          expression.func.kind === 'Attribute' &&
          isNamed(expression.func.value, target.id)
        ) {
          const { attr } = expression.func;
          if (attr === this.row.acquiredBy) this.start ??= expression;
          // `while any(t.is_alive() for t in threads): sleep(1)` waits as well as `join` does.
          const isPolled = attr === 'is_alive' && this.row.acquiredBy !== undefined;
          if (isPolled || this.row.release.includes(attr) || RELEASE_NAMES.test(attr)) this.isUsed = true;
        }
        if (expression.kind === 'Attribute') receivers.add(expression.value);
        if (isNamed(expression, target.id) && !receivers.has(expression)) this.isUsed = true;
        return undefined;
      });
    }
  }
}

function isNamed(expression: Expression, name: string): boolean {
  return expression.kind === 'Name' && expression.id === name;
}
