import {
  ADDING_NAMES,
  CALLBACK_NAMES,
  FIRES_ONCE,
  walkBlock,
  type ast,
  type Container,
  type ContainerUse,
  type Expression,
  type Report,
  type RuleContext,
} from '@pylint-leaks/core';
import { growthEvidence, lazily, placeName } from '../growth-report';
import { findOccasions, type Occasions } from '../growth-when';

/** Reports lists of callbacks that a method adds to, and that nothing takes away from. */
export function reportCallbackLists(
  context: RuleContext,
  report: (report: Report<{ readonly 'no-way-to-remove': '{{resource}}' }>) => void,
): void {
  const occasions = lazily(() => findOccasions(context));
  for (const container of context.growth.containers()) {
    if (container.form === 'queue' || mayShrink(container)) continue;
    const { name } = container.place;
    if (!CALLBACK_NAMES.test(name) || FIRES_ONCE.test(name)) continue;
    const adding = container.uses.find((use) => addsParameter(use));
    if (adding === undefined || !livesOn(container, occasions) || !isCalled(container, context)) continue;
    const resource = placeName(container.place);
    report({
      messageId: 'no-way-to-remove',
      span: adding.mention.span,
      data: { resource, path: 'all', impact: 'low' },
      related: [{ span: container.creation.span, message: 'made here' }],
      evidence: growthEvidence(context, adding.site, resource),
    });
  }
}

/** What the program keeps, or an object that is seen to live on; callbacks of one that comes and goes do so with it. */
function livesOn({ place }: Container, occasions: () => Occasions): boolean {
  return place.kind !== 'instance' || occasions().isLongLived(place.owner);
}

function mayShrink({ uses }: Container): boolean {
  return uses.some(
    ({ effect }) =>
      effect.kind === 'shrinks' ||
      effect.kind === 'escapes' ||
      effect.kind === 'exposed' ||
      effect.kind === 'measured' ||
      (effect.kind === 'rebinds' && !effect.isFirst),
  );
}

/** `def add_listener(self, listener): self.listeners.append(listener)`; a decorator, which gives it back, is used at import. */
function addsParameter({ effect, site }: ContainerUse): boolean {
  if (effect.kind !== 'grows' || (effect.method !== 'append' && effect.method !== 'add')) return false;
  const { definition } = site;
  const { added } = effect;
  if (definition?.kind !== 'FunctionDefinition' || added?.kind !== 'Name') return false;
  if (!ADDING_NAMES.test(definition.name.id)) return false;
  // `on_join=None` among others is a form to fill in, once for each part of a program.
  const parameter = definition.parameters.find(({ name }) => name === added.id);
  return parameter !== undefined && parameter.default === undefined && !givesSomethingBack(definition);
}

function givesSomethingBack(definition: ast.FunctionDefinition): boolean {
  let found = false;
  walkBlock(definition.body, {
    statement: (statement) => {
      // `return unsubscribe` is a way to remove, too.
      if (statement.kind === 'Return' && statement.value !== undefined)
        found ||=
          statement.value.kind !== 'Constant' && !(statement.value.kind === 'Name' && statement.value.id === 'self');
      return undefined;
    },
  });
  return found;
}

/** Somebody goes over it and calls what is in it. */
function isCalled(container: Container, { tree }: RuleContext): boolean {
  const mentions = new Set<Expression>(container.uses.map(({ mention }) => mention));
  let found = false;
  walkBlock(tree.module.body, {
    statement: (statement) => {
      if (statement.kind !== 'For' || found) return !found;
      const names = new Set<string>();
      collectNames(statement.target, names);
      if (!contains(statement.iterable, mentions)) return true;
      walkBlock(statement.body, {
        expression: (expression) => {
          if (expression.kind === 'Call') found ||= isOneOf(expression.func, names);
          return !found;
        },
      });
      return true;
    },
  });
  return found;
}

function isOneOf(expression: Expression, names: ReadonlySet<string>): boolean {
  return expression.kind === 'Name'
    ? names.has(expression.id)
    : expression.kind === 'Attribute' && isOneOf(expression.value, names);
}

function contains(expression: Expression, wanted: ReadonlySet<Expression>): boolean {
  if (wanted.has(expression)) return true;
  if (expression.kind === 'Call')
    return contains(expression.func, wanted) || expression.args.some(({ value }) => contains(value, wanted));
  return (expression.kind === 'Attribute' || expression.kind === 'Subscript') && contains(expression.value, wanted);
}

function collectNames(target: Expression, into: Set<string>): void {
  if (target.kind === 'Name') into.add(target.id);
  if (target.kind === 'Tuple' || target.kind === 'List')
    for (const element of target.elements) collectNames(element, into);
}
