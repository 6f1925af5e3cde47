import type { AnyFunction, Argument, Call, Expression } from '../syntax/ast';
import type { AcquireRow, EffectRow } from '../resources/model';
import { RELEASE_NAMES } from '../resources/tables/decorators';
import { LOCAL } from '../semantic/model';
import { dottedPath } from './condition';
import { observeRelease, type ParameterEffect, type SiteContext } from './context';
import { boundMethod, contains, denote } from './denote';
import { outsideEffect } from './outside-effect';
import { acquire, INITIAL, handOver, isPending, isUnreachable, learn, lose, release, type State } from './state';
import { isConsumed } from './used-up';

/** States after a step that completed, and the state when it raised (undefined: it cannot). */
export interface Outcome {
  readonly normal: readonly State[];
  readonly raised: State | undefined;
}

/** What a call does to the resource: acquire, release, hand over, or just use it. */
export function applyCall(call: Call, before: State, context: SiteContext): Outcome {
  if (call === context.site) return applyAcquire(call, before, context);
  if (callsReleaseMethod(call, before)) {
    observeRelease(context, call, before);
    return { normal: [release(before)], raised: release(before) };
  }
  if (before.status === 'stored') {
    const after = applyToStored(call, before, context);
    // A release that raises has still happened.
    return { normal: [after], raised: after.status === 'released' ? after : before };
  }
  if (!isPending(before)) return { normal: [before], raised: before };

  let state = before;
  const { func } = call;
  if (func.kind === 'Attribute') {
    const receiver = denote(func.value, before);
    if (receiver !== 'none') state = applyToReceiver(call, func.attr, receiver, before, context);
    else if (before.status === 'live' && endsTheThread(call, context)) {
      observeRelease(context, call, before);
      state = release(before);
    }
  }
  // What running a coroutine raises comes out of the coroutine, which has given nothing then.
  const isRun = before.holders.length === 0 && runsCoroutine(call, context);
  // A `start()` that raises has started nothing.
  if (before.status === 'created' && state !== before) return { normal: [state], raised: before };
  for (const argument of call.args) {
    if (!isPending(state)) break;
    state = applyToArgument(call, argument, state, context);
  }
  if (isRun) return { normal: [state], raised: { ...INITIAL, facts: before.facts } };
  // A release or hand-over that raises has still happened as far as the caller can do anything about it.
  return { normal: [state], raised: state.status === before.status ? before : state };
}

/** `asyncio.run(…)`, `loop.run_until_complete(…)` */
function runsCoroutine({ func }: Call, { project }: SiteContext): boolean {
  if (func.kind !== 'Attribute') return false;
  return func.attr === 'run_until_complete' || project.model.qualifiedName(func) === 'asyncio.run';
}

/** `lock.acquire()`: the receiver is held from here on; taking it again while it is held is another matter. */
function acquireReceiver({ func }: Call, before: State): Outcome {
  const path = func.kind === 'Attribute' ? dottedPath(func.value) : undefined;
  if (path === undefined || before.status === 'live') return { normal: [before], raised: before };
  return { normal: [{ ...INITIAL, facts: before.facts, status: 'live', holders: [path] }], raised: before };
}

/** `close()` after `close = stream.close`. */
function callsReleaseMethod({ func }: Call, state: State): boolean {
  const path = state.wrappers.length === 0 ? undefined : dottedPath(func);
  return (
    path !== undefined && state.wrappers.includes(`${path}()`) && (state.status === 'live' || state.status === 'stored')
  );
}

function applyAcquire(call: Call, before: State, context: SiteContext): Outcome {
  if (context.row.of === 'receiver') return acquireReceiver(call, before);
  const status = context.row.acquiredBy === undefined ? 'live' : 'created';
  const acquired = acquire(withTruthyName(call, before, context), status, call);
  if (before.status === 'live' && isUnreachable(before))
    return { normal: [acquired, lose(before, 'discarded', call.span)], raised: before };
  if (before.status === 'live' || before.status === 'stored') {
    // Coming round again with the earlier resource still in hand: the assignment that follows overwrites it.
    const lost = { ...lose(before, 'overwritten', call.span), attribute: before.attribute };
    return { normal: [acquired, lost], raised: before };
  }
  return { normal: [acquired], raised: before };
}

/** Nothing can be opened by the name `''` or `None`: what was opened had a name. */
function withTruthyName({ args: [first] }: Call, state: State, { row, conditions }: SiteContext): State {
  const path = row.family === 'file' && first?.kind === 'positional' ? dottedPath(first.value) : undefined;
  return path !== undefined && conditions.isRelevant(path) ? learn(state, path, 'true') : state;
}

