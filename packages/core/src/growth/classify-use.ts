import type { Expression, Statement } from '../syntax/ast';
import {
  DRAINING_METHODS,
  GROWING_METHODS,
  MEASURING_METHODS,
  READING_CALLS,
  READING_METHODS,
  READING_RECEIVERS,
  SHRINKING_METHODS,
  type ContainerForm,
} from '../resources/tables/containers';
import type { SemanticModel } from '../semantic/model';
import type { ContainerEffect } from './container';

/** One mention of a container: `parents` are the expressions around it, innermost first. */
export interface Mention {
  readonly mention: Expression;
  readonly parents: readonly Expression[];
  readonly statement: Statement;
  /** The statement stands where the place is made. */
  readonly isCreation: boolean;
}

const READ: ContainerEffect = { kind: 'read' };
const ESCAPES: ContainerEffect = { kind: 'escapes' };
const SHRINKS: ContainerEffect = { kind: 'shrinks' };

/** What one mention does to a container. */
export function classifyUse(
  at: Mention,
  form: ContainerForm,
  fillsOnRead: boolean,
  model: SemanticModel,
): ContainerEffect {
  const [parent, grandparent] = at.parents;
  if (parent === undefined) return inStatement(at, form);
  switch (parent.kind) {
    case 'Attribute':
      return methodUse(parent, grandparent, form, false);
    case 'Subscript':
      return parent.value === at.mention ? subscriptUse(at, parent, form, fillsOnRead) : READ;
    case 'Call':
      return argumentUse(at, parent, model);
    case 'Comparison': {
      const [left] = parent.operands;
      const isMembership = parent.operators.every((operator) => operator === 'in' || operator === 'not in');
      return isMembership && left !== undefined && left !== at.mention ? { kind: 'asked', key: left } : READ;
    }
    case 'Comprehension':
      return parent.clauses.some(({ iterable }) => iterable === at.mention) ? READ : ESCAPES;
    case 'BinaryOperation':
    case 'UnaryOperation':
    case 'String':
    case 'Starred':
    case 'Await':
      return READ;
    case 'Dict':
      return parent.entries.some(({ key, value }) => key === undefined && value === at.mention) ? READ : ESCAPES;
    case 'Yield':
      return parent.from ? READ : ESCAPES;
    case 'BooleanOperation':
    case 'Conditional':
      // `if self.items and …`: a test, unless the value is what the expression gives.
      return isTested(at) ? READ : ESCAPES;
    default:
      return ESCAPES;
  }
}

function isTested({ parents, statement }: Mention): boolean {
  const outermost = parents[parents.length - 1];
  const areConditions = parents.every(({ kind }) => kind === 'BooleanOperation' || kind === 'UnaryOperation');
  const hasTest = statement.kind === 'If' || statement.kind === 'While' || statement.kind === 'Assert';
  return areConditions && hasTest && statement.test === outermost;
}

function inStatement({ mention, statement, isCreation }: Mention, form: ContainerForm): ContainerEffect {
  switch (statement.kind) {
    case 'Assign':
    case 'AnnotatedAssign': {
      const isTarget = statement.kind === 'Assign' ? statement.targets.includes(mention) : statement.target === mention;
      return isTarget ? { kind: 'rebinds', isFirst: isCreation } : ESCAPES;
    }
    case 'AugmentedAssign': {
      if (statement.target !== mention) return READ;
      if (statement.operator.startsWith('-') || statement.operator.startsWith('&')) return SHRINKS;
      if (form === 'list' || statement.operator.startsWith('|'))
        return { kind: 'grows', method: statement.operator, added: statement.value, key: undefined, isInner: false };
      return ESCAPES;
    }
    case 'Delete':
      return { kind: 'rebinds', isFirst: false };
    case 'Return':
      return { kind: 'exposed' };
    case 'For':
    case 'If':
    case 'While':
    case 'Assert':
    case 'ExpressionStatement':
      return READ;
    default:
      return ESCAPES;
  }
}

