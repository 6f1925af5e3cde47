import { childExpressions, walkExpression, type ast, type SemanticModel } from '@pylint-leaks/core';
import { ALIASES, CONSUMER_METHODS, CONSUMERS, CONSUMERS_UNLESS, DRAINERS, KEEPERS, LAZY } from './calls';
import { join, KINDS, type Holds } from './kinds';

/** What each name may hold, whatever the path. */
export type Environment = Map<string, Holds>;

/** What evaluating an expression may do with a resource besides giving a value. */
export interface EvaluationEvents {
  /** It ends up where it outlives the evaluation: a container, an attribute, the caller of a generator. */
  readonly escapes: (how: 'stored' | 'yielded', at: ast.Expression) => void;
  /** A call that is not known is handed something that holds it. */
  readonly unknownCall: (call: ast.Call) => void;
}

export interface EvaluationContext extends EvaluationEvents {
  readonly model: SemanticModel;
  readonly environment: Environment;
  /** Calls that acquire the resource, with what they give: for resources no name holds. */
  readonly acquisitions: ReadonlyMap<ast.Expression, Holds>;
  /** What a call of a function of this file does with arguments that hold something; undefined when that is not known. */
  readonly localCall: (call: ast.Call, holding: ReadonlyMap<ast.Argument, Holds>) => LocalCall | undefined;
}

/** A function of this file keeps something of what it is handed, or keeps nothing and gives something. */
export type LocalCall = { readonly kind: 'keeps' } | { readonly kind: 'gives'; readonly holds: Holds };

/** What iterating over a value gives. */
export function elementsOf(holds: Holds): Holds {
  return holds === 'nothing' ? 'nothing' : KINDS[holds].elements;
}

/** What the value of an expression holds. */
export function evaluate(expression: ast.Expression, context: EvaluationContext): Holds {
  const acquired = context.acquisitions.get(expression);
  if (acquired !== undefined) return acquired;
  const inner = (part: ast.Expression): Holds => evaluate(part, context);
  const any = (parts: readonly ast.Expression[]): Holds =>
    parts.map(inner).some(holdsSomething) ? 'opaque' : 'nothing';
  switch (expression.kind) {
    case 'Name':
      return context.environment.get(expression.id) ?? 'nothing';
    case 'Attribute': {
      const holds = inner(expression.value);
      return holds === 'nothing' ? holds : (KINDS[holds].attributes[expression.attr] ?? 'opaque');
    }
    case 'Call':
      return evaluateCall(expression, context);
    case 'Constant':
    case 'Number':
      return 'nothing';
    case 'String':
    case 'Comparison':
      any(childExpressions(expression));
      return 'nothing';
    case 'UnaryOperation':
      return expression.operator === 'not' ? (inner(expression.operand), 'nothing') : inner(expression.operand);
    case 'Conditional':
      inner(expression.test);
      return join(inner(expression.body), inner(expression.orelse));
    case 'BooleanOperation':
      return join(inner(expression.left), inner(expression.right));
    case 'NamedExpression': {
      const holds = inner(expression.value);
      context.environment.set(
        expression.target.id,
        join(holds, context.environment.get(expression.target.id) ?? 'nothing'),
      );
      return holds;
    }
    case 'Await':
      return expression.value.kind === 'Call' && !context.acquisitions.has(expression.value)
        ? evaluateCall(expression.value, context, true)
        : inner(expression.value);
    case 'Starred':
      return inner(expression.value);
    case 'Yield': {
      if (
        expression.value !== undefined &&
        holdsSomething(inner(expression.value)) &&
        !isYieldOfData(expression, context)
      ) {
        context.escapes('yielded', expression);
      }
      return 'nothing';
    }
    case 'Subscript':
      inner(expression.index);
      return inner(expression.value) === 'nothing' ? 'nothing' : 'opaque';
    case 'Comprehension':
      return evaluateComprehension(expression, context);
    case 'Lambda':
      return mentions(expression, context.environment) ? 'opaque' : 'nothing';
    case 'Tuple':
    case 'List':
    case 'Set':
    case 'Dict':
    case 'BinaryOperation':
    case 'Slice':
    case 'ErrorExpression':
      return any(childExpressions(expression));
  }
}

function holdsSomething(holds: Holds): boolean {
  return holds !== 'nothing';
}

/** `yield from cursor` hands out elements one at a time. */
function isYieldOfData(expression: ast.Yield, context: EvaluationContext): boolean {
  return (
    expression.from && expression.value !== undefined && elementsOf(evaluate(expression.value, context)) === 'nothing'
  );
}

