import {
  RELEASE_NAMES,
  selfOf,
  SUBSCRIPTION_ROWS,
  visitSites,
  type ast,
  type Expression,
  type Report,
  type RuleContext,
  type Site,
  type SubscriptionRow,
} from '@pylint-leaks/core';
import { growthEvidence, shown } from '../growth-report';
import { findOccasions } from '../growth-when';

const ROWS: ReadonlyMap<string, SubscriptionRow> = new Map(SUBSCRIPTION_ROWS.map((row) => [row.add, row]));

interface Subscription {
  readonly call: ast.Call;
  readonly row: SubscriptionRow;
  readonly site: Site;
}

/** Reports objects that subscribe to something that outlives them, have an end, and do not unsubscribe. */
export function reportSubscriptions(
  context: RuleContext,
  report: (report: Report<{ readonly subscription: '{{resource}}{{when}}{{remove}}' }>) => void,
): void {
  const found: Subscription[] = [];
  const attributes = new Set<string>();
  visitSites(context.tree.module, {
    expression: (expression, parents, statement, site) => {
      if (expression.kind === 'Attribute') attributes.add(expression.attr);
      if (expression.kind !== 'Call' || expression.func.kind !== 'Attribute') return;
      const row = ROWS.get(expression.func.attr);
      // A result that somebody keeps is how to unsubscribe.
      const isDropped = statement.kind === 'ExpressionStatement' && parents.every(({ kind }) => kind === 'Await');
      if (row === undefined || !isDropped || !isStrong(expression, row)) return;
      if (isOfOthers(expression.func.value, site, context) && givesOwnMethod(expression, site)) {
        found.push({ call: expression, row, site });
      }
    },
  });
  if (found.length === 0) return;
  const occasions = findOccasions(context);
  for (const { call, row, site } of found) {
    if (row.remove.some((name) => attributes.has(name)) || !hasEnd(site.owner)) continue;
    const when = occasions.whenOf(site);
    if (when === undefined) continue;
    report({
      messageId: 'subscription',
      span: call.span,
      data: {
        resource: shown(context, call.func.span),
        path: 'all',
        impact: 'medium',
        when,
        remove: row.remove[0] ?? '',
      },
      evidence: growthEvidence(context, site, shown(context, call.func.span)),
    });
  }
}

function isStrong(call: ast.Call, { strongOnlyWithout }: SubscriptionRow): boolean {
  if (strongOnlyWithout === undefined) return true;
  return call.args.some(
    ({ name, value }) => name === strongOnlyWithout && value.kind === 'Constant' && value.value === 'False',
  );
}

/** An argument of the method, a name of the module, or an attribute that an argument was put into. */
function isOfOthers(receiver: Expression, site: Site, { model }: RuleContext): boolean {
  const self = site.method === undefined ? undefined : selfOf(site.method);
  let root = receiver;
  while (root.kind === 'Attribute') root = root.value;
  if (root.kind !== 'Name' || self === undefined) return false;
  if (root.id !== self) {
    const found = model.lookup(root.id, model.enclosingScope(root));
    return (
      found?.bindings.every(({ kind }) => kind === 'parameter' || kind === 'import') === true ||
      found?.scope.node.kind === 'Module'
    );
  }
  if (receiver.kind !== 'Attribute') return false;
  return isFromParameter(receiver, site.owner);
}

/** `def __init__(self, bus): self.bus = bus` */
function isFromParameter(receiver: Expression, owner: ast.ClassDefinition | undefined): boolean {
  let first = receiver;
  while (first.kind === 'Attribute' && first.value.kind === 'Attribute') first = first.value;
  if (first.kind !== 'Attribute' || owner === undefined) return false;
  const { attr } = first;
  return owner.body.statements.some(
    (method) =>
      method.kind === 'FunctionDefinition' &&
      method.body.statements.some(
        (statement) =>
          statement.kind === 'Assign' &&
          statement.value.kind === 'Name' &&
          method.parameters.some(({ name }) => statement.value.kind === 'Name' && name === statement.value.id) &&
          statement.targets.some((target) => target.kind === 'Attribute' && target.attr === attr),
      ),
  );
}

function givesOwnMethod(call: ast.Call, { method }: Site): boolean {
  const self = method === undefined ? undefined : selfOf(method);
  return call.args.some(
    ({ value }) => value.kind === 'Attribute' && value.value.kind === 'Name' && value.value.id === self,
  );
}

/** The class has a method that ends its objects. */
function hasEnd(owner: ast.ClassDefinition | undefined): boolean {
  return (
    owner?.body.statements.some(
      (statement) => statement.kind === 'FunctionDefinition' && RELEASE_NAMES.test(statement.name.id),
    ) === true
  );
}
