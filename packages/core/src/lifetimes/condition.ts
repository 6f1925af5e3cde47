import type { Expression } from '../syntax/ast';
import { walkExpression } from '../syntax/walk';
import { learn, type State, type Truth } from './state';

/** What a path knows about a condition. */
export type Known = 'true' | 'false' | 'unknown';

/** What deciding a condition needs from its surroundings. */
export interface ConditionContext {
  /** Source text, for conditions that are only compared with themselves. */
  textOf(expression: Expression): string;
  /** Facts about these keys are worth keeping: they are tested more than once. */
  isRelevant(key: string): boolean;
  isHandle(expression: Expression, state: State): boolean;
  /** A parameter is followed: what it holds is not known for sure. */
  readonly isParameter: boolean;
  /** What is followed is an object of its own, not a number or a path. */
  readonly isObject: boolean;
  /** A name that is bound once, to an object that is true: what another acquisition gave. */
  isSurelyTrue(name: Expression): boolean;
}

/** `self.conn` as a key; undefined for anything that is not a plain dotted name. */
export function dottedPath(expression: Expression): string | undefined {
  if (expression.kind === 'Name') return expression.id;
  if (expression.kind !== 'Attribute') return undefined;
  const object = dottedPath(expression.value);
  return object === undefined ? undefined : `${object}.${expression.attr}`;
}

/** A condition reduced to what it tests: `a != b` is the opposite of `a == b`. */
interface Canonical {
  readonly key: string;
  readonly isPath: boolean;
  readonly isOpposite: boolean;
}

const OPPOSITES: Readonly<Record<string, string>> = {
  '!=': '==',
  'is not': 'is',
  'not in': 'in',
  '>=': '<',
  '>': '<=',
};

/** `flag is True`, `flag == False`: the flag itself, and whether the opposite of it is asked. */
function truthTest(condition: Expression): { subject: Expression; isOpposite: boolean } | undefined {
  if (condition.kind !== 'Comparison' || condition.operators.length !== 1) return undefined;
  const [left, right] = condition.operands;
  if (left === undefined || right?.kind !== 'Constant' || !/^(True|False)$/.test(right.value)) return undefined;
  const operator = condition.operators[0] ?? '';
  if (!/^(is|==|is not|!=)$/.test(operator)) return undefined;
  return { subject: left, isOpposite: (right.value === 'False') !== operator in OPPOSITES };
}

function canonical(condition: Expression, textOf: (expression: Expression) => string): Canonical {
  const truth = truthTest(condition);
  const flag = truth === undefined ? undefined : dottedPath(truth.subject);
  if (truth !== undefined && flag !== undefined) return { key: flag, isPath: true, isOpposite: truth.isOpposite };
  const path = dottedPath(noneTest(condition)?.subject ?? condition);
  if (path !== undefined) return { key: path, isPath: true, isOpposite: false };
  if (condition.kind === 'Comparison' && condition.operators.length === 1) {
    const operator = condition.operators[0] ?? '';
    const plain = OPPOSITES[operator];
    const [left, right] = condition.operands;
    if (left !== undefined && right !== undefined && isRepeatable(condition)) {
      return {
        key: `(${textOf(left)} ${plain ?? operator} ${textOf(right)})`,
        isPath: false,
        isOpposite: plain !== undefined,
      };
    }
  }
  const place = isRepeatable(condition) ? '' : ` at ${String(condition.span.start)}`;
  return { key: `(${textOf(condition)}${place})`, isPath: false, isOpposite: false };
}

/** Functions and methods that answer the same question the same way twice. */
const REPEATABLE =
  /^(bool|callable|endswith|get|hasattr|isalpha|isdigit|isinstance|issubclass|len|lower|startswith|strip|upper)$/;

/** Two conditions of the same text are one question only when asking changes nothing. */
function isRepeatable(condition: Expression): boolean {
  let isPure = true;
  walkExpression(condition, (part) => {
    if (part.kind === 'Await' || part.kind === 'Yield' || part.kind === 'NamedExpression') isPure = false;
    if (part.kind === 'Call') {
      const { func } = part;
      const name = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr : '';
      if (!REPEATABLE.test(name)) isPure = false;
    }
    return isPure;
  });
  return isPure;
}

/** The key under which a condition's outcome is remembered. */
export function conditionKey(condition: Expression, textOf: (expression: Expression) => string): string {
  return canonical(condition, textOf).key;
}

/** `x is None`, `x is not None`, `x == None`. */
function noneTest(condition: Expression): { subject: Expression; whenTrue: 'none' | 'not-none' } | undefined {
  if (condition.kind !== 'Comparison' || condition.operators.length !== 1) return undefined;
  const [left, right] = condition.operands;
  const operator = condition.operators[0];
  if (left === undefined || right?.kind !== 'Constant' || right.value !== 'None') return undefined;
  if (operator === 'is' || operator === '==') return { subject: left, whenTrue: 'none' };
  if (operator === 'is not' || operator === '!=') return { subject: left, whenTrue: 'not-none' };
  return undefined;
}