function evaluateCall(call: ast.Call, context: EvaluationContext, isAwaited = false): Holds {
  const { func } = call;
  const argumentsHold = new Map(call.args.map((argument) => [argument, evaluate(argument.value, context)]));
  const holding = call.args.filter((argument) => argumentsHold.get(argument) !== 'nothing');
  const receiver = func.kind === 'Attribute' ? evaluate(func.value, context) : evaluate(func, context);
  if (receiver !== 'nothing') {
    const { methods, others, awaited } = KINDS[receiver];
    const known = func.kind === 'Attribute' ? (methods[func.attr] ?? others) : undefined;
    if (known === undefined && holding.length > 0) context.unknownCall(call);
    if (awaited === true && !isAwaited) return 'opaque';
    return known ?? 'opaque';
  }
  if (holding.length === 0) return 'nothing';
  const name = context.model.qualifiedName(func);
  const hasKeyword = (names: readonly string[]): boolean =>
    call.args.some(({ kind, name: keyword }) => kind === 'double-star' || names.includes(keyword ?? ''));
  if (name !== undefined) {
    const unless = CONSUMERS_UNLESS.get(name);
    const [first] = holding;
    if (ALIASES.has(name) && first !== undefined) return argumentsHold.get(first) ?? 'opaque';
    if (CONSUMERS.has(name) || (unless !== undefined && !hasKeyword(unless))) return 'nothing';
    const elements = holding
      .map((argument) =>
        argument.kind === 'keyword' ? 'opaque' : elementsOf(argumentsHold.get(argument) ?? 'nothing'),
      )
      .reduce<Holds>(join, 'nothing');
    if (name === 'builtins.iter' && call.args.length === 2)
      return readsOnDemand(call.args[0], context) ? 'reader' : 'opaque';
    if (DRAINERS.has(name)) return elements;
    if (LAZY.has(name)) return elements === 'nothing' ? 'reader' : 'opaque';
  }
  if (func.kind === 'Attribute' && CONSUMER_METHODS.has(func.attr)) return 'nothing';
  // `', '.join(file)` reads everything.
  if (func.kind === 'Attribute' && func.attr === 'join' && func.value.kind === 'String') return 'nothing';
  const local = context.localCall(call, new Map([...argumentsHold].filter(([, holds]) => holdsSomething(holds))));
  if (local?.kind === 'gives') return local.holds;
  if (local?.kind === 'keeps') context.escapes('stored', call);
  else if (func.kind === 'Attribute' && KEEPERS.has(func.attr)) context.escapes('stored', call);
  else context.unknownCall(call);
  return 'opaque';
}

/** The callable of `iter(file.read, '')` or `iter(lambda: file.read(10), '')`: true when each call gives plain data. */
function readsOnDemand(argument: ast.Argument | undefined, context: EvaluationContext): boolean {
  const callable = argument?.value;
  if (callable?.kind === 'Lambda') return evaluate(callable.body, context) === 'nothing';
  if (callable?.kind !== 'Attribute') return false;
  const receiver = evaluate(callable.value, context);
  return receiver !== 'nothing' && KINDS[receiver].methods[callable.attr] === 'nothing';
}

function evaluateComprehension(comprehension: ast.Comprehension, context: EvaluationContext): Holds {
  const scoped: EvaluationContext = { ...context, environment: new Map(context.environment) };
  let lazily = false;
  for (const clause of comprehension.clauses) {
    const holds = evaluate(clause.iterable, scoped);
    lazily ||= holdsSomething(holds);
    bindTarget(clause.target, elementsOf(holds), (name, held) => void scoped.environment.set(name, held));
    for (const condition of clause.conditions) evaluate(condition, scoped);
  }
  const parts = [comprehension.element, comprehension.value].filter((part) => part !== undefined);
  const result = parts.map((part) => evaluate(part, scoped)).reduce(join, 'nothing');
  rebindOutside(comprehension, scoped.environment, context.environment);
  lazily ||= mentions(comprehension, context.environment);
  if (result !== 'nothing') return 'opaque';
  return comprehension.form === 'generator' && lazily ? 'reader' : 'nothing';
}

/** A walrus in a comprehension binds in the function around it. */
function rebindOutside(comprehension: ast.Comprehension, inside: Environment, outside: Environment): void {
  const targets = new Set<string>();
  for (const { target } of comprehension.clauses) bindTarget(target, 'nothing', (name) => void targets.add(name));
  for (const [name, holds] of inside) {
    if (!targets.has(name)) outside.set(name, join(holds, outside.get(name) ?? 'nothing'));
  }
}

/** Gives every name of a target what it is bound to; `other` gets targets that are no names. */
export function bindTarget(
  target: ast.Expression,
  holds: Holds,
  bind: (name: string, holds: Holds) => void,
  other: (target: ast.Expression, holds: Holds) => void = () => undefined,
): void {
  if (target.kind === 'Name') bind(target.id, holds);
  else if (target.kind === 'Tuple' || target.kind === 'List') {
    for (const element of target.elements) bindTarget(element, elementsOf(holds), bind, other);
  } else if (target.kind === 'Starred') bindTarget(target.value, holds === 'nothing' ? holds : 'opaque', bind, other);
  else other(target, holds);
}

/** True when an expression reads a name that holds something, or acquires. */
export function mentions(expression: ast.Expression, environment: ReadonlyMap<string, Holds>): boolean {
  let found = false;
  walkExpression(expression, (part) => {
    if (part.kind === 'Name' && (environment.get(part.id) ?? 'nothing') !== 'nothing') found = true;
    return found ? false : undefined;
  });
  return found;
}
