import {
  CACHE_ROWS,
  ENDLESS_NAMES,
  ENDLESS_TYPES,
  FEW_INSTANCES,
  FEW_VALUES,
  VALUE_BASES,
  visitSites,
  WITHOUT_INSTANCE,
  type ast,
  type CacheRow,
  type Expression,
  type Report,
  type RuleContext,
  type Site,
} from '@pylint-leaks/core';
import { growthEvidence, lazily } from '../growth-report';
import { findOccasions } from '../growth-when';

interface Decorated {
  readonly definition: ast.FunctionDefinition;
  readonly decorator: Expression;
  readonly row: CacheRow;
  /** Entries it keeps; undefined when there is no limit. */
  readonly limit: string | undefined;
  readonly site: Site;
}

/** Reports decorators that remember results: on methods, and without a limit on functions. */
export function reportDecorated(
  context: RuleContext,
  report: (
    report: Report<{ readonly 'method-cache': '{{until}}'; readonly 'unbounded-arguments': '{{arguments}}' }>,
  ) => void,
): void {
  const cleared = clearedNames(context);
  const occasions = lazily(() => findOccasions(context));
  for (const found of findDecorated(context)) {
    const { definition, decorator, row, limit, site } = found;
    const isMethod = site.owner !== undefined && site.definition === undefined;
    const hasInstance = isMethod && !definition.decorators.some((other) => isOneOf(other, WITHOUT_INSTANCE, context));
    const common = {
      span: decorator.span,
      evidence: growthEvidence(context, { ...site, definition }, definition.name.id),
    };
    const data = { resource: row.decorator.replace(/^.*\./, ''), path: 'all' } as const;
    if (hasInstance) {
      // With room for one result it keeps one object.
      if (limit === '0' || limit === '1' || cleared.has(definition.name.id)) continue;
      if (
        isValue(site.owner, context) ||
        hasFewInstances(site.owner, context) ||
        goesWithFunction(site) ||
        cachesInstances(site.owner, context)
      )
        continue;
      if (site.owner !== undefined && occasions().isMadeOnce(site.owner)) continue;
      const until = limit === undefined ? '' : ` until ${limit} newer results have pushed it out`;
      const impact = limit === undefined ? 'medium' : 'low';
      report({ messageId: 'method-cache', data: { ...data, impact, until }, ...common });
      continue;
    }
    // A function that is defined again with each call takes its cache with it.
    if (site.definition !== undefined || limit !== undefined || cleared.has(definition.name.id)) continue;
    const open = definition.parameters.filter((parameter) =>
      hasEndlessValues(parameter.name, parameter.annotation, context),
    );
    if (open.length === 0) continue;
    const names = open.map(({ name }) => `\`${name}\``).join(', ');
    report({ messageId: 'unbounded-arguments', data: { ...data, impact: 'low', arguments: names }, ...common });
  }
}

/** Instances are compared by what they hold: a tuple with names, a frozen data class, a class with a `__hash__` of its own. */
function isValue(owner: ast.ClassDefinition | undefined, context: RuleContext): boolean {
  if (owner === undefined) return false;
  const { model } = context;
  const hasHash = owner.body.statements.some(
    (statement) => statement.kind === 'FunctionDefinition' && statement.name.id === '__hash__',
  );
  const isFrozen = owner.decorators.some(
    (decorator) =>
      decorator.kind === 'Call' &&
      decorator.args.some(
        ({ name, value }) => name === 'frozen' && value.kind === 'Constant' && value.value === 'True',
      ),
  );
  if (hasHash || isFrozen) return true;
  return model.basesOf(owner).some((base) => {
    if (base === undefined) return false;
    const definition = model.classNamed(base);
    return VALUE_BASES.has(base) || (definition !== undefined && definition !== owner && isValue(definition, context));
  });
}

/** A class that is made anew with each call of a function: its caches go with it. */
function goesWithFunction({ outer }: Site): boolean {
  return outer?.definition !== undefined;
}