/** `self.items.append(x)`, `self.items[k].append(x)`. */
function methodUse(
  attribute: Extract<Expression, { kind: 'Attribute' }>,
  outer: Expression | undefined,
  form: ContainerForm,
  isInner: boolean,
): ContainerEffect {
  const { attr } = attribute;
  if (outer?.kind !== 'Call' || outer.func !== attribute) return isInner ? READ : ESCAPES;
  const [first, second] = outer.args;
  if (SHRINKING_METHODS.has(attr) || (form === 'queue' && !isInner && DRAINING_METHODS.has(attr))) return SHRINKS;
  if (GROWING_METHODS.has(attr)) {
    const isKeyed = attr === 'setdefault';
    const added = isKeyed || attr === 'insert' ? second?.value : first?.value;
    return { kind: 'grows', method: attr, added, key: isKeyed ? first?.value : undefined, isInner };
  }
  if (MEASURING_METHODS.has(attr)) return { kind: 'measured' };
  if (attr === 'get' && first !== undefined) return { kind: 'looked-up', key: first.value };
  return READING_METHODS.has(attr) || isInner ? READ : ESCAPES;
}

function subscriptUse(
  at: Mention,
  subscript: Extract<Expression, { kind: 'Subscript' }>,
  form: ContainerForm,
  fillsOnRead: boolean,
): ContainerEffect {
  const { statement } = at;
  const [, outer, further] = at.parents;
  const key = subscript.index;
  const isTargetOf = (target: Expression): boolean => target === subscript;
  if (outer === undefined) {
    if (statement.kind === 'Delete') return SHRINKS;
    const isAssigned =
      (statement.kind === 'Assign' && statement.targets.some(isTargetOf)) ||
      (statement.kind === 'AnnotatedAssign' && isTargetOf(statement.target)) ||
      (statement.kind === 'AugmentedAssign' && isTargetOf(statement.target));
    if (isAssigned) {
      // `self.items[:] = …` keeps a part; `self.items[3] = x` puts one thing in the place of another.
      if (key.kind === 'Slice') return SHRINKS;
      if (form !== 'dict') return READ;
      if (statement.kind === 'AugmentedAssign' && !fillsOnRead) return READ;
      const added = statement.kind === 'AnnotatedAssign' ? statement.value : statement.value;
      return { kind: 'grows', method: '[]=', added, key, isInner: false };
    }
  }
  if (outer?.kind === 'Attribute') {
    const inner = methodUse(outer, further, form, true);
    if (inner.kind === 'grows') return { ...inner, key };
    if (inner.kind === 'shrinks') return inner;
    return { kind: 'looked-up', key };
  }
  // `len(self.groups[k]) < LIMIT`
  if (outer?.kind === 'Call' && outer.func.kind === 'Name' && outer.func.id === 'len' && isMeasure(further))
    return { kind: 'measured' };
  // `self.groups[k][name] = x`, `del self.groups[k][name]`
  if (outer?.kind === 'Subscript' && outer.value === subscript && further === undefined) {
    if (statement.kind === 'Delete') return SHRINKS;
    if (statement.kind === 'Assign' && statement.targets.includes(outer))
      return { kind: 'grows', method: '[]=', added: statement.value, key: outer.index, isInner: true };
  }
  return { kind: 'looked-up', key };
}

function argumentUse(at: Mention, call: Extract<Expression, { kind: 'Call' }>, model: SemanticModel): ContainerEffect {
  if (call.func === at.mention) return ESCAPES;
  const name = model.qualifiedName(call.func);
  if (name === 'builtins.len') {
    const [, outer] = at.parents;
    return isMeasure(outer) ? { kind: 'measured' } : READ;
  }
  if (name !== undefined && READING_CALLS.has(name)) return READ;
  return call.func.kind === 'Attribute' && READING_RECEIVERS.has(call.func.attr) ? READ : ESCAPES;
}

/** `len(x) > LIMIT`, `len(x) - LIMIT`; a comparison with zero or one asks whether there is something. */
function isMeasure(outer: Expression | undefined): boolean {
  if (outer?.kind === 'BinaryOperation') return outer.operator === '-' || outer.operator === '%';
  if (outer?.kind !== 'Comparison') return false;
  return !outer.operands.some((operand) => operand.kind === 'Number' && Number(operand.text) <= 1);
}
