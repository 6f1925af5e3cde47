import type { Expression } from '../syntax/ast';
import { dottedPath } from './condition';
import type { State } from './state';

/** How an expression relates to the resource: it is the resource, an object that may own it, or neither. */
export type Denotation = 'handle' | 'wrapper' | 'none';

/** What the value of an expression is on this path. */
export function denote(expression: Expression, state: State): Denotation {
  if (expression.kind === 'NamedExpression') {
    const inner = denote(expression.value, state);
    if (inner !== 'none') return inner;
  }
  if (state.temporaries.includes(expression)) return 'handle';
  if (state.wrapperTemporaries.includes(expression)) return 'wrapper';
  if (expression.kind === 'Name' || expression.kind === 'Attribute') {
    const path = dottedPath(expression);
    if (path === undefined) return 'none';
    if (state.holders.includes(path)) return 'handle';
    if (state.wrappers.includes(path) || state.wrappers.includes(`${path}()`)) return 'wrapper';
  }
  return 'none';
}

/** True when a display or a starred argument carries the resource. */
export function contains(expression: Expression, state: State): boolean {
  switch (expression.kind) {
    case 'Tuple':
    case 'List':
    case 'Set':
      return expression.elements.some((element) => denote(element, state) !== 'none' || contains(element, state));
    case 'Dict':
      return expression.entries.some(({ value }) => denote(value, state) !== 'none' || contains(value, state));
    case 'Starred':
      return denote(expression.value, state) !== 'none' || contains(expression.value, state);
    default:
      return false;
  }
}

/** Attributes that are plain values: whoever gets them does not get the resource. */
const DATA_ATTRIBUTES =
  /^(name|mode|closed|encoding|errors|newlines|total_changes|in_transaction|isolation_level|ident|native_id|daemon|_\w*)$/;

/** `f.close`, `conn.execute`: a method of the resource that is not called here; gives its name. */
export function boundMethod(expression: Expression, state: State): string | undefined {
  if (expression.kind === 'Attribute' && DATA_ATTRIBUTES.test(expression.attr)) return undefined;
  return expression.kind === 'Attribute' && denote(expression.value, state) === 'handle' ? expression.attr : undefined;
}