/** `__new__` with a cache: the instances are what is cached, and its first argument is none. */
function cachesInstances(owner: ast.ClassDefinition | undefined, context: RuleContext): boolean {
  return (
    owner?.body.statements.some(
      (statement) =>
        statement.kind === 'FunctionDefinition' &&
        statement.name.id === '__new__' &&
        statement.decorators.some((decorator) => rowOf(decorator, context) !== undefined),
    ) === true
  );
}

function rowOf(decorator: Expression, { model }: RuleContext): CacheRow | undefined {
  const name = model.qualifiedName(decorator.kind === 'Call' ? decorator.func : decorator);
  return CACHE_ROWS.find((candidate) => candidate.decorator === name);
}

function findDecorated(context: RuleContext): readonly Decorated[] {
  const found: Decorated[] = [];
  const largest = context.options.number('largest-size') ?? Infinity;
  const limitWithin = (limit: string | undefined) => (Number(limit) > largest ? undefined : limit);
  visitSites(context.tree.module, {
    statement: (definition, site) => {
      if (definition.kind !== 'FunctionDefinition') return;
      for (const decorator of definition.decorators) {
        const row = rowOf(decorator, context);
        if (row !== undefined)
          found.push({ definition, decorator, row, limit: limitWithin(limitOf(decorator, row)), site });
      }
    },
  });
  return found;
}

function limitOf(decorator: Expression, { bound, usual }: CacheRow): string | undefined {
  if (bound === undefined) return undefined;
  const given =
    decorator.kind === 'Call'
      ? (decorator.args.find(({ name }) => name === bound.keyword) ??
        (decorator.args[bound.position]?.kind === 'positional' ? decorator.args[bound.position] : undefined))
      : undefined;
  if (given === undefined) return usual === undefined ? undefined : String(usual);
  if (given.value.kind === 'Constant' && given.value.value === 'None') return undefined;
  return given.value.kind === 'Number' ? given.value.text : 'that many';
}

function isOneOf(expression: Expression, names: ReadonlySet<string>, { model }: RuleContext): boolean {
  const name = model.qualifiedName(expression);
  return name !== undefined && names.has(name);
}

/** Enumerations, metaclasses, and classes of which the file makes one instance, at module level. */
function hasFewInstances(owner: ast.ClassDefinition | undefined, { model }: RuleContext): boolean {
  if (owner === undefined) return true;
  return model.basesOf(owner).some((base) => base !== undefined && FEW_INSTANCES.has(base));
}

/** Its name or type says that new values keep coming; of most parameters nobody can tell. */
export function hasEndlessValues(name: string, annotation: Expression | undefined, context: RuleContext): boolean {
  if (annotation !== undefined) {
    if (hasFewValues(annotation, context)) return false;
    const type = context.model.qualifiedName(annotation);
    if (type !== undefined && ENDLESS_TYPES.has(type)) return true;
  }
  return ENDLESS_NAMES.test(name);
}

/** Annotated with a type that has few values, or values that the program keeps anyway. */
function hasFewValues(annotation: Expression | undefined, context: RuleContext): boolean {
  const { model } = context;
  if (annotation === undefined) return false;
  if (annotation.kind === 'Constant') return true;
  if (annotation.kind === 'Subscript') return hasFewValues(annotation.value, context);
  if (annotation.kind === 'BinaryOperation')
    return [annotation.left, annotation.right].every((side) => hasFewValues(side, context));
  const name = model.qualifiedName(annotation);
  if (name === undefined) return false;
  const local = model.classNamed(name);
  return FEW_VALUES.has(name) || (local !== undefined && hasFewInstances(local, context));
}

/** Names of functions whose cache the file empties: `lookup.cache_clear()`. */
function clearedNames({ tree }: RuleContext): ReadonlySet<string> {
  const names = new Set<string>();
  visitSites(tree.module, {
    expression: (expression) => {
      if (expression.kind !== 'Attribute' || expression.attr !== 'cache_clear') return;
      const of = expression.value;
      if (of.kind === 'Name') names.add(of.id);
      if (of.kind === 'Attribute') names.add(of.attr);
    },
  });
  return names;
}
