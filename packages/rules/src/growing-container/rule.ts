import {
  defineRule,
  HISTORY_NAMES,
  type Container,
  type ContainerUse,
  type Expression,
  type Repetition,
  type RepetitionOf,
  type RuleContext,
} from '@pylint-leaks/core';
import { growthEvidence, lazily, placeName, shown } from '../growth-report';
import { findOccasions, isTestModule, type Occasions } from '../growth-when';
import { isFresh } from './fresh';

type Growth = ContainerUse & { readonly effect: Extract<ContainerUse['effect'], { kind: 'grows' }> };

export default defineRule({
  id: 'growing-container',
  meta: {
    summary: 'A container of a long-lived object only grows.',
    severity: 'warning',
    recommended: true,
    fix: 'none',
    since: '0.1.0',
    options: {
      histories: {
        kind: 'flag',
        usual: true,
        about:
          'also lists that are named like a history and that a method adds to, though nobody sees it run over and over',
      },
    },
  },
  messages: {
    'only-grows': '`{{resource}}` grows {{when}} and nothing ever takes anything out of it',
    'elements-only-grow': 'what is in `{{resource}}` grows {{when}} and nothing ever takes anything out of it',
  },
  check(context, report) {
    if (isTestModule(context)) return;
    const occasions = lazily(() => findOccasions(context));
    for (const container of context.growth.containers()) {
      if (container.form === 'queue' || !onlyGrows(container)) continue;
      const found = firstGrowth(container, context, occasions);
      if (found === undefined) continue;
      const { growth, when } = found;
      const resource = placeName(container.place);
      report({
        messageId: growth.effect.isInner ? 'elements-only-grow' : 'only-grows',
        span: growth.mention.span,
        data: { resource, path: 'all', impact: 'medium', when },
        related: [
          { span: container.creation.span, message: `\`${shown(context, container.creation.span)}\` has no limit` },
        ],
        evidence: growthEvidence(context, growth.site, resource),
      });
    }
  },
});

/** Nothing empties it, replaces it, looks at how long it has become, or may do so out of sight. */
function onlyGrows({ uses }: Container): boolean {
  return uses.every(({ effect }) => {
    switch (effect.kind) {
      case 'shrinks':
      case 'measured':
      case 'escapes':
        return false;
      case 'rebinds':
        return effect.isFirst;
      case 'grows':
      case 'asked':
      case 'looked-up':
      case 'read':
      case 'exposed':
        return true;
    }
  });
}

function firstGrowth(
  container: Container,
  context: RuleContext,
  occasions: () => Occasions,
): { readonly growth: Growth; readonly when: string } | undefined {
  for (const use of container.uses) {
    const { effect } = use;
    if (effect.kind !== 'grows' || !addsNewThings({ ...use, effect }, container, context)) continue;
    const repetition = repetitionAt(use, container, context.growth.repetition);
    if (repetition !== undefined) return { growth: { ...use, effect }, when: whenOf(repetition) };
    if (context.options.flag('histories') && isHistory(use, container, occasions))
      return { growth: { ...use, effect }, when: 'with each call' };
  }
  return undefined;
}

/** A history that a method of an object adds to; objects that a program makes once, to do one job, are left alone. */
function isHistory({ site }: ContainerUse, { place, form }: Container, occasions: () => Occasions): boolean {
  if (form !== 'list' && form !== 'deque') return false;
  if (!HISTORY_NAMES.test(place.name) || place.kind !== 'instance' || site.method === undefined) return false;
  return site.method.name.id !== '__init__' && site.loops.length === 0 && !occasions().isMadeOnce(place.owner);
}

function repetitionAt(use: ContainerUse, { place }: Container, repetitionOf: RepetitionOf): Repetition | undefined {
  const repetition = repetitionOf(use.site);
  // With a new object for each request its attributes begin empty each time.
  const isFreshObject = repetition?.kind === 'handler' && !repetition.isShared && place.kind === 'instance';
  return isFreshObject ? undefined : repetition;
}

/** Each round adds something: an element of a list, or an entry under a key that was not there before. */
function addsNewThings({ effect, site }: Growth, container: Container, context: RuleContext): boolean {
  const { file } = context;
  const textOf = (span: { readonly start: number; readonly end: number }): string =>
    file.text.slice(span.start, span.end);
  const isAsked = container.uses.some(
    (use) =>
      use.effect.kind === 'asked' &&
      effect.added !== undefined &&
      textOf(use.effect.key.span) === textOf(effect.added.span),
  );
  if (effect.isInner) return INNER_METHODS.has(effect.method) && holdsLists(container, context);
  switch (container.form) {
    case 'list':
    case 'deque':
      // A text out of the source is a step of something, not data that comes in.
      return !isAsked && effect.added?.kind !== 'String' && effect.added?.kind !== 'Constant';
    case 'set':
      return effect.added !== undefined && isFresh(effect.added, site, context);
    case 'dict':
      return effect.key !== undefined && isFresh(effect.key, site, context);
    case 'queue':
      return false;
  }
}

/** Methods that lists have. */
const INNER_METHODS: ReadonlySet<string> = new Set(['append', 'extend', 'insert']);

/** Its elements are seen to be lists: `defaultdict(list)`, `self.groups[k] = []`. */
function holdsLists({ creation, row, uses }: Container, { model }: RuleContext): boolean {
  const isList = (value: Expression | undefined): boolean =>
    value?.kind === 'List' || (value?.kind === 'Call' && model.qualifiedName(value.func) === 'builtins.list');
  const [made] = creation.kind === 'Call' ? creation.args : [];
  if (row?.fillsOnRead === true && made !== undefined && model.qualifiedName(made.value) === 'builtins.list')
    return true;
  return uses.some(({ effect }) => effect.kind === 'grows' && !effect.isInner && isList(effect.added));
}

function whenOf(repetition: Repetition): string {
  switch (repetition.kind) {
    case 'endless-loop':
      return 'in each round of a loop without an end';
    case 'called-in-loop':
      return `in each round of the loop in \`${repetition.from}\``;
    case 'handler':
      return 'with each event';
  }
}