/** `server` in `Thread(target=server.serve_forever)`, or in a call of a function that makes such a thread. */
export function threadOwner({ args }: Call, { endedThrough }: AcquireRow): Expression | undefined {
  if (endedThrough !== undefined) {
    const { keyword, position } = endedThrough;
    const given = args.find(({ name }) => name === keyword) ?? args[position ?? args.length];
    return given?.value;
  }
  const target = args.find((argument) => argument.name === 'target')?.value;
  return target?.kind === 'Attribute' ? target.value : undefined;
}

/** `server.shutdown()` ends a thread whose target is `server.serve_forever`. */
function endsTheThread({ func }: Call, { row, site }: SiteContext): boolean {
  if (row.family !== 'thread' || func.kind !== 'Attribute' || !RELEASE_NAMES.test(func.attr)) return false;
  const server = site === undefined ? undefined : threadOwner(site, row);
  const object = server === undefined ? undefined : dottedPath(server);
  return object !== undefined && object === dottedPath(func.value);
}

function applyToReceiver(
  call: Call,
  method: string,
  receiver: 'handle' | 'wrapper',
  state: State,
  context: SiteContext,
): State {
  const { row, project, observed } = context;
  if (state.status === 'created') {
    if (method !== row.acquiredBy) return state;
    observed.acquiredBy ??= call;
    if (state.attribute === undefined) return { ...state, status: 'live', acquiredBy: call };
    return { ...handOver(state, 'stored-in-attribute', state.attribute), status: 'stored', holders: [state.attribute] };
  }
  if (row.release.includes(method)) {
    observeRelease(context, call, state);
    return release(state);
  }
  if (receiver === 'wrapper') return state;
  if (row.returnsItself?.includes(method) === true) return { ...state, temporaries: [...state.temporaries, call] };
  if (row.finishedBy?.includes(method) === true) return handOver(state, 'used-up');
  for (const effect of project.catalogue.effects(undefined, method)) {
    if (effect.argument === 'receiver') return applyEffect(effect.effect, call, state, context);
  }
  return state;
}

function applyToArgument(call: Call, argument: Argument, state: State, context: SiteContext): State {
  const { value } = argument;
  const method = boundMethod(value, state);
  if (method !== undefined && (context.row.release.includes(method) || method === '__exit__'))
    return handOver(state, 'passed-to-owner');
  const denotation = denote(value, state);
  if (denotation === 'none' && method === undefined) {
    if (!contains(value, state)) return state;
    const effect = effectOf(call, argument, context);
    // What a function of the project does with the elements of a display is not followed; the tables know.
    const isFollowed = effect !== 'borrows' || isInTables(call, context);
    return applyEffect(isFollowed ? effect : 'owns', call, state, context);
  }
  if (denotation === 'wrapper') return state;
  if (context.row.endsWithIteration === true && isConsumed(call, context)) return handOver(state, 'used-up');
  return applyEffect(effectOf(call, argument, context), call, state, context);
}

function isInTables({ func }: Call, { project: { model, catalogue } }: SiteContext): boolean {
  const name = model.qualifiedName(func);
  const method = func.kind === 'Attribute' ? func.attr : undefined;
  return name?.startsWith('builtins.') === true || catalogue.effects(name, method).length > 0;
}

type Effect = EffectRow['effect'] | 'unknown';

function applyEffect(effect: Effect, call: Call, state: State, context: SiteContext): State {
  switch (effect) {
    case 'borrows':
      return state;
    case 'releases':
      if (isTransactionEnd(call, context)) return state;
      observeRelease(context, call, state);
      return release(state);
    case 'owns': {
      const container = containerAttribute(call, context);
      return handOver(state, container === undefined ? 'passed-to-owner' : 'stored-in-container', container);
    }
    case 'aliases':
      return { ...state, temporaries: [...state.temporaries, call] };
    case 'enters':
      if (context.row.with === 'transaction') {
        context.observed.enteredWithoutRelease = true;
        return { ...state, temporaries: [...state.temporaries, call] };
      }
      return handOver(state, 'passed-to-owner');
    case 'unknown':
      if (context.unknownCalls === 'escape') return handOver(state, 'passed-to-unknown-call');
      return { ...state, wrapperTemporaries: [...state.wrapperTemporaries, call] };
  }
}

