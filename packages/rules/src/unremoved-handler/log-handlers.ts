import {
  ALREADY_DONE,
  SET_UP_NAMES,
  visitSites,
  walkBlock,
  walkExpression,
  type ast,
  type Expression,
  type Report,
  type RuleContext,
  type Site,
} from '@pylint-leaks/core';
import { growthEvidence, shown } from '../growth-report';
import { findOccasions, type When } from '../growth-when';

/** Reports handlers that are added to loggers of the logging module more than once. */
export function reportLogHandlers(
  context: RuleContext,
  report: (report: Report<{ readonly 'log-handler': '{{when}}' }>) => void,
): void {
  const added: { readonly call: ast.Call; readonly site: Site }[] = [];
  let isRemoved = false;
  visitSites(context.tree.module, {
    expression: (expression, _, __, site) => {
      if (expression.kind === 'Attribute' && expression.attr === 'removeHandler') isRemoved = true;
      if (expression.kind !== 'Call' || expression.func.kind !== 'Attribute') return;
      if (expression.func.attr === 'addHandler') added.push({ call: expression, site });
    },
  });
  // Who removes handlers has thought of it; whether all of them is not for this rule to say.
  if (isRemoved || added.length === 0) return;
  const occasions = findOccasions(context);
  for (const { call, site } of added) {
    const when = occasions.whenOf(site);
    if (when === undefined || isGuarded(site, context) || isSetUp(site, when) || !isShared(call, context)) continue;
    report({
      messageId: 'log-handler',
      span: call.span,
      data: { resource: 'logging.Logger.addHandler', path: 'all', impact: 'medium', when },
      evidence: growthEvidence(context, site, shown(context, call.func.span)),
    });
  }
}

/** Functions named for it are called once, by whoever starts the program. */
function isSetUp({ definition }: Site, when: When): boolean {
  return (
    when === 'with each call' && definition?.kind === 'FunctionDefinition' && SET_UP_NAMES.test(definition.name.id)
  );
}

/** Some question in the function is about handlers there already, or about a flag; or they are thrown away first. */
function isGuarded({ definition, tests }: Site, { file }: RuleContext): boolean {
  const asks = (test: Expression): boolean => ALREADY_DONE.test(file.text.slice(test.span.start, test.span.end));
  if (tests.some(asks)) return true;
  if (definition === undefined || definition.kind === 'Lambda') return false;
  let found = false;
  walkBlock(definition.body, {
    statement: (statement) => {
      if (statement.kind === 'If') found ||= asks(statement.test);
      if (statement.kind === 'Assign') found ||= statement.targets.some(isHandlerList);
      return undefined;
    },
    expression: (expression) => {
      // `logger.handlers.clear()`, `logger.handlers[:]`
      if (expression.kind === 'Attribute' && isHandlerList(expression)) found = true;
      return undefined;
    },
  });
  return found;
}

function isHandlerList(expression: Expression): boolean {
  return (
    (expression.kind === 'Attribute' && (expression.attr === 'handlers' || expression.attr === 'hasHandlers')) ||
    (expression.kind === 'Subscript' && isHandlerList(expression.value))
  );
}

/** The logger comes from the registry by a name that does not change, or by one that the caller gives. */
function isShared(call: ast.Call, context: RuleContext): boolean {
  const receiver = call.func.kind === 'Attribute' ? call.func.value : undefined;
  const source = receiver === undefined ? undefined : sourceOf(receiver, context);
  if (source?.kind !== 'Call' || context.model.qualifiedName(source.func) !== 'logging.getLogger') return false;
  const name = source.args[0]?.value;
  if (name === undefined) return true;
  let isPlain = true;
  walkExpression(name, (part) => {
    if (part.kind === 'Call' || (part.kind === 'String' && part.interpolations.length > 0)) isPlain = false;
    if (part.kind === 'Attribute' && part.attr !== '__name__' && part.attr !== '__class__') isPlain = false;
    return isPlain;
  });
  return isPlain;
}

/** The value a name or attribute of `self` was given, when there is one only. */
function sourceOf(expression: Expression, context: RuleContext): Expression | undefined {
  const { model, tree } = context;
  if (expression.kind === 'Call') return expression;
  if (expression.kind === 'Name') {
    const bindings = model.lookup(expression.id, model.enclosingScope(expression))?.bindings ?? [];
    const [only, another] = bindings;
    return only?.kind === 'assignment' && another === undefined ? only.value : undefined;
  }
  if (expression.kind !== 'Attribute') return undefined;
  const { attr } = expression;
  const values: Expression[] = [];
  walkBlock(tree.module.body, {
    statement: (statement) => {
      if (statement.kind !== 'Assign') return undefined;
      if (statement.targets.some((target) => target.kind === 'Attribute' && target.attr === attr))
        values.push(statement.value);
      return undefined;
    },
  });
  return values.length === 1 ? values[0] : undefined;
}
