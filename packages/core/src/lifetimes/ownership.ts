import type { AnyFunction, ClassDefinition, Expression, FunctionDefinition, Module } from '../syntax/ast';
import type { AcquireRow } from '../resources/model';
import { NEUTRAL_BASES, RELEASE_NAMES } from '../resources/tables/decorators';
import { LOCAL } from '../semantic/model';
import { walkBlock, walkExpression } from '../syntax/walk';
import type { Project } from './context';
import { releasesAttribute } from './attribute-use';
import { releasedByBases } from './outside-bases';

/** What the class does with an attribute that holds a resource. */
export type Ownership =
  | { readonly kind: 'released' }
  /** A base class that is not in the file may do it. */
  | { readonly kind: 'unknown' }
  /** Only `__del__` does: not on time, and not at all while a reference cycle or the interpreter's end is in the way. */
  | { readonly kind: 'only-in-del' }
  | { readonly kind: 'never' };

/**
 * Whether a class releases `self.<attribute>` in some method other than `__del__`. The whole family of the class counts
 * (bases and subclasses in the file), and so does anybody in the file who releases the attribute from outside.
 *
 * @param attribute - attribute name; with `[]` at the end the resource is an element of that container.
 * @param acquiredIn - the function that stores it: it counts only when it releases outside of exception handlers.
 */
export function ownershipOf(
  definition: ClassDefinition,
  attribute: string,
  row: AcquireRow,
  acquiredIn: AnyFunction | undefined,
  project: Project,
): Ownership {
  const family = familyOf(definition, project);
  const name = attribute.replace(/\[\]$/, '');
  let inDel = false;
  for (const member of family.classes) {
    for (const method of methodsOf(member)) {
      const isAcquiring = method === acquiredIn || method.name.id === '__init__';
      if (!releasesAttribute(method, name, row, project, { skipHandlers: isAcquiring })) continue;
      if (method.name.id === '__del__') inDel = true;
      else return { kind: 'released' };
    }
  }
  if (attribute.endsWith('[]') && family.classes.some((member) => givesOut(member, name))) return { kind: 'unknown' };
  if (releasedFromOutside(name, row, project) || mayBeReleasedByName(name, family.classes)) return { kind: 'released' };
  const bases = releasedByBases(family.basesElsewhere, name, row, project.outside);
  if (bases !== 'not-released') return { kind: bases };
  return { kind: inDel ? 'only-in-del' : 'never' };
}

/** `return {"files": tuple(self.files)}`: somebody else gets all that is in the container. */
function givesOut(definition: ClassDefinition, name: string): boolean {
  let isGivenOut = false;
  for (const method of methodsOf(definition)) {
    const self = method.parameters[0]?.name;
    const visit = (value: Expression): void => {
      walkExpression(value, (part) => {
        if (part.kind === 'Attribute' && part.attr === name && part.value.kind === 'Name' && part.value.id === self)
          isGivenOut = true;
        // What is asked of the container, or counted, is not the container.
        if (part.kind === 'Call' && part.func.kind === 'Name') return !COUNTS.test(part.func.id);
        return part.kind !== 'Attribute' && part.kind !== 'Subscript' && part.kind !== 'Comparison';
      });
    };
    walkBlock(method.body, {
      statement: (statement) => {
        if (statement.kind === 'Return' && statement.value !== undefined) visit(statement.value);
        return undefined;
      },
    });
  }
  return isGivenOut;
}

const COUNTS = /^(all|any|bool|len|repr|str|sum)$/;

interface ClassFamily {
  readonly classes: readonly ClassDefinition[];
  /** Bases that are not in the file; undefined for what is not even a name. */
  readonly basesElsewhere: readonly (string | undefined)[];
}