/** `connection.__exit__(…)` commits or rolls back, as its `with` does. */
function isTransactionEnd({ func }: Call, { row }: SiteContext): boolean {
  return row.with === 'transaction' && func.kind === 'Attribute' && func.attr === '__exit__';
}

/** The container in `self.files.append(f)` and `files.append(f)`, which is then asked what becomes of its elements. */
function containerAttribute(call: Call, context: SiteContext): string | undefined {
  // `contextlib.closing(file)`: a function of a module is no method of a container.
  const name = context.project.model.qualifiedName(call.func);
  if (name !== undefined && !name.startsWith(LOCAL) && !name.startsWith('builtins.')) return undefined;
  return call.func.kind === 'Attribute' ? containerOwner(call.func.value, context) : undefined;
}

/** `files[]` for a local name, `self.files[]` for an attribute of the instance; nothing else can be followed. */
export function containerOwner(container: Expression, { self }: SiteContext): string | undefined {
  const path = dottedPath(container);
  if (path === undefined) return undefined;
  const isOwn = self !== undefined && path.startsWith(`${self}.`) && path.split('.').length === 2;
  return isOwn || (container.kind === 'Name' && path !== self) ? `${path}[]` : undefined;
}

/** From the tables, else from the function of the file that is called, else unknown. */
function effectOf(call: Call, argument: Argument, context: SiteContext): Effect {
  const { catalogue, model } = context.project;
  const name = model.qualifiedName(call.func);
  const method = call.func.kind === 'Attribute' ? call.func.attr : undefined;
  const position = argument.kind === 'positional' ? call.args.indexOf(argument) : 0;
  for (const row of catalogue.effects(name, method)) {
    if (row.argument === 'any' || row.argument === position) return row.effect;
  }
  if (name?.startsWith('builtins.') === true) return 'borrows';
  if (name === undefined) return 'unknown';
  if (!name.startsWith(LOCAL)) {
    const effect = outsideEffect(context.project.outside, name, argument, position, context.row);
    return effect === undefined ? 'unknown' : EFFECTS[effect];
  }
  const isClass = model.classNamed(name) !== undefined;
  const definition = model.functionNamed(isClass ? `${name}.__init__` : name);
  if (definition === undefined || definition.kind === 'Lambda') return 'unknown';
  const isBound = isClass || (model.classOf(definition) !== undefined && !isStatic(definition));
  const parameter = parameterFor(definition, argument, position + (isBound ? 1 : 0));
  if (parameter === undefined) return 'unknown';
  const effect = context.project.parameterEffect(definition, parameter, context.row);
  return isClass && effect === 'borrows' ? 'unknown' : EFFECTS[effect];
}

const EFFECTS: Readonly<Record<ParameterEffect, Effect>> = {
  releases: 'releases',
  stores: 'owns',
  borrows: 'borrows',
  returns: 'aliases',
};

export function isStatic(definition: AnyFunction): boolean {
  return (
    definition.kind === 'FunctionDefinition' &&
    definition.decorators.some((decorator) => decorator.kind === 'Name' && decorator.id === 'staticmethod')
  );
}

function parameterFor(definition: AnyFunction, argument: Argument, position: number): string | undefined {
  const named = definition.parameters.filter((parameter) => parameter.name !== '');
  if (argument.kind === 'keyword') return named.find((parameter) => parameter.name === argument.name)?.name;
  if (argument.kind !== 'positional') return undefined;
  const parameter = named.filter(({ kind }) => kind === 'positional')[position];
  return parameter?.name;
}

/** A resource that an attribute owns is followed on, to see whether the same function releases it before a loop comes round. */
function applyToStored(call: Call, state: State, context: SiteContext): State {
  const { func } = call;
  const attribute = state.attribute;
  if (attribute === undefined) return state;
  if (func.kind === 'Attribute') {
    if (denote(func.value, state) === 'handle' && context.row.release.includes(func.attr)) {
      observeRelease(context, call, state);
      return release(state);
    }
    if (func.value.kind === 'Name' && func.value.id === context.self) {
      if (func.attr === context.watched?.callee) context.watched.calls.add(call);
      const definition = context.project.model.functionNamed(context.project.model.qualifiedName(func) ?? '');
      const isReleased =
        definition === undefined || context.project.releasesAttribute(definition, attribute, context.row);
      if (isReleased) return handOver(state, 'stored-in-attribute', attribute);
    }
  }
  const isPassedOn = call.args.some(
    ({ value }) => denote(value, state) !== 'none' || (value.kind === 'Name' && value.id === context.self),
  );
  return isPassedOn ? handOver(state, 'stored-in-attribute', attribute) : state;
}
