import type { Expression, Statement, WithItem } from '../syntax/ast';
import type { Step } from '../cfg/graph';
import { capturedNames } from './capture';
import { constantTruth, dottedPath } from './condition';
import { observeRelease, type SiteContext } from './context';
import { boundMethod, contains, denote, type Denotation } from './denote';
import {
  forget,
  handOver,
  INITIAL,
  isPending,
  isUnreachable,
  learn,
  lose,
  release,
  store,
  withName,
  withoutName,
  type State,
} from './state';
import { applyCall, containerOwner, type Outcome } from './transfer-call';
import { exhaust } from './used-up';

/** What one step does to one state. */
export function applyStep(step: Step, state: State, context: SiteContext): Outcome {
  switch (step.kind) {
    case 'call':
      return applyCall(step.call, state, context);
    case 'forward':
      return one(step.index === undefined || step.index === context.element ? forward(step, state) : state);
    case 'exhaust':
      return one(exhaust(step.iterable, state, context));
    case 'assign':
      return one(assign(step, state, context));
    case 'unbind':
      return one(drop(step.name.id, 'never-released', step.name, forget(state, step.name.id)));
    case 'store-element':
      return one(
        isPending(state) && denote(step.element, state) === 'handle'
          ? handOver(state, 'stored-in-container', comprehensionOwner(step.container))
          : state,
      );
    case 'define':
      return one(define(step.definition, state, context));
    case 'enter':
      return enter(step.item, step.isAsync, state, context);
    case 'exit':
      return one(exit(step.item, state, context));
    case 'return':
      return one(leave(step.value, 'returned', state));
    case 'yield':
      if (context.alwaysResumes) return { normal: [state], raised: undefined };
      return one(context.yieldsToCaller ? state : leave(step.value, 'yielded', state));
    case 'may-raise':
      return {
        normal: [state],
        raised:
          isAwaitedAcquisition(step, state, context) || isElementOfSite(step, context)
            ? { ...INITIAL, facts: state.facts }
            : state,
      };
    case 'end-statement':
      return one(endStatement(state, context));
  }
}

/** `await connect(path)`, `await lock.acquire()`: the coroutine runs in the `await`; when that raises, nothing was acquired. */
function isAwaitedAcquisition(
  step: Extract<Step, { kind: 'may-raise' }>,
  state: State,
  { site, row }: SiteContext,
): boolean {
  if (step.what !== 'await' || !isPending(state)) return false;
  const call = row.of === 'receiver' ? site : state.acquiredBy;
  if (call !== undefined) return call.span.start > step.span.start && call.span.end === step.span.end;
  return (
    state.holders.length === 0 && state.temporaries.some(({ kind, span }) => kind === 'Await' && span === step.span)
  );
}

/** `accept()[0]`: the element that the row names is there. */
function isElementOfSite(
  { what, span }: Extract<Step, { kind: 'may-raise' }>,
  { site, element }: SiteContext,
): boolean {
  return what === 'subscript' && element !== undefined && site?.span.start === span.start;
}

function one(state: State): Outcome {
  return { normal: [state], raised: state };
}

function forward({ from, to }: Extract<Step, { kind: 'forward' }>, state: State): State {
  switch (denote(from, state)) {
    case 'handle':
      return { ...state, temporaries: [...state.temporaries, to] };
    case 'wrapper':
      return { ...state, wrapperTemporaries: [...state.wrapperTemporaries, to] };
    case 'none':
      return state;
  }
}

type Assignment = Extract<Step, { kind: 'assign' }>;

/** What the target gets: the value, or the element of it that is followed. */
function denotationOf({ value, unpacked }: Assignment, state: State, context: SiteContext): Denotation {
  if (!isPending(state)) return 'none';
  if (value !== undefined) return denote(value, state);
  const isElement = unpacked !== undefined && context.element !== undefined && unpacked.index === context.element;
  return isElement && denote(unpacked.from, state) === 'handle' ? 'handle' : 'none';
}

