import {
  findRunsOnce,
  isEntryPoint,
  selfOf,
  standsInCodeThatRunsOnce,
  TEST_MODULES,
  visitSites,
  walkBlock,
  type ast,
  type Expression,
  type RuleContext,
  type RunsOnce,
  type Site,
} from '@pylint-leaks/core';

/** How often code at a site runs; undefined when it may be once. */
export type When = 'in a loop' | 'with each event' | 'with each new object' | 'with each call';

/** Answers how often code runs, for one file. */
export interface Occasions {
  readonly whenOf: (site: Site) => When | undefined;
  readonly runsOnce: RunsOnce;
  /** All objects of a class of the file are made where the program starts. */
  readonly isMadeOnce: (owner: ast.ClassDefinition) => boolean;
  /** Its objects are seen to live on: one for the program, or one with a loop or handlers of its own. */
  readonly isLongLived: (owner: ast.ClassDefinition) => boolean;
}

/** Looks at how often the functions of a file run. */
export function findOccasions({ tree, model, growth }: RuleContext): Occasions {
  const runsOnce = findRunsOnce(tree.module, model);
  const constructors = new Map<ast.ClassDefinition, Site[]>();
  visitSites(tree.module, {
    expression: (expression, _, __, site) => {
      if (expression.kind !== 'Call') return;
      const name = model.qualifiedName(expression.func);
      const made = name === undefined ? undefined : model.classNamed(name);
      if (made !== undefined) constructors.set(made, [...(constructors.get(made) ?? []), site]);
    },
  });
  // A factory function of the file is there for others to call, also when the file calls it once.
  const isEntry: RunsOnce = (definition) => isEntryPoint(definition, model);
  const isMadeOnce = (owner: ast.ClassDefinition): boolean => {
    const sites = constructors.get(owner) ?? [];
    return sites.length > 0 && sites.every((site) => standsInCodeThatRunsOnce(site, isEntry));
  };
  const whenOf = (site: Site): When | undefined => {
    if (site.definition === undefined)
      return site.loops.length > 0 && site.owner === undefined ? 'in a loop' : undefined;
    const repetition = growth.repetition(site);
    if (repetition?.kind === 'handler') return 'with each event';
    if (repetition !== undefined || site.loops.length > 0) return 'in a loop';
    if (site.owner !== undefined && site.method !== undefined) {
      if (isSingleton(site.owner) || isMadeOnce(site.owner)) return undefined;
      return runsForEachObject(site.method, site.owner) ? 'with each new object' : undefined;
    }
    return standsInCodeThatRunsOnce(site, runsOnce) ? undefined : 'with each call';
  };
  const isLongLived = (owner: ast.ClassDefinition): boolean => {
    if (isSingleton(owner) || isMadeOnce(owner)) return true;
    let found = false;
    visitSites(tree.module, {
      statement: (_, site) => {
        found ||= site.owner === owner && site.definition !== undefined && growth.repetition(site) !== undefined;
      },
    });
    return found;
  };
  return { whenOf, runsOnce, isMadeOnce, isLongLived };
}

/** `__init__`, or a method that it calls. */
function runsForEachObject(method: ast.FunctionDefinition, owner: ast.ClassDefinition): boolean {
  if (method.name.id === '__init__') return true;
  const maker = owner.body.statements.find(
    (statement): statement is ast.FunctionDefinition =>
      statement.kind === 'FunctionDefinition' && statement.name.id === '__init__',
  );
  if (maker === undefined) return false;
  let found = false;
  walkBlock(maker.body, {
    expression: (expression) => {
      if (expression.kind !== 'Call' || expression.func.kind !== 'Attribute') return undefined;
      const { attr, value } = expression.func;
      found ||= attr === method.name.id && isName(value, selfOf(maker));
      return undefined;
    },
  });
  return found;
}

/** The file imports a test framework, or is named as pytest finds tests: what it keeps goes with the run of the tests. */
export function isTestModule({ model, file }: RuleContext): boolean {
  if (/(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$/.test(file.path)) return true;
  for (const bindings of model.scopeOf(model.module).bindings.values()) {
    for (const binding of bindings) {
      if (binding.kind !== 'import') continue;
      const { qualifiedName } = binding;
      const [first = '', second = ''] = qualifiedName.split('.');
      if (TEST_MODULES.has(first) || TEST_MODULES.has(`${first}.${second}`)) return true;
    }
  }
  return false;
}

/** A class that keeps its one instance: `_instance = None`, `__new__`, a metaclass. */
function isSingleton(owner: ast.ClassDefinition): boolean {
  return (
    owner.bases.some(
      ({ kind, name, value }) => kind === 'keyword' && name === 'metaclass' && isName(value, /single/i),
    ) ||
    owner.decorators.some((decorator) => isName(decorator, /single/i)) ||
    owner.body.statements.some(
      (statement) =>
        (statement.kind === 'FunctionDefinition' && statement.name.id === '__new__') ||
        (statement.kind === 'Assign' &&
          statement.targets.some((target) => isName(target, /^_*(?:instance|singleton)$/i))) ||
        (statement.kind === 'AnnotatedAssign' && isName(statement.target, /^_*(?:instance|singleton)$/i)),
    )
  );
}

/** A plain name, compared with a text or a pattern. */
export function isName(expression: Expression, name: string | RegExp): boolean {
  if (expression.kind !== 'Name') return false;
  return typeof name === 'string' ? expression.id === name : name.test(expression.id);
}
