import { CACHE_NAMES, type Container, type ContainerUse, type Report, type RuleContext } from '@pylint-leaks/core';
import { growthEvidence, placeName } from '../growth-report';
import { isParameterKey } from './parameter-key';

/** Reports dictionaries that remember results by argument and forget none. */
export function reportDictCaches(
  context: RuleContext,
  report: (report: Report<{ readonly 'no-eviction': '{{resource}}' }>) => void,
): void {
  for (const container of context.growth.containers()) {
    if (container.form !== 'dict' || !CACHE_NAMES.test(container.place.name) || forgets(container)) continue;
    const storing = container.uses.find((use) => isStoredByArgument(use, container, context));
    if (storing === undefined) continue;
    const resource = placeName(container.place);
    report({
      messageId: 'no-eviction',
      span: storing.mention.span,
      data: { resource, path: 'all', impact: container.place.kind === 'instance' ? 'low' : 'medium' },
      related: [{ span: container.creation.span, message: 'made here' }],
      evidence: growthEvidence(context, storing.site, resource),
    });
  }
}

function forgets({ uses }: Container): boolean {
  return uses.some(
    ({ effect }) =>
      effect.kind === 'shrinks' ||
      effect.kind === 'measured' ||
      effect.kind === 'escapes' ||
      effect.kind === 'exposed' ||
      (effect.kind === 'rebinds' && !effect.isFirst),
  );
}

/** Stored under a key that an argument makes, and looked up by the same key. */
function isStoredByArgument({ effect, site }: ContainerUse, { uses }: Container, context: RuleContext): boolean {
  if (effect.kind !== 'grows' || effect.isInner || effect.key === undefined || site.definition === undefined)
    return false;
  const { key } = effect;
  const text = context.file.text.slice(key.span.start, key.span.end);
  const isFound = uses.some(
    (use) =>
      (use.effect.kind === 'asked' || use.effect.kind === 'looked-up') &&
      use.site.definition === site.definition &&
      context.file.text.slice(use.effect.key.span.start, use.effect.key.span.end) === text,
  );
  return isFound && isParameterKey(key, site, context);
}
