import type { ContainerPlace, Evidence, RuleContext, Site } from '@pylint-leaks/core';

/** Evidence of something that grows: the function or class it stands in, and what it is called there. */
export function growthEvidence({ model }: RuleContext, site: Site, subject: string): Evidence {
  const node = site.definition ?? site.owner ?? model.module;
  return { kind: 'growth', scope: model.scopeOf(node).qualifiedName, subject };
}

/** Source text on one line, for messages; long text is cut. */
export function shown({ file }: RuleContext, { start, end }: { readonly start: number; readonly end: number }): string {
  const text = file.text.slice(start, end).replace(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** How people refer to a container: `self.items`, `Store.items`, `ITEMS`. */
export function placeName(place: ContainerPlace): string {
  switch (place.kind) {
    case 'instance':
      return `self.${place.name}`;
    case 'class':
      return `${place.owner.name.id}.${place.name}`;
    case 'module':
      return place.name;
  }
}

/** Computes a value when it is first asked for, and once. */
export function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
