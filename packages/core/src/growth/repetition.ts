import type { Expression, FunctionDefinition, Module, Try, While } from '../syntax/ast';
import {
  HANDLER_BASES,
  HANDLER_DECORATOR_NAMES,
  HANDLER_DECORATORS,
  REPEATS_CALLBACK,
  RUNS_LATER,
} from '../resources/tables/repeating';
import type { SemanticModel } from '../semantic/model';
import { contains } from '../text/span';
import { isAlwaysTrue, isEndless, isStopHandler } from './endless-loop';
import { selfOf } from './find-containers';
import { visitSites, type Site } from './visit-sites';

/** Why code runs again and again for as long as the program or the object lives. */
export type Repetition =
  | { readonly kind: 'endless-loop' }
  /** Called, directly or not, from an endless loop of `from`. */
  | { readonly kind: 'called-in-loop'; readonly from: string }
  /** A framework calls it for each request or event; `isShared` when the same object takes all of them. */
  | { readonly kind: 'handler'; readonly isShared: boolean };

/** Answers whether code at a site is seen to run again and again. */
export type RepetitionOf = (site: Site) => Repetition | undefined;

/** Looks for endless loops, what they call, and handlers. */
export function findRepetitions(module: Module, model: SemanticModel): RepetitionOf {
  const found = new Map<FunctionDefinition, Repetition>();
  const mentions = new Map<FunctionDefinition, FunctionDefinition[]>();
  const pending: FunctionDefinition[] = [];
  const add = (definition: FunctionDefinition, repetition: Repetition): void => {
    if (found.has(definition)) return;
    found.set(definition, repetition);
    pending.push(definition);
  };
  visitSites(module, {
    statement: (statement, site) => {
      if (statement.kind !== 'FunctionDefinition') return;
      const handler = handlerKind(statement, site, model);
      if (handler !== undefined) add(statement, handler);
    },
    expression: (expression, parents, statement, site) => {
      if (expression.kind !== 'Name' && expression.kind !== 'Attribute') return;
      const mentioned = functionMeant(expression, site, model);
      if (mentioned === undefined) return;
      const inside = outermostFunction(site);
      if (isInEndlessLoop(site)) {
        add(mentioned, { kind: 'called-in-loop', from: inside?.name.id ?? 'the module' });
      } else if (isRegistered(expression, parents, statement) || (mentioned === inside && isRunLater(parents))) {
        add(mentioned, { kind: 'handler', isShared: true });
      } else if (inside !== undefined && mentioned !== inside) {
        const known = mentions.get(inside);
        if (known === undefined) mentions.set(inside, [mentioned]);
        else known.push(mentioned);
      }
    },
  });
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const reason = found.get(next);
    if (reason === undefined) continue;
    for (const called of mentions.get(next) ?? []) add(called, reason);
  }
  return (site) => {
    if (isInEndlessLoop(site)) return { kind: 'endless-loop' };
    const inside = outermostFunction(site);
    return inside === undefined ? undefined : found.get(inside);
  };
}

function isInEndlessLoop({ loops, tries }: Site): boolean {
  return loops.some((loop) => loop.kind === 'While' && isEndless(loop) && !isLeftByException(loop, tries));
}

/** `try: while True: … except EndOfData:` around the loop is how the loop ends. */
function isLeftByException(loop: While, tries: readonly Try[]): boolean {
  if (!isAlwaysTrue(loop.test)) return false;
  return tries.some(
    ({ body, handlers }) => contains(body.span, loop.span) && !handlers.every((handler) => isStopHandler(handler)),
  );
}

function outermostFunction(site: Site): FunctionDefinition | undefined {
  if (site.method !== undefined) return site.method;
  return site.definition?.kind === 'FunctionDefinition' ? site.definition : undefined;
}

/** `self.tick` or `tick`: a method of the same object, or a function of the file. */
function functionMeant(expression: Expression, site: Site, model: SemanticModel): FunctionDefinition | undefined {
  if (expression.kind === 'Attribute') {
    const isOnSelf =
      expression.value.kind === 'Name' && site.method !== undefined && expression.value.id === selfOf(site.method);
    if (!isOnSelf) return undefined;
  }
  const name = model.qualifiedName(expression);
  const definition = name === undefined ? undefined : model.functionNamed(name);
  return definition?.kind === 'FunctionDefinition' ? definition : undefined;
}

/** `bus.subscribe(self.on_order)`, `client.on_message = self.on_message`. */
function isRegistered(
  expression: Expression,
  parents: readonly Expression[],
  statement: Parameters<NonNullable<Parameters<typeof visitSites>[1]['expression']>>[2],
): boolean {
  const [parent] = parents;
  if (parent?.kind === 'Call') return parent.func !== expression && REPEATS_CALLBACK.has(lastPart(parent.func));
  if (parent !== undefined || statement.kind !== 'Assign' || statement.value !== expression) return false;
  return statement.targets.some((target) => target.kind === 'Attribute' && /^on_?[a-z]/.test(target.attr));
}

function isRunLater([parent]: readonly Expression[]): boolean {
  return parent?.kind === 'Call' && RUNS_LATER.has(lastPart(parent.func));
}

function lastPart(expression: Expression): string {
  return expression.kind === 'Attribute' ? expression.attr : expression.kind === 'Name' ? expression.id : '';
}

function handlerKind(definition: FunctionDefinition, site: Site, model: SemanticModel): Repetition | undefined {
  for (const decorator of definition.decorators) {
    const called = decorator.kind === 'Call' ? decorator.func : decorator;
    const name = model.qualifiedName(called);
    const isByName = name !== undefined && HANDLER_DECORATOR_NAMES.has(name);
    const isByLastPart = called.kind === 'Attribute' && HANDLER_DECORATORS.has(called.attr);
    if (isByName || isByLastPart) return { kind: 'handler', isShared: true };
  }
  if (site.owner === undefined || site.definition !== undefined) return undefined;
  const bases = model.basesOf(site.owner);
  const row = HANDLER_BASES.find(({ base, methods }) => bases.includes(base) && methods.test(definition.name.id));
  return row === undefined ? undefined : { kind: 'handler', isShared: row.instance === 'many' };
}
