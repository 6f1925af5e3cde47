import type { AcquireRow, UnownedWhen } from '../resources/model';
import { NEUTRAL_BASES, RELEASE_NAMES, TEMPLATE_RELEASES } from '../resources/tables/decorators';
import { LOCAL } from '../semantic/model';
import { contains } from '../text/span';
import type { ClassDefinition, Expression, FunctionDefinition } from '../syntax/ast';
import { walkBlock, walkExpression } from '../syntax/walk';
import { releasesAttribute } from './attribute-use';
import { methodsOf } from './ownership';
import type { FileProject } from './project';
import type { PlacedCall } from './region';
import { runSite } from './site';

/** Families whose objects are no business of who uses the class. */
const PRIVATE_FAMILIES: ReadonlySet<string> = new Set(['lock', 'task']);

/**
 * A class that opens a resource in `__init__`, keeps it, and has a method that releases it, is a resource itself: whoever
 * makes an instance must call that method.
 *
 * @returns its row; undefined when the class owns nothing, or looks after itself (`__del__`, `atexit`, `finalize`).
 */
export function ownerRow(definition: ClassDefinition, project: FileProject): AcquireRow | undefined {
  const methods = methodsOf(definition);
  const init = methods.find((method) => method.name.id === '__init__');
  if (init === undefined || init.hasError) return undefined;
  const owned = project
    .scan(init)
    .calls.map((placed) => ownedBy(placed, init, project))
    .find((each) => each !== undefined);
  if (owned === undefined) return undefined;
  if (looksAfterItself(init, project)) return undefined;
  const releasing = methods.filter((method) => releasesAttribute(method, owned.attribute, owned.row, project));
  const names = releasing.map(({ name }) => name.id);
  if (names.includes('__del__')) return undefined;
  const release = methods
    .map(({ name }) => name.id)
    .filter((name) => names.includes(name) && RELEASE_NAMES.test(name) && !name.startsWith('_'));
  if (release.length === 0) return undefined;
  // `stop()` of a base in another file calls `on_stop()` of this class.
  const hasBaseElsewhere = project.model
    .basesOf(definition)
    .some((base) => base === undefined || (!base.startsWith(LOCAL) && !NEUTRAL_BASES.has(base)));
  const inherited = hasBaseElsewhere ? TEMPLATE_RELEASES.filter((name) => !release.includes(name)) : [];
  return {
    acquire: LOCAL + project.model.scopeOf(definition).qualifiedName,
    family: 'other',
    release: [...release.sort((a, b) => Number(b === 'close') - Number(a === 'close')), ...inherited],
    with: withOf(methods, names),
    reclaim: owned.row.reclaim,
    type: definition.name.id,
    source: 'project-class',
    owns: owned.row.acquire,
    ...(owned.row.silent === undefined ? {} : { silent: owned.row.silent }),
    ...(owned.unless.length === 0 ? {} : { unless: owned.unless }),
  };
}

interface Owned {
  readonly attribute: string;
  readonly row: AcquireRow;
  readonly unless: readonly UnownedWhen[];
}

/** A call in `__init__` whose result ends as an attribute of the instance. */
function ownedBy(placed: PlacedCall, init: FunctionDefinition, project: FileProject): Owned | undefined {
  const acquisition = project.acquisition(placed.call);
  if (acquisition === undefined || PRIVATE_FAMILIES.has(acquisition.row.family)) return undefined;
  const { row } = acquisition;
  if (row.lifetime === 'program' || row.obligation === 'keep') return undefined;
  const run = runSite(project, init, placed.call, row);
  if (run === undefined || (row.acquiredBy !== undefined && run.observed.acquiredBy === undefined)) return undefined;
  const kept = run.exits.normal.find(({ fact }) => fact.status === 'stored' && fact.attribute !== undefined);
  const attribute = kept?.fact.attribute?.replace(/\[\]$/, '');
  if (attribute?.split('.').length !== 2) return undefined;
  return { attribute: attribute.replace(/^\w+\./, ''), row, unless: injectedBy(placed, init) };
}

/** `self.db = db or connect()`, `if db is None: db = connect()`: an instance that is given one owns none. */
function injectedBy({ call, around }: PlacedCall, init: FunctionDefinition): readonly UnownedWhen[] {
  const deciding: Expression[] = around.flatMap((part) => {
    if (part.kind === 'BooleanOperation') return [part.left];
    return part.kind === 'Conditional' ? [part.test] : [];
  });
  walkBlock(init.body, {
    statement: (statement) => {
      if (statement.kind === 'If' && contains(statement.span, call.span)) deciding.push(statement.test);
      return undefined;
    },
  });
  const mentioned = new Set<string>();
  for (const test of deciding) {
    walkExpression(test, (part) => {
      if (part.kind === 'Name') mentioned.add(part.id);
      return undefined;
    });
  }
  const parameters = init.parameters.filter(({ name }) => name !== '').slice(1);
  return parameters.flatMap(({ name, kind }, position): UnownedWhen[] => {
    if (!mentioned.has(name)) return [];
    return [kind === 'positional' ? { keyword: name, position } : { keyword: name }];
  });
}

/** Calls that see to the release whatever the users do; the instance may be passed to a registry as well. */
const SELF_CARE: ReadonlySet<string> = new Set(['atexit.register', 'weakref.finalize']);

function looksAfterItself(init: FunctionDefinition, project: FileProject): boolean {
  const self = init.parameters[0]?.name;
  return project.scan(init).calls.some(({ call }) => {
    const name = project.model.qualifiedName(call.func);
    if (name !== undefined && SELF_CARE.has(name)) return true;
    const isOwnInit = call.func.kind === 'Attribute' && call.func.attr === '__init__';
    return !isOwnInit && call.args.some(({ value }) => value.kind === 'Name' && value.id === self);
  });
}

function withOf(methods: readonly FunctionDefinition[], releasing: readonly string[]): AcquireRow['with'] {
  const enter = methods.find(({ name }) => name.id === '__enter__');
  if (enter !== undefined && releasing.includes('__exit__')) return returnsSelf(enter) ? 'closes' : 'binds-other';
  return releasing.includes('__aexit__') ? 'async' : 'none';
}

function returnsSelf({ body, parameters }: FunctionDefinition): boolean {
  const last = body.statements.at(-1);
  return last?.kind === 'Return' && last.value?.kind === 'Name' && last.value.id === parameters[0]?.name;
}
