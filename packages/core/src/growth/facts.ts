import type { Expression, Module, Statement } from '../syntax/ast';
import type { SemanticModel } from '../semantic/model';
import { classifyUse } from './classify-use';
import type { Container, ContainerUse } from './container';
import { findContainers, ownerOf, selfOf, type FoundContainer } from './find-containers';
import { findRepetitions, type RepetitionOf } from './repetition';
import { visitSites, type Site } from './visit-sites';

/** What is known of the containers of a file, computed when it is first asked for. */
export interface Growth {
  readonly containers: () => readonly Container[];
  readonly repetition: RepetitionOf;
}

/** Looks at the containers of a module on demand and once. */
export function lazyGrowth(module: Module, model: SemanticModel): Growth {
  let containers: readonly Container[] | undefined;
  let repetition: RepetitionOf | undefined;
  return {
    containers: () => (containers ??= collectContainers(module, model)),
    repetition: (site) => (repetition ??= findRepetitions(module, model))(site),
  };
}

interface Collected extends FoundContainer {
  readonly uses: ContainerUse[];
}

function collectContainers(module: Module, model: SemanticModel): readonly Container[] {
  const containers = findContainers(module, model).map((found): Collected => ({ ...found, uses: [] }));
  if (containers.length === 0) return [];
  const byName = new Map<string, Collected[]>();
  for (const container of containers) {
    const same = byName.get(container.place.name);
    if (same === undefined) byName.set(container.place.name, [container]);
    else same.push(container);
  }
  visitSites(module, {
    expression: (mention, parents, statement, site) => {
      const name = mention.kind === 'Attribute' ? mention.attr : mention.kind === 'Name' ? mention.id : undefined;
      const candidates = name === undefined ? undefined : byName.get(name);
      if (candidates === undefined) return;
      for (const container of candidates) {
        const how = denotes(mention, container, site, model);
        if (how === 'no') continue;
        const isCreation = isWhereMade(statement, site, container);
        const fillsOnRead = container.row?.fillsOnRead === true;
        const effect = classifyUse({ mention, parents, statement, isCreation }, container.form, fillsOnRead, model);
        // `server.items.append(x)` on who knows what: nothing is proved by it, but what takes away may be this one's.
        if (how === 'maybe' && (effect.kind === 'grows' || effect.kind === 'read')) continue;
        container.uses.push({ effect: refine(effect, mention, statement), mention, statement, site });
      }
    },
  });
  return containers;
}

/** `self.items = self.items[-100:]` and `items = [x for x in items if …]` keep a part. */
function refine(effect: ContainerUse['effect'], mention: Expression, statement: Statement): ContainerUse['effect'] {
  if (effect.kind !== 'rebinds' || statement.kind !== 'Assign') return effect;
  const { value } = statement;
  // `self.items = self.items + [x]`
  if (value.kind === 'BinaryOperation' && value.operator === '+' && value.left.kind === mention.kind)
    return { kind: 'grows', method: '+', added: value.right, key: undefined, isInner: false };
  return effect;
}

/** Whether an expression means a container: for sure, not at all, or by its attribute's name on an unknown object. */
function denotes(
  mention: Expression,
  { place }: FoundContainer,
  site: Site,
  model: SemanticModel,
): 'yes' | 'maybe' | 'no' {
  if (mention.kind === 'Name') {
    if (place.kind === 'instance') return 'no';
    const found = model.lookup(mention.id, model.enclosingScope(mention));
    const node = found?.scope.node;
    if (place.kind === 'module') return node?.kind === 'Module' ? 'yes' : 'no';
    return node === place.owner ? 'yes' : 'no';
  }
  if (mention.kind !== 'Attribute') return 'no';
  const owner = ownerOf(place);
  if (owner === undefined) return 'no';
  const { value } = mention;
  if (value.kind === 'Name' && site.method !== undefined && value.id === selfOf(site.method)) {
    return site.owner === owner ? 'yes' : isRelated(site, owner, model) ? 'maybe' : 'no';
  }
  const type = model.typeOf(value) ?? model.qualifiedName(value);
  if (type !== undefined && model.classNamed(type) === owner) return 'yes';
  // `type(self).items`, `self.__class__.items`, and objects of whatever class.
  return 'maybe';
}

/** A subclass of the file may do to an attribute what the class itself does not. */
function isRelated({ owner }: Site, of: NonNullable<Site['owner']>, model: SemanticModel): boolean {
  if (owner === undefined) return false;
  const seen = new Set([owner]);
  const pending = [owner];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const base of model.basesOf(next)) {
      const definition = base === undefined ? undefined : model.classNamed(base);
      if (definition === of) return true;
      if (definition !== undefined && !seen.has(definition)) {
        seen.add(definition);
        pending.push(definition);
      }
    }
  }
  return false;
}

/** Methods that run once for each object, before anything else. */
const MAKERS: ReadonlySet<string> = new Set([
  '__init__',
  '__new__',
  '__post_init__',
  '__attrs_post_init__',
  '__set_name__',
]);

function isWhereMade(statement: Statement, site: Site, { place }: FoundContainer): boolean {
  if (statement.kind !== 'Assign' && statement.kind !== 'AnnotatedAssign') return false;
  if (place.kind !== 'instance') return site.definition === undefined;
  return site.method !== undefined && MAKERS.has(site.method.name.id) && site.definition === site.method;
}