/** Decides a condition from constants, from the resource's own handles, and from what the path has learned. */
export function decide(condition: Expression, state: State, context: ConditionContext): Known {
  if (condition.kind === 'Constant')
    return condition.value === 'True' || condition.value === 'Ellipsis' ? 'true' : 'false';
  if (condition.kind === 'Number') return /^0*\.?0*$/.test(condition.text) ? 'false' : 'true';
  if (state.status !== 'absent') {
    const own = decideHandle(condition, state, context);
    if (own !== 'unknown') return own;
  }
  const tested = noneTest(condition);
  if (context.isSurelyTrue(tested?.subject ?? condition)) return tested?.whenTrue === 'none' ? 'false' : 'true';
  const { key, isOpposite } = canonical(condition, context.textOf);
  const truth = state.facts.get(key);
  if (truth === undefined) return 'unknown';
  if (tested === undefined) {
    // `x is not None` here and `x` there are one question to whoever writes them: empty objects are not what is meant.
    return (truth === 'true' || truth === 'not-none') !== isOpposite ? 'true' : 'false';
  }
  const isNone = truth === 'none' || truth === 'false';
  return isNone === (tested.whenTrue === 'none') ? 'true' : 'false';
}

/** A live handle is a real object: truthy, not None, not some other object, not closed. */
function decideHandle(condition: Expression, state: State, context: ConditionContext): Known {
  const isHandle = (expression: Expression | undefined): boolean =>
    expression !== undefined && context.isHandle(expression, state);
  if (isHandle(condition)) return 'true';
  switch (condition.kind) {
    case 'Comparison': {
      const [left, right] = condition.operands;
      if (condition.operators.length !== 1 || left === undefined || right === undefined) return 'unknown';
      const operator = condition.operators[0];
      if (operator === 'in' || operator === 'not in') {
        // `"conn" in locals()`; and a handle is not one of a display of other objects (`f not in (stdin, stdout)`).
        const isNamed =
          left.kind === 'String' &&
          left.value !== undefined &&
          state.holders.includes(left.value) &&
          right.kind === 'Call';
        if (isNamed) return operator === 'in' ? 'true' : 'false';
        if (isHandle(left) && (right.kind === 'Tuple' || right.kind === 'List' || right.kind === 'Set')) {
          return operator === 'in' ? 'false' : 'true';
        }
        return 'unknown';
      }
      if (isHandle(left) === isHandle(right)) return 'unknown';
      if (operator === 'is' || operator === '==') return 'false';
      // `fd > 2`, `fd >= 0`: a descriptor that was opened here is a number above those of the standard streams.
      if (isHandle(left) && isSmallNumber(right)) {
        if (operator === '>' || operator === '>=') return 'true';
        if (operator === '<' || operator === '<=') return 'false';
      }
      return operator === 'is not' || operator === '!=' ? 'true' : 'unknown';
    }
    case 'Attribute':
      return condition.attr === 'closed' && isHandle(condition.value) && state.status === 'live' ? 'false' : 'unknown';
    case 'Call': {
      const { func, args } = condition;
      if (func.kind === 'Name' && func.id === 'hasattr' && isAttributeOf(args, state)) return 'true';
      if (func.kind !== 'Name' || !isHandle(args[0]?.value)) return 'unknown';
      // A parameter may be something else altogether; what was acquired here has the type it was acquired for.
      if (func.id === 'isinstance') {
        if (context.isObject && isPlainType(args[1]?.value)) return 'false';
        return context.isParameter ? 'unknown' : 'true';
      }
      return func.id === 'hasattr' || func.id === 'bool' ? 'true' : 'unknown';
    }
    default:
      return 'unknown';
  }
}

/** `hasattr(self, "conn")` while `self.conn` holds it. */
function isAttributeOf([object, name]: readonly { readonly value: Expression }[], { holders }: State): boolean {
  const path = object === undefined ? undefined : dottedPath(object.value);
  return path !== undefined && name?.value.kind === 'String' && holders.includes(`${path}.${name.value.value ?? ''}`);
}

/** `bytes` in `isinstance(result, bytes)`: types of plain values. */
function isPlainType(type: Expression | undefined): boolean {
  if (type?.kind === 'Tuple') return type.elements.every(isPlainType);
  return type?.kind === 'Name' && /^(bool|bytearray|bytes|complex|dict|float|int|list|set|str|tuple)$/.test(type.id);
}

/** -1, 0, 1 or 2. */
function isSmallNumber(expression: Expression): boolean {
  if (expression.kind === 'UnaryOperation') return expression.operand.kind === 'Number';
  return expression.kind === 'Number' && /^[012]$/.test(expression.text);
}

/** What a path knows after a condition had this outcome. */
export function assume(condition: Expression, outcome: boolean, state: State, context: ConditionContext): State {
  const tested = noneTest(condition);
  const { key, isPath, isOpposite } = canonical(condition, context.textOf);
  if (!context.isRelevant(key)) return state;
  if (tested === undefined) {
    const holds = outcome !== isOpposite;
    return learn(state, key, holds ? 'true' : isPath ? falsy(state, key) : 'false');
  }
  const isNone = (tested.whenTrue === 'none') === outcome;
  return learn(state, key, isNone ? 'none' : state.facts.get(key) === 'true' ? 'true' : 'not-none');
}

/** A name tested by its truth is unset when it is false (`db or connect()` … `if db is None`), unless None is ruled out. */
function falsy(state: State, key: string): Truth {
  const known = state.facts.get(key);
  return known === 'not-none' || known === 'false' ? 'false' : 'none';
}

/** The truth of a constant, for flags that are set beside an acquisition. */
export function constantTruth(value: Expression | undefined): Truth | undefined {
  if (value === undefined) return undefined;
  switch (value.kind) {
    case 'Constant':
      if (value.value === 'None') return 'none';
      return value.value === 'False' ? 'false' : 'true';
    case 'Number':
      return /^0*\.?0*$/.test(value.text) ? 'false' : 'true';
    case 'String':
      return value.value === undefined ? undefined : value.value === '' ? 'false' : 'true';
    default:
      return undefined;
  }
}
