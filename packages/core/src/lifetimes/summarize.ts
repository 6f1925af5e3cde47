import { ALL_FINISHES, ALL_RELEASES } from '../resources/catalogue';
import type { AcquireRow } from '../resources/model';
import { LOCAL } from '../semantic/model';
import type { AttributeFacts, ClassFacts, FunctionFacts, ModuleSummary, ParameterFacts } from '../summaries/summary';
import type { AnyFunction, ClassDefinition, FunctionDefinition, Parameter } from '../syntax/ast';
import { walkBlock } from '../syntax/walk';
import { methodsOf } from './ownership';
import { releasesAttribute } from './attribute-use';
import type { FileProject } from './project';
import { isStatic } from './transfer-call';

/**
 * What a file tells the rest of its project: imports, factories and classes always, details of functions and classes
 * only when somebody asked about them.
 *
 * @param path - of the file, with `/`.
 * @param covers - definitions to summarise.
 * @param detailed - names of definitions (`connect`, `Store.close`, `Store`) whose details are wanted.
 */
export function summarizeModule(
  project: FileProject,
  path: string,
  covers: ModuleSummary['covers'],
  detailed: readonly string[],
): ModuleSummary {
  const { model } = project;
  const imports = new Map<string, string>();
  const stars: string[] = [];
  for (const [name, bindings] of model.scopeOf(model.module).bindings) {
    for (const binding of bindings) if (binding.kind === 'import') imports.set(name, binding.qualifiedName);
  }
  walkBlock(model.module.body, {
    statement: (statement) => {
      if (statement.kind === 'ImportFrom' && statement.isStar) {
        stars.push('.'.repeat(statement.level) + statement.module);
      }
      return undefined;
    },
  });
  const factories: [string, AcquireRow][] = [];
  const classes: [string, ClassFacts][] = [];
  for (const definition of project.definitions()) {
    const name = model.scopeOf(definition).qualifiedName;
    if (covers !== 'all' && !covers.some((each) => each === name || each.startsWith(`${name}.`))) continue;
    if (definition.kind === 'ClassDefinition') classes.push([name, classFacts(definition, project)]);
    else {
      const row = project.mayAcquire(definition) ? project.summary(definition).returnsOwned : undefined;
      if (row !== undefined) factories.push([name, row]);
    }
  }
  return {
    path,
    covers,
    imports: Object.fromEntries(imports),
    stars,
    factories: Object.fromEntries(factories),
    classes: Object.fromEntries(classes),
    functions: Object.fromEntries(
      detailed.flatMap((name) => {
        const definition = model.functionNamed(LOCAL + name);
        return definition === undefined ? [] : [[name, functionFacts(definition, project)] as const];
      }),
    ),
    attributes: Object.fromEntries(
      detailed.flatMap((name) => {
        const definition = model.classNamed(LOCAL + name);
        return definition === undefined ? [] : [[name, attributeFacts(definition, project)] as const];
      }),
    ),
  };
}

function classFacts(definition: ClassDefinition, project: FileProject): ClassFacts {
  const bases = project.model.basesOf(definition).map((base) => base?.replace(LOCAL, '') ?? null);
  const row = project.resourceClass(definition);
  return row === undefined ? { bases } : { bases, row };
}

/** A resource about which only this is known: how it is released. */
function resourceWith(release: readonly string[], behaviour: AcquireRow['with'] = 'none'): AcquireRow {
  const name = `<with ${release.join()} ${behaviour}>`;
  return { acquire: name, type: name, family: 'other', release, with: behaviour, reclaim: 'refcount' };
}

function functionFacts(definition: AnyFunction, project: FileProject): FunctionFacts {
  const isMethod = project.model.classOf(definition) !== undefined && !isStatic(definition);
  const named = definition.parameters.filter(({ name }) => name !== '').slice(isMethod ? 1 : 0);
  const candidates = releasesMentioned(definition);
  return { parameters: named.map((parameter) => parameterFacts(definition, parameter, candidates, project)) };
}

function parameterFacts(
  definition: AnyFunction,
  { name, kind }: Parameter,
  candidates: readonly string[],
  project: FileProject,
): ParameterFacts {
  const effect = (row: AcquireRow) => project.parameterEffect(definition, name, row);
  const releases = candidates.filter((method) => effect(resourceWith([method])) === 'releases');
  const otherwise = effect(resourceWith([]));
  return {
    name,
    kind: kind === 'positional' ? 'positional' : kind === 'keyword-only' ? 'keyword' : 'other',
    releases,
    enters: effect(resourceWith([], 'closes')) === 'releases',
    otherwise: otherwise === 'releases' ? 'stores' : otherwise,
  };
}

/** Names of release methods that occur in a function, and those that a function it calls may use. */
function releasesMentioned(definition: AnyFunction): readonly string[] {
  const found = new Set<string>(PASSED_ON);
  if (definition.kind !== 'Lambda') {
    walkBlock(definition.body, {
      expression: (part) => {
        const ends = part.kind === 'Attribute' && (ALL_RELEASES.has(part.attr) || ALL_FINISHES.has(part.attr));
        if (ends) found.add(part.attr);
        return undefined;
      },
    });
  }
  return [...found].sort();
}

/** What a parameter that is passed on may be released by. */
const PASSED_ON = ['close'];

function attributeFacts(definition: ClassDefinition, project: FileProject): AttributeFacts {
  const methods = methodsOf(definition).filter(({ name }) => name.id !== '__del__');
  const attributes = new Set<string>();
  const mentioned = new Set<string>(PASSED_ON);
  let reflects = false;
  walkBlock(definition.body, {
    expression: (part) => {
      if (part.kind === 'Call' && part.func.kind === 'Name' && part.func.id === 'getattr') reflects = true;
      if (part.kind !== 'Attribute') return undefined;
      if (part.value.kind === 'Name') attributes.add(part.attr);
      if (ALL_RELEASES.has(part.attr)) mentioned.add(part.attr);
      return undefined;
    },
  });
  const rows: readonly (readonly [string, AcquireRow])[] = [
    ...[...mentioned].sort().map((method) => [method, resourceWith([method])] as const),
    ['*', resourceWith([])],
    ['__exit__', resourceWith([], 'closes')],
    ['join', { ...resourceWith(['join']), acquire: '<thread>', family: 'thread' }],
  ];
  const releasedBy = (attribute: string): readonly string[] => {
    const found = rows.filter(([, row]) => methods.some((method) => isReleasing(method, attribute, row, project)));
    return [...new Set(found.map(([method]) => method))];
  };
  const released = [...attributes].map((attribute) => [attribute, releasedBy(attribute)] as const);
  return {
    released: Object.fromEntries([
      ...released.filter(([, releases]) => releases.length > 0),
      ...(reflects ? [['*', ['*']] as const] : []),
    ]),
  };
}

/** In `__init__`, a release in a handler undoes a failed start. */
function isReleasing(method: FunctionDefinition, attribute: string, row: AcquireRow, project: FileProject): boolean {
  return releasesAttribute(method, attribute, row, project, { skipHandlers: method.name.id === '__init__' });
}
