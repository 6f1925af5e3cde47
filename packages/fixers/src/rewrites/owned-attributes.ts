import { walkBlock, type ast, type Lifetime, type LintResult } from '@pylint-leaks/core';

/** An attribute of an object that holds something nobody releases. */
export interface OwnedAttribute {
  readonly name: string;
  readonly lifetime: Lifetime;
}

/** The attribute of `self` that holds what a lifetime acquires, with its class; a reason when it is anything else. */
export function ownerOf(
  lifetime: Lifetime,
  lint: LintResult,
): { readonly owner: ast.ClassDefinition; readonly attribute: string; readonly self: string } | string {
  const { holding, region } = lifetime;
  const owner = region.kind === 'FunctionDefinition' ? lint.model.classOf(region) : undefined;
  if (holding.kind !== 'attribute' || region.kind !== 'FunctionDefinition' || owner === undefined) {
    return 'no attribute of a class of this file holds it';
  }
  const [receiver, attribute, ...deeper] = holding.path.split('.');
  if (
    receiver === undefined ||
    attribute === undefined ||
    deeper.length > 0 ||
    receiver !== region.parameters[0]?.name
  ) {
    return 'it is held by an attribute of something else than the object itself';
  }
  const isClassMethod = region.decorators.some((decorator) => decorator.kind === 'Name' && decorator.id !== 'property');
  return isClassMethod ? 'the class itself may hold it' : { owner, attribute, self: receiver };
}

/** Everything that a class owns and never releases, in the order in which it is acquired. */
export function ownedBy(owner: ast.ClassDefinition, lint: LintResult): readonly OwnedAttribute[] {
  const found = new Map<string, OwnedAttribute>();
  for (const lifetime of lint.lifetimes) {
    if (lifetime.loss !== 'owner-never-releases') continue;
    const held = ownerOf(lifetime, lint);
    if (typeof held === 'string' || held.owner !== owner || found.has(held.attribute)) continue;
    found.set(held.attribute, { name: held.attribute, lifetime });
  }
  return [...found.values()];
}

/** Names that mean something in a class or on its objects: methods, other names of its body, attributes it sets. */
export function membersOf(owner: ast.ClassDefinition): ReadonlySet<string> {
  const names = new Set<string>();
  const target = (expression: ast.Expression): void => {
    if (expression.kind === 'Name') names.add(expression.id);
    if (expression.kind === 'Tuple') expression.elements.forEach(target);
  };
  for (const statement of owner.body.statements) {
    if (statement.kind === 'FunctionDefinition' || statement.kind === 'ClassDefinition') names.add(statement.name.id);
    if (statement.kind === 'Assign') statement.targets.forEach(target);
    if (statement.kind === 'AnnotatedAssign') target(statement.target);
  }
  walkBlock(owner.body, {
    statement: (statement) => {
      const targets = statement.kind === 'Assign' ? statement.targets : [];
      for (const each of targets) {
        if (each.kind === 'Attribute' && each.value.kind === 'Name' && each.value.id === 'self') names.add(each.attr);
      }
      // Methods may be defined under `if sys.platform == …`.
      if (statement.kind === 'FunctionDefinition') names.add(statement.name.id);
      return undefined;
    },
  });
  return names;
}