function assign(step: Assignment, before: State, context: SiteContext): State {
  const { target, value, statement } = step;
  const denotation = denotationOf(step, before, context);
  // The whole tuple under one name: its elements are out of sight.
  const isWhole = value?.kind !== 'Subscript';
  if (denotation === 'handle' && value !== undefined && isWhole && context.element !== undefined && isFresh(before)) {
    return handOver(before, 'stored-in-container');
  }
  const path = dottedPath(target);
  if (path === undefined) {
    // `pool[key] = conn`, or something stranger: kept where names do not reach.
    const isKept = denotation !== 'none' || (value !== undefined && isPending(before) && contains(value, before));
    return isKept ? handOver(before, 'stored-in-container', containerPath(target, context)) : before;
  }
  if (before.status === 'stored' && path === context.watched?.attribute) context.watched.replacedBy.add(statement);
  let state = remember(path, value, forget(before, path), context);
  if (value !== undefined && denotation === 'none' && isPending(state) && contains(value, state)) {
    return handOver(state, 'stored-in-container', containerOwner(target, context));
  }
  if (value?.kind === 'Comprehension' && state.attribute === comprehensionOwner(value)) {
    return { ...state, attribute: containerOwner(target, context) };
  }
  if (denotation === 'none') {
    state = drop(path, overwriteKind(value), statement, state);
    const method = value === undefined || !isPending(state) ? undefined : boundMethod(value, state);
    if (method === undefined || !context.row.release.includes(method)) return state;
    const known = context.conditions.isRelevant(path) ? learn(state, path, 'true') : state;
    return { ...known, wrappers: withName(known.wrappers, `${path}()`) };
  }
  if (target.kind === 'Attribute') {
    return isOwnAttribute(target, context) && !isAlsoKeptElsewhere(statement, context)
      ? store(state, path)
      : handOver(state, 'stored-in-attribute');
  }
  if (denotation === 'wrapper') return { ...state, wrappers: withName(state.wrappers, path) };
  if (context.names.globals.has(path)) return handOver(state, 'stored-in-global');
  if (context.names.nonlocals.has(path)) return handOver(state, 'captured-by-closure');
  const captured = context.names.captured.get(path);
  if (captured === true || (captured === false && context.unknownCalls === 'escape'))
    return handOver(state, 'captured-by-closure');
  if (!context.observed.holders.includes(path)) context.observed.holders.push(path);
  state = { ...state, holders: withName(state.holders, path), wrappers: withoutName(state.wrappers, path) };
  return state;
}

function isOwnAttribute(target: Expression, { self }: SiteContext): boolean {
  return self !== undefined && target.kind === 'Attribute' && target.value.kind === 'Name' && target.value.id === self;
}

/** `self.stdin = sys.stdin = open(…)`: the object is not the only one that has it. */
function isAlsoKeptElsewhere(statement: Statement, context: SiteContext): boolean {
  return (
    statement.kind === 'Assign' &&
    statement.targets.some((target) => target.kind === 'Attribute' && !isOwnAttribute(target, context))
  );
}

function containerPath(target: Expression, context: SiteContext): string | undefined {
  return target.kind === 'Subscript' ? containerOwner(target.value, context) : undefined;
}

/** Elements of a comprehension wait for the name that the whole is given. */
function comprehensionOwner(comprehension: Expression): string {
  return `comprehension@${String(comprehension.span.start)}`;
}

/** `conn = None` gives the only handle up; any other value replaces it. */
function overwriteKind(value: Expression | undefined): 'overwritten' | 'lost-on-path' {
  return value?.kind === 'Constant' && value.value === 'None' ? 'lost-on-path' : 'overwritten';
}

/** Constants and copies of flags are remembered where some condition asks for them. */
function remember(path: string, value: Expression | undefined, state: State, context: SiteContext): State {
  if (!context.conditions.isRelevant(path)) return state;
  const truth = constantTruth(value) ?? (value?.kind === 'Name' ? state.facts.get(value.id) : undefined);
  return truth === undefined ? state : learn(state, path, truth);
}

