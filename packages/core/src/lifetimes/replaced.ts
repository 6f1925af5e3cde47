import type { AcquireRow } from '../resources/model';
import type { Call, ClassDefinition, Expression, FunctionDefinition, Statement } from '../syntax/ast';
import { statementExpressions, walkBlock, walkExpression } from '../syntax/walk';
import type { Watched } from './context';
import { holdingOf } from './holding';
import { initOf, methodsOf } from './ownership';
import type { FileProject } from './project';
import { watchAttribute } from './site';

/** Methods whose name says that something is there already: `reopen`, `reset`, `change_file`, `rotate`. */
const RENEWS = /^_*(re(?!ad|ceive|cv|gister|quest|turn|solve|port|pr)[a-z]+|change|switch|rotate|swap|update)/i;

/**
 * Finds the method that opens an attribute anew while what `__init__` has put there is still open: it neither releases it
 * first nor asks whether it is there. Who calls the method is not known in general, so there must be a sign that it is
 * called while something is open: its name, or another method that calls it in that state.
 *
 * @param openedIn - where it is opened first: `__init__`, or a method that `__init__` calls.
 * @param attribute - name of the attribute; the class releases it somewhere.
 * @returns the statement that replaces it.
 */
export function replacedBy(
  definition: ClassDefinition,
  openedIn: FunctionDefinition,
  attribute: string,
  row: AcquireRow,
  project: FileProject,
): Statement | undefined {
  if (!isPartOfInit(definition, openedIn)) return undefined;
  if (row.acquiredBy !== undefined || row.of !== undefined || row.obligation !== undefined) return undefined;
  if (row.lifetime === 'program') return undefined;
  const methods = methodsOf(definition).filter(({ name, hasError }) => !hasError && !name.id.startsWith('__'));
  for (const method of methods) {
    const self = selfOf(method);
    if (self === undefined || isHandedOn(method, self, attribute)) continue;
    const openings = project.scan(method).calls.filter((placed) => {
      const { kind, ...holding } = holdingOf(placed);
      const isOurs = kind === 'attribute' && 'path' in holding && holding.path === `${self}.${attribute}`;
      return isOurs && !placed.isExpectedToRaise && project.acquisition(placed.call)?.row.family === row.family;
    });
    if (openings.length === 0) continue;
    const watched = watch(method, attribute, undefined, row, project);
    const found = openings.find(({ statement }) => watched.replacedBy.has(statement));
    if (found === undefined) continue;
    // Called by `__init__` it fills the attribute; whether it does so again depends on who else calls it.
    const isRenewal = method !== openedIn && RENEWS.test(method.name.id);
    if (isRenewal || isCalledWhileOpen(methods, method, attribute, row, project)) return found.statement;
  }
  return undefined;
}

function isPartOfInit(definition: ClassDefinition, method: FunctionDefinition): boolean {
  if (method.name.id === '__init__') return true;
  const init = initOf(definition);
  const self = init === undefined ? undefined : selfOf(init);
  let isCalled = false;
  for (const statement of init?.body.statements ?? []) {
    // A statement of its own, not one under a condition.
    if (statement.kind !== 'ExpressionStatement' || statement.value.kind !== 'Call' || self === undefined) continue;
    isCalled ||= isCallOf(statement.value, self, method.name.id);
  }
  return isCalled;
}

function isCalledWhileOpen(
  methods: readonly FunctionDefinition[],
  callee: FunctionDefinition,
  attribute: string,
  row: AcquireRow,
  project: FileProject,
): boolean {
  return methods.some((method) => {
    const self = selfOf(method);
    if (method === callee || self === undefined || isHandedOn(method, self, attribute)) return false;
    const calls = project.scan(method).calls.filter(({ call }) => isCallOf(call, self, callee.name.id));
    if (calls.length === 0) return false;
    return watch(method, attribute, callee.name.id, row, project).calls.size > 0;
  });
}

function isCallOf({ func }: Call, self: string, name: string): boolean {
  return func.kind === 'Attribute' && func.attr === name && func.value.kind === 'Name' && func.value.id === self;
}

function watch(
  method: FunctionDefinition,
  attribute: string,
  callee: string | undefined,
  row: AcquireRow,
  project: FileProject,
): Watched {
  const path = `${selfOf(method) ?? 'self'}.${attribute}`;
  const watched: Watched = { attribute: path, callee, calls: new Set(), replacedBy: new Set() };
  watchAttribute(project, method, row, watched);
  return watched;
}

/** The instance; undefined for static and class methods. */
function selfOf({ decorators, parameters }: FunctionDefinition): string | undefined {
  const isOther = decorators.some(({ kind, ...rest }) => kind === 'Name' && 'id' in rest && rest.id.endsWith('method'));
  return isOther ? undefined : parameters[0]?.name;
}

/** `old = self.conn`, `pool.put(self.conn)`, `getattr(self, "conn")`: what was there is somewhere else by then. */
function isHandedOn(method: FunctionDefinition, self: string, attribute: string): boolean {
  const harmless = new Set<Expression>();
  let isHanded = false;
  const isIt = (part: Expression): boolean =>
    part.kind === 'Attribute' && part.attr === attribute && part.value.kind === 'Name' && part.value.id === self;
  walkBlock(method.body, {
    statement: (statement) => {
      if (statement.kind === 'Assign') for (const target of statement.targets) harmless.add(target);
      // What is asked in a condition, or entered, stays where it is.
      if (statement.kind === 'If' || statement.kind === 'While' || statement.kind === 'With') {
        for (const header of statementExpressions(statement)) {
          walkExpression(header, (part) => {
            harmless.add(part);
            return part.kind !== 'Call';
          });
        }
      }
      return undefined;
    },
    expression: (part) => {
      if (part.kind === 'Attribute') harmless.add(part.value);
      isHanded ||= isIt(part) && !harmless.has(part);
      isHanded ||= part.kind === 'String' && part.value === attribute;
      return undefined;
    },
  });
  return isHanded;
}
