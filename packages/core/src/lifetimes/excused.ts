import type { AcquireRow } from '../resources/model';
import { RELEASE_NAMES } from '../resources/tables/decorators';
import type { Expression, Lambda, Name } from '../syntax/ast';
import { walkBlock } from '../syntax/walk';
import { dottedPath } from './condition';
import type { Region } from './lifetime';
import { methodsOf } from './ownership';
import type { FileProject } from './project';
import type { PlacedCall } from './region';
import { threadOwner } from './transfer-call';
import { isOverMock } from './unowned';

/**
 * What is lost without being a loss, for reasons that the row of the resource names: nothing is open yet, the place that it
 * takes is what it was opened for, or another object ends it.
 *
 * @param holders - the local names that may hold it.
 */
export function isExcused(
  project: FileProject,
  region: Region,
  placed: PlacedCall,
  row: AcquireRow,
  holders: readonly string[],
): boolean {
  if (row.openedBy !== undefined && !isOpened(project, region, placed, row.openedBy, holders)) return true;
  if (row.replacesAfter !== undefined && replaces(project, region, placed, row.replacesAfter)) return true;
  return row.family === 'thread' && isShutDownByClass(project, region, placed, row);
}

/** Another element of the result has it, and that one is kept or ended: the protocol of a transport. */
export function isKeptByElement(
  project: FileProject,
  region: Region,
  { statement }: PlacedCall,
  { keptByElement }: AcquireRow,
): boolean {
  if (keptByElement === undefined || statement.kind !== 'Assign' || region.kind === 'Lambda') return false;
  const [target] = statement.targets;
  const element = target?.kind === 'Tuple' ? target.elements[keptByElement] : undefined;
  if (element?.kind === 'Name') return isNameKept(region, element);
  const path = element === undefined ? undefined : dottedPath(element);
  const owner = region.kind === 'FunctionDefinition' ? project.model.classOf(region) : undefined;
  if (path === undefined || owner === undefined) return false;
  let isEnded = false;
  walkBlock(owner.body, {
    expression: (part) => {
      isEnded ||= part.kind === 'Attribute' && RELEASE_NAMES.test(part.attr) && dottedPath(part.value) === path;
      return undefined;
    },
  });
  return isEnded;
}

/** A method that connects is called on it, outside of what is expected to raise; or it is lent to somebody. */
function isOpened(
  project: FileProject,
  region: Region,
  { call }: PlacedCall,
  openedBy: readonly string[],
  holders: readonly string[],
): boolean {
  const isIt = (value: Expression): boolean => value === call || (value.kind === 'Name' && holders.includes(value.id));
  return project.scan(region).calls.some(({ call: { func, args }, isExpectedToRaise }) => {
    if (isExpectedToRaise || isOverMock(args, project.model)) return false;
    const isMethod = func.kind === 'Attribute' && openedBy.includes(func.attr) && isIt(func.value);
    return isMethod || args.some(({ value }) => isIt(value));
  });
}

/** `os.close(0)`, then `os.open(os.devnull, os.O_RDONLY)` as a statement: the lowest free descriptor is what is wanted. */
function replaces(
  project: FileProject,
  region: Region,
  { call, around, statement }: PlacedCall,
  closing: readonly string[],
): boolean {
  if (statement.kind !== 'ExpressionStatement' || around.length > 0) return false;
  return project
    .scan(region)
    .calls.some(
      ({ call: { func, span } }) =>
        span.start < call.span.start && closing.includes(project.model.qualifiedName(func) ?? ''),
    );
}

/** It is passed on, or ended; only asked for something, it has not taken over anything. */
function isNameKept(region: Exclude<Region, Lambda>, element: Name): boolean {
  let isKept = false;
  walkBlock(region.body, {
    expression: (part) => {
      if (part.kind === 'Attribute' && part.value.kind === 'Name') {
        isKept ||= part.value.id === element.id && RELEASE_NAMES.test(part.attr);
        return false;
      }
      isKept ||= part.kind === 'Name' && part.id === element.id && part !== element;
      return undefined;
    },
  });
  return isKept;
}

/** `Thread(target=self.serve_forever)` in a class with a method that calls `self.shutdown()`. */
function isShutDownByClass(project: FileProject, region: Region, { call }: PlacedCall, row: AcquireRow): boolean {
  const definition = region.kind === 'FunctionDefinition' ? project.model.classOf(region) : undefined;
  const server = threadOwner(call, row);
  const path = server === undefined ? undefined : dottedPath(server);
  if (definition === undefined || path === undefined) return false;
  const methods = methodsOf(definition);
  const own = methods.map(({ name }) => name.id);
  let isShutDown = false;
  for (const { body, parameters } of methods) {
    const self = parameters[0]?.name;
    if (self === undefined || !(path === self || path.startsWith(`${self}.`))) continue;
    walkBlock(body, {
      expression: (part) => {
        if (part.kind !== 'Call' || part.func.kind !== 'Attribute') return undefined;
        const { attr, value } = part.func;
        // What the class itself calls `stop` may do anything; what it inherits, or its server has, is known by its name.
        isShutDown ||= RELEASE_NAMES.test(attr) && !own.includes(attr) && dottedPath(value) === path;
        return undefined;
      },
    });
  }
  return isShutDown;
}
