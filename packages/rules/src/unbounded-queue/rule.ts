import {
  anyWord,
  CONTAINER_ROWS,
  defineRule,
  mayRepeat,
  type Container,
  type ContainerUse,
  type RuleContext,
} from '@pylint-leaks/core';
import { isTestModule } from '../growth-when';
import { growthEvidence, placeName, shown } from '../growth-report';

export default defineRule({
  id: 'unbounded-queue',
  meta: {
    summary: 'A queue without a limit is filled over and over.',
    severity: 'warning',
    recommended: false,
    fix: 'none',
    since: '0.1.0',
    concern: { kind: 'tree', mayFind: mayQueue },
  },
  messages: {
    'never-drained': '`{{resource}}` has no limit and is filled {{when}}, and nothing takes anything out of it',
    'no-backpressure':
      '`{{resource}}` has no limit and is filled {{when}}; a consumer that falls behind lets it grow until memory is used up',
  },
  check(context, report) {
    if (isTestModule(context)) return;
    for (const container of context.growth.containers()) {
      const kind = queueKind(container);
      if (kind === undefined) continue;
      const producer = container.uses.find((use) => isProducer(use, container, context));
      if (producer === undefined) continue;
      const resource = placeName(container.place);
      const repetition = context.growth.repetition(producer.site);
      report({
        messageId: kind,
        span: producer.mention.span,
        data: {
          resource,
          path: 'all',
          impact: kind === 'never-drained' ? 'medium' : 'low',
          when: repetition?.kind === 'handler' ? 'with each event' : 'in a loop without an end',
        },
        related: [
          { span: container.creation.span, message: `\`${shown(context, container.creation.span)}\` has no limit` },
        ],
        evidence: growthEvidence(context, producer.site, resource),
      });
    }
  },
});

/** What is wrong with a queue or a deque that is used as one; undefined when nothing is, or nobody can know. */
function queueKind({ form, uses }: Container): 'never-drained' | 'no-backpressure' | undefined {
  if (form !== 'queue' && form !== 'deque') return undefined;
  const has = (kind: ContainerUse['effect']['kind']): boolean => uses.some(({ effect }) => effect.kind === kind);
  if (has('measured') || !has('grows')) return undefined;
  if (uses.some(({ effect }) => effect.kind === 'rebinds' && !effect.isFirst)) return undefined;
  const isDrained = has('shrinks');
  if (form === 'deque') return isDrained ? 'no-backpressure' : undefined;
  if (isDrained) return 'no-backpressure';
  return has('escapes') || has('exposed') ? undefined : 'never-drained';
}

/** Fills it again and again; a function that takes out as well puts back what it could not do. */
function isProducer({ effect, site }: ContainerUse, { uses }: Container, { growth }: RuleContext): boolean {
  if (effect.kind !== 'grows' || growth.repetition(site) === undefined) return false;
  return !uses.some((use) => use.effect.kind === 'shrinks' && use.site.definition === site.definition);
}

const QUEUES = anyWord(
  CONTAINER_ROWS.filter(({ form }) => form === 'queue' || form === 'deque').map(({ call }) =>
    call.replace(/^.*\./, ''),
  ),
);

function mayQueue(text: string): boolean {
  return QUEUES.test(text) && mayRepeat(text);
}