/** A class, its bases and its subclasses within the file. */
function familyOf(definition: ClassDefinition, project: Project): ClassFamily {
  const { model } = project;
  const nameOf = (member: ClassDefinition): string => LOCAL + model.scopeOf(member).qualifiedName;
  const classes = new Set([definition]);
  const basesElsewhere: (string | undefined)[] = [];
  for (const member of classes) {
    for (const base of model.basesOf(member)) {
      const local = base === undefined ? undefined : model.classNamed(base);
      if (local !== undefined) classes.add(local);
      else if (base === undefined || !NEUTRAL_BASES.has(base)) basesElsewhere.push(base);
    }
  }
  const above = [...classes].map(nameOf);
  for (const member of surveyOf(model.module).classes)
    if (model.basesOf(member).some((base) => base !== undefined && above.includes(base))) classes.add(member);
  return { classes: [...classes], basesElsewhere };
}

export function methodsOf(definition: ClassDefinition): readonly FunctionDefinition[] {
  return definition.body.statements.flatMap((statement) => {
    if (statement.kind === 'FunctionDefinition') return [statement];
    // Methods may be defined under `if sys.platform == …`.
    if (statement.kind !== 'If') return [];
    return [statement.body, statement.orelse].flatMap((block) =>
      (block?.statements ?? []).filter((inner) => inner.kind === 'FunctionDefinition'),
    );
  });
}

/** The `__init__` that a class defines itself. */
export function initOf(definition: ClassDefinition): FunctionDefinition | undefined {
  return methodsOf(definition).find(({ name }) => name.id === '__init__');
}

/** `worker.thread.join()` somewhere in the file: some user of the object ends it. */
function releasedFromOutside(name: string, row: AcquireRow, project: Project): boolean {
  const methods = surveyOf(project.model.module).methodsOfAttributes.get(name);
  return methods !== undefined && row.release.some((method) => methods.has(method));
}

/** What is asked about a whole file for each of its classes, collected in one walk. */
interface Survey {
  readonly classes: readonly ClassDefinition[];
  /** `close` for `x.conn.close`, under `conn`; not for `self.conn.close`. */
  readonly methodsOfAttributes: ReadonlyMap<string, ReadonlySet<string>>;
}

const surveys = new WeakMap<Module, Survey>();

function surveyOf(module: Module): Survey {
  const known = surveys.get(module);
  if (known !== undefined) return known;
  const classes: ClassDefinition[] = [];
  const methodsOfAttributes = new Map<string, Set<string>>();
  walkBlock(module.body, {
    statement: (statement) => {
      if (statement.kind === 'ClassDefinition') classes.push(statement);
      return undefined;
    },
    expression: (expression) => {
      if (expression.kind !== 'Attribute' || expression.value.kind !== 'Attribute') return undefined;
      const { attr, value: object } = expression.value;
      if (object.kind === 'Name' && (object.id === 'self' || object.id === 'cls')) return undefined;
      const methods = methodsOfAttributes.get(attr) ?? new Set();
      methodsOfAttributes.set(attr, methods.add(expression.attr));
      return undefined;
    },
  });
  const survey = { classes, methodsOfAttributes };
  surveys.set(module, survey);
  return survey;
}

/** `for name in ("conn", "log"): getattr(self, name).close()`. */
function mayBeReleasedByName(name: string, classes: readonly ClassDefinition[]): boolean {
  let namesIt = false;
  let reflects = false;
  const visit = (expression: Expression): undefined => {
    // Also in `"conn log".split()`.
    if (expression.kind === 'String' && expression.value?.split(/\W+/).includes(name) === true) namesIt = true;
    if (expression.kind === 'Call' && expression.func.kind === 'Name' && expression.func.id === 'getattr') {
      reflects ||= expression.args[1]?.value.kind === 'Name';
    }
    return undefined;
  };
  for (const definition of classes) {
    for (const method of methodsOf(definition))
      if (RELEASE_NAMES.test(method.name.id)) walkBlock(method.body, { expression: visit });
  }
  return namesIt && reflects;
}