/** A name stops holding the resource; when it was the last handle of a live one, that is the loss. */
function drop(
  path: string,
  kind: 'overwritten' | 'lost-on-path' | 'never-released',
  at: { readonly span: State['temporaries'][0]['span'] },
  state: State,
): State {
  const closer = `${path}()`;
  if (![path, closer].some((name) => state.holders.includes(name) || state.wrappers.includes(name))) return state;
  const wrappers = withoutName(withoutName(state.wrappers, path), closer);
  const rest = { ...state, holders: withoutName(state.holders, path), wrappers };
  if (state.status === 'stored')
    return path === state.attribute ? handOver(state, 'stored-in-attribute', state.attribute) : rest;
  if (!isUnreachable(rest)) return rest;
  if (state.status === 'live') return lose(state, kind, at.span);
  return { ...rest, status: 'absent', attribute: undefined };
}

function define(
  definition: Extract<Step, { kind: 'define' }>['definition'],
  state: State,
  context: SiteContext,
): State {
  if (!isPending(state)) return state;
  const captured = capturedNames(definition, context.row.release);
  for (const holder of state.holders) {
    const releases = captured.get(holder);
    if (releases === undefined) continue;
    if (definition.kind === 'Comprehension')
      return { ...state, wrapperTemporaries: [...state.wrapperTemporaries, definition] };
    if (releases || context.unknownCalls === 'escape') return handOver(state, 'captured-by-closure');
    if (definition.kind === 'Lambda')
      return { ...state, wrapperTemporaries: [...state.wrapperTemporaries, definition] };
    if (definition.kind === 'FunctionDefinition')
      return { ...state, wrappers: withName(state.wrappers, definition.name.id) };
  }
  return state;
}

function enter(item: WithItem, isAsync: boolean, before: State, context: SiteContext): Outcome {
  const name = item.target?.kind === 'Name' ? item.target.id : undefined;
  const state = name === undefined ? before : forget(before, name);
  const denotation = isPending(state) || state.status === 'stored' ? denote(item.context, state) : 'none';
  const bindElse = (): State =>
    name === undefined || item.target === undefined ? state : drop(name, 'overwritten', item.target, state);
  if (denotation !== 'handle') {
    // `with lock:` and `with other:` on a name enter something that exists already: nothing to fail there.
    const isPlain = item.context.kind === 'Name' || item.context.kind === 'Attribute';
    return isPlain ? { normal: [bindElse()], raised: undefined } : one(bindElse());
  }
  const aliased = (): State =>
    name === undefined || context.names.globals.has(name)
      ? state
      : { ...state, holders: withName(state.holders, name) };
  if (name !== undefined && !context.observed.holders.includes(name)) context.observed.holders.push(name);
  switch (context.row.with) {
    case 'closes':
    case 'closes-and-more': {
      const entered = aliased();
      return { normal: [{ ...entered, managed: [...entered.managed, item] }], raised: undefined };
    }
    case 'binds-other':
      return { normal: [{ ...state, managed: [...state.managed, item] }], raised: undefined };
    case 'async':
      return {
        normal: [isAsync ? { ...aliased(), managed: [...state.managed, item] } : bindElse()],
        raised: undefined,
      };
    case 'transaction':
      context.observed.enteredWithoutRelease = true;
      return { normal: [aliased()], raised: undefined };
    case 'none':
      return one(bindElse());
  }
}

function exit(item: WithItem, state: State, context: SiteContext): State {
  if (!state.managed.includes(item)) return state;
  observeRelease(context, item.context, state);
  return release(state);
}

/** `return` and `yield` hand over the resource itself, a wrapper of it, or a display it stands in. */
function leave(value: Expression | undefined, how: 'returned' | 'yielded', state: State): State {
  if (value === undefined || !isPending(state)) return state;
  switch (denote(value, state)) {
    case 'handle':
      return handOver(state, how);
    case 'wrapper':
      return handOver(state, 'passed-to-unknown-call');
    case 'none':
      return contains(value, state) ? handOver(state, 'stored-in-container') : state;
  }
}

/** Just acquired: no name holds it yet. */
function isFresh({ holders }: State): boolean {
  return holders.length === 0;
}

function endStatement(state: State, context: SiteContext): State {
  if (state.temporaries.length === 0 && state.wrapperTemporaries.length === 0) return state;
  const rest = { ...state, temporaries: [], wrapperTemporaries: [] };
  const isOutOfSight = state.status === 'created' || context.element !== undefined;
  return isOutOfSight && isUnreachable(rest) ? { ...rest, status: 'absent' } : rest;
}
