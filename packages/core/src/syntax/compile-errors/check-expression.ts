import type { Argument, Comprehension, Expression, Parameter } from '../ast';
import { repeatedKeywords } from './repeated-keywords';
import { SymbolScope, type SymbolTable } from './symbols';

/** Walks expressions in the order CPython's symbol table does, and reports what they may not do where they stand. */
export class ExpressionChecker {
  constructor(
    readonly table: SymbolTable,
    private readonly text: string,
  ) {}

  optional(expression: Expression | undefined): void {
    if (expression !== undefined) this.load(expression);
  }

  /** An expression whose value is used. */
  load(expression: Expression): void {
    switch (expression.kind) {
      case 'Name':
        return this.table.use(expression.id, expression.span);
      case 'Attribute':
        return this.load(expression.value);
      case 'Call':
        this.load(expression.func);
        return this.arguments(expression.args);
      case 'Subscript':
        this.load(expression.value);
        return this.load(expression.index);
      case 'Constant':
      case 'Number':
        return;
      case 'String':
        for (const part of expression.interpolations) this.load(part);
        return;
      case 'Tuple':
      case 'List':
      case 'Set':
        for (const element of expression.elements) this.loadElement(element);
        return;
      case 'Dict':
        for (const { key, value } of expression.entries) {
          this.optional(key);
          this.load(value);
        }
        return;
      case 'Comprehension':
        return this.comprehension(expression);
      case 'Lambda':
        return this.lambda(expression);
      case 'Conditional':
        this.load(expression.test);
        this.load(expression.body);
        return this.load(expression.orelse);
      case 'BooleanOperation':
      case 'BinaryOperation':
        this.load(expression.left);
        return this.load(expression.right);
      case 'UnaryOperation':
        return this.load(expression.operand);
      case 'Comparison':
        for (const operand of expression.operands) this.load(operand);
        return;
      case 'NamedExpression':
        this.table.assignNamed(expression.target.id, expression.target.span);
        return this.load(expression.value);
      case 'Await':
        this.await(expression);
        return this.load(expression.value);
      case 'Yield':
        this.yield(expression);
        return this.optional(expression.value);
      case 'Starred':
        return this.load(expression.value);
      case 'Slice':
        for (const part of expression.parts) this.load(part);
        return;
      case 'ErrorExpression':
        for (const child of expression.children) this.loadElement(child);
    }
  }

  /** An element of a display, or an argument, which may have a star. */
  loadElement(expression: Expression): void {
    this.load(expression.kind === 'Starred' ? expression.value : expression);
  }

  arguments(args: readonly Argument[]): void {
    for (const argument of args) {
      this.load(argument.value);
      if (argument.name === '__debug__') {
        this.table.report('invalid-target', 'cannot assign to __debug__', argument.span);
      }
    }
    const repeated = repeatedKeywords(args, this.text);
    if (repeated.length > 0) this.table.problems.push(...repeated);
  }

  /** A target of an assignment, a `for`, a `with` or a `del`. */
  store(target: Expression, bind: 'assign' | 'iterate' = 'assign'): void {
    switch (target.kind) {
      case 'Name':
        return this.table[bind](target.id, target.span);
      case 'Attribute':
        if (target.attr === '__debug__') {
          this.table.report('invalid-target', 'cannot assign to __debug__', target.span);
        }
        return this.load(target.value);
      case 'Subscript':
        this.load(target.value);
        return this.load(target.index);
      case 'Starred':
        return this.store(target.value, bind);
      case 'Tuple':
      case 'List': {
        const starred = target.elements.filter((element) => element.kind === 'Starred');
        if (starred[1] !== undefined) {
          const detail = 'multiple starred expressions in assignment';
          this.table.report('invalid-target', detail, starred[1].span, starred[0]?.span);
        }
        for (const element of target.elements) this.store(element, bind);
        return;
      }
      default:
        return this.load(target);
    }
  }

  /** Defaults and annotations, which belong to the scope around the function. */
  outerParts(parameters: readonly Parameter[]): void {
    for (const parameter of parameters) this.optional(parameter.default);
    for (const { annotation } of parameters) if (annotation !== undefined) this.loadElement(annotation);
  }

  parameters(parameters: readonly Parameter[]): void {
    for (const parameter of parameters)
      if (parameter.name !== '') this.table.parameter(parameter.name, parameter.nameSpan);
  }

  private lambda(expression: Extract<Expression, { kind: 'Lambda' }>): void {
    this.outerParts(expression.parameters);
    this.table.inside(new SymbolScope('lambda', this.table.scope), () => {
      this.parameters(expression.parameters);
      this.load(expression.body);
    });
  }

  private comprehension(expression: Comprehension): void {
    const outer = this.table.scope;
    const label = expression.form === 'generator' ? 'generator expression' : `${expression.form} comprehension`;
    const scope = new SymbolScope('comprehension', outer, label);
    const [first, ...rest] = expression.clauses;
    if (first !== undefined) this.iterable(outer, first.iterable);
    // The first iterable belongs to the scope around, and with it the depth that scope had before.
    scope.iterableDepth = outer.iterableDepth;
    this.table.inside(scope, () => {
      if (expression.clauses.some((clause) => clause.isAsync)) scope.isAsync = true;
      if (first !== undefined) {
        this.store(first.target, 'iterate');
        for (const condition of first.conditions) this.load(condition);
      }
      for (const clause of rest) {
        this.store(clause.target, 'iterate');
        this.iterable(scope, clause.iterable);
        for (const condition of clause.conditions) this.load(condition);
      }
      if (expression.value !== undefined) this.loadElement(expression.value);
      this.loadElement(expression.element);
    });
    if (scope.isAsync && expression.form !== 'generator') this.asyncComprehension(outer, expression);
  }

  private iterable(scope: SymbolScope, iterable: Expression): void {
    scope.iterableDepth++;
    this.load(iterable);
    scope.iterableDepth--;
  }

  /** An asynchronous comprehension makes the comprehension around it asynchronous, up to an `async def`. */
  private asyncComprehension(outer: SymbolScope, expression: Comprehension): void {
    if (outer.kind === 'comprehension') outer.isAsync = true;
    else if ((outer.kind !== 'function' && outer.kind !== 'module') || !outer.isAsync) {
      const detail = 'asynchronous comprehension outside of an asynchronous function';
      this.table.report('misplaced', detail, expression.span);
    }
  }

  private await(expression: Expression): void {
    const { scope } = this.table;
    if (scope.kind === 'comprehension') scope.isAsync = true;
    else if (scope.kind === 'type-alias') return;
    else if (scope.kind === 'module' && scope.isAsync) return;
    else if (!scope.isFunction) this.table.report('misplaced', "'await' outside function", expression.span);
    else if (!scope.isAsync) this.table.report('misplaced', "'await' outside async function", expression.span);
  }

  private yield(expression: Extract<Expression, { kind: 'Yield' }>): void {
    const { scope } = this.table;
    scope.hasYield = true;
    if (scope.kind === 'comprehension') {
      this.table.report('misplaced', `'yield' inside ${scope.label}`, expression.span);
    } else if (scope.kind === 'type-alias') {
      // The grammar check says so already.
    } else if (!scope.isFunction) {
      this.table.report('misplaced', "'yield' outside function", expression.span);
    } else if (expression.from && scope.isAsync) {
      this.table.report('misplaced', "'yield from' inside async function", expression.span);
    }
  }
}
