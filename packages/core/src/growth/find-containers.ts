import type { ClassDefinition, Expression, Module, Statement } from '../syntax/ast';
import { CONTAINER_ROWS, type ContainerForm, type ContainerRow } from '../resources/tables/containers';
import type { SemanticModel } from '../semantic/model';
import type { ContainerPlace } from './container';
import { visitSites, type Site } from './visit-sites';

/** A container before its uses are known. */
export interface FoundContainer {
  readonly place: ContainerPlace;
  readonly form: ContainerForm;
  readonly row: ContainerRow | undefined;
  readonly creation: Expression;
}

const ROWS: ReadonlyMap<string, ContainerRow> = new Map(CONTAINER_ROWS.map((row) => [row.call, row]));

/** What an expression makes, when it makes a container without a limit. */
export function containerMade(
  expression: Expression,
  model: SemanticModel,
): { readonly form: ContainerForm; readonly row: ContainerRow | undefined } | undefined {
  switch (expression.kind) {
    case 'List':
      return { form: 'list', row: undefined };
    case 'Set':
      return { form: 'set', row: undefined };
    case 'Dict':
      return { form: 'dict', row: undefined };
    case 'Call': {
      const row = ROWS.get(model.qualifiedName(expression.func) ?? '');
      if (row === undefined || isLimited(expression, row)) return undefined;
      return { form: row.form, row };
    }
    default:
      return undefined;
  }
}

function isLimited(call: Extract<Expression, { kind: 'Call' }>, { bound }: ContainerRow): boolean {
  if (bound === undefined) return false;
  if (call.args.some(({ kind }) => kind === 'star' || kind === 'double-star')) return true;
  const positional = call.args[bound.position];
  const given =
    call.args.find(({ name }) => name === bound.keyword) ??
    (positional?.kind === 'positional' ? positional : undefined);
  if (given === undefined) return false;
  const { value } = given;
  if (value.kind === 'Constant') return value.value !== 'None';
  if (value.kind === 'UnaryOperation') return value.operator !== '-';
  return !(value.kind === 'Number' && Number(value.text) === 0);
}

/** Containers that module variables, class variables and attributes of `self` are made with. */
export function findContainers(module: Module, model: SemanticModel): readonly FoundContainer[] {
  const found: FoundContainer[] = [];
  visitSites(module, {
    statement: (statement, site) => {
      for (const { target, value } of assignmentsIn(statement)) {
        const place = placeOf(target, site);
        const made = place === undefined ? undefined : containerMade(value, model);
        if (place === undefined || made === undefined) continue;
        if (!found.some((known) => isSamePlace(known.place, place))) found.push({ place, ...made, creation: value });
      }
    },
  });
  return found;
}

/** Every plain target with the value it gets. */
export function assignmentsIn(
  statement: Statement,
): readonly { readonly target: Expression; readonly value: Expression }[] {
  switch (statement.kind) {
    case 'Assign':
      return statement.targets.map((target) => ({ target, value: statement.value }));
    case 'AnnotatedAssign':
      return statement.value === undefined ? [] : [{ target: statement.target, value: statement.value }];
    default:
      return [];
  }
}

function placeOf(target: Expression, site: Site): ContainerPlace | undefined {
  if (target.kind === 'Name' && site.definition === undefined && site.loops.length === 0) {
    if (site.owner === undefined) return { kind: 'module', name: target.id };
    return { kind: 'class', owner: site.owner, name: target.id };
  }
  const { method, owner } = site;
  if (target.kind !== 'Attribute' || target.value.kind !== 'Name' || method === undefined || owner === undefined)
    return undefined;
  return target.value.id === selfOf(method) ? { kind: 'instance', owner, name: target.attr } : undefined;
}

/** The name a method has for its instance. */
export function selfOf(method: Extract<Statement, { kind: 'FunctionDefinition' }>): string {
  return method.parameters.find(({ name }) => name !== '')?.name ?? 'self';
}

/** An attribute that both the class and an instance have counts as the instance's. */
export function isSamePlace(a: ContainerPlace, b: ContainerPlace): boolean {
  return a.name === b.name && ownerOf(a) === ownerOf(b);
}

/** The class a place belongs to. */
export function ownerOf(place: ContainerPlace): ClassDefinition | undefined {
  return place.kind === 'module' ? undefined : place.owner;
}
