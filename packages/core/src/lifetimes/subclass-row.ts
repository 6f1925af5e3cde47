import type { AcquireRow } from '../resources/model';
import { RELEASE_NAMES } from '../resources/tables/decorators';
import { LOCAL } from '../semantic/model';
import type { ClassDefinition, FunctionDefinition } from '../syntax/ast';
import { walkBlock } from '../syntax/walk';
import type { Project } from './context';
import { initOf, methodsOf } from './ownership';

/** The row of a class whose base is a resource; undefined when it is none, or not as its base is. */
export function subclassRow(definition: ClassDefinition, project: Project): AcquireRow | undefined {
  const { model, catalogue, outside } = project;
  for (const base of model.basesOf(definition)) {
    if (base === undefined) continue;
    const local = model.classNamed(base);
    const row =
      local === undefined ? (catalogue.acquire(base) ?? outside.acquires(base)) : project.resourceClass(local);
    if (row === undefined || startsOtherwise(definition, row) || startsItself(definition, row)) continue;
    if (!initializesBase(definition)) continue;
    const methods = methodsOf(definition).map((method) => method.name.id);
    const release = [
      ...row.release,
      ...methods.filter((name) => RELEASE_NAMES.test(name) && !row.release.includes(name)),
    ];
    const finishing = finishedByItself(definition, release);
    return {
      ...row,
      acquire: LOCAL + definition.name.id,
      type: definition.name.id,
      release,
      ...(finishing.length === 0 ? {} : { finishedBy: [...(row.finishedBy ?? []), ...finishing] }),
    };
  }
  return undefined;
}

/** Methods that release their own object in the end: `serve_forever` with a `finally: self.server_close()`. */
function finishedByItself(definition: ClassDefinition, release: readonly string[]): readonly string[] {
  const finishes = ({ body, parameters }: FunctionDefinition): boolean => {
    let releases = false;
    walkBlock(body, {
      expression: (part) => {
        if (part.kind !== 'Call') return undefined;
        const { func } = part;
        const isOwn = func.kind === 'Attribute' && func.value.kind === 'Name' && func.value.id === parameters[0]?.name;
        releases ||= isOwn && release.includes(func.attr);
        return undefined;
      },
    });
    return releases;
  };
  return methodsOf(definition)
    .filter(({ name }) => !release.includes(name.id) && !name.id.startsWith('__'))
    .filter(finishes)
    .map(({ name }) => name.id);
}

/** An `__init__` that never calls the one of its base opens nothing. */
function initializesBase(definition: ClassDefinition): boolean {
  const init = initOf(definition);
  let calls = init === undefined;
  if (init !== undefined) {
    walkBlock(init.body, {
      expression: (part) => {
        if (part.kind === 'Attribute' && part.attr === '__init__') calls = true;
        return undefined;
      },
    });
  }
  return calls;
}

/** `super().__init__(); self.start()`: nobody outside ever sees it unstarted; left to its own methods. */
function startsItself(definition: ClassDefinition, row: AcquireRow): boolean {
  const init = initOf(definition);
  let starts = false;
  if (init !== undefined && row.acquiredBy !== undefined) {
    walkBlock(init.body, {
      expression: (part) => {
        if (
          part.kind === 'Attribute' &&
          part.attr === row.acquiredBy &&
          part.value.kind === 'Name' &&
          part.value.id === 'self'
        )
          starts = true;
        return undefined;
      },
    });
  }
  return starts;
}

/** A class that has a `start` of its own, which does not start what its base would: nobody starts the thread. */
function startsOtherwise(definition: ClassDefinition, { acquiredBy }: AcquireRow): boolean {
  const method = methodsOf(definition).find(({ name }) => name.id === acquiredBy);
  if (method === undefined) return false;
  const self = method.parameters[0]?.name;
  let startsBase = false;
  walkBlock(method.body, {
    expression: (part) => {
      if (part.kind !== 'Attribute' || part.attr !== acquiredBy) return undefined;
      const isBase = part.value.kind === 'Call' || (part.value.kind === 'Name' && part.value.id !== self);
      startsBase ||= isBase || part.value.kind === 'Attribute';
      return undefined;
    },
  });
  return !startsBase;
}
