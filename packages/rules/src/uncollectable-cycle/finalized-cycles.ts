import {
  selfOf,
  walkBlock,
  walkExpression,
  type ast,
  type Expression,
  type Report,
  type RuleContext,
} from '@pylint-leaks/core';
import { growthEvidence } from '../growth-report';

/** Reports attributes that refer back to an object with a finalizer, or with a resource that nobody releases. */
export function reportFinalizedCycles(
  context: RuleContext,
  report: (report: Report<{ readonly 'finalizer-in-cycle': '{{resource}}{{finalizer}}' }>) => void,
): void {
  walkBlock(context.tree.module.body, {
    statement: (statement) => {
      if (statement.kind !== 'ClassDefinition') return undefined;
      const finalizer = finalizerOf(statement, context);
      if (finalizer === undefined) return undefined;
      for (const { method, target, value } of cyclesOf(statement, context)) {
        report({
          messageId: 'finalizer-in-cycle',
          span: value.span,
          data: { resource: `self.${target}`, path: 'all', impact: 'low', finalizer },
          evidence: growthEvidence(
            context,
            { definition: method, owner: statement, method, loops: [], tests: [], tries: [], outer: undefined },
            `self.${target}`,
          ),
        });
      }
      return undefined;
    },
  });
}

/** What of an object of the class has to run or be released when the last reference goes. */
function finalizerOf(owner: ast.ClassDefinition, { lifetimes, model }: RuleContext): string | undefined {
  const methods = methodsOf(owner);
  if (methods.some(({ name }) => name.id === '__del__')) return '__del__';
  const held = lifetimes.find(
    ({ loss, region, row }) =>
      loss === 'owner-never-releases' &&
      row.reclaim === 'refcount' &&
      region.kind === 'FunctionDefinition' &&
      model.classOf(region) === owner,
  );
  return held === undefined ? undefined : `the end of ${held.row.acquire.replace(/^builtins\.|^<local>\./, '')}`;
}

interface Cycle {
  readonly method: ast.FunctionDefinition;
  readonly target: string;
  readonly value: Expression;
}

/** Attributes of `self` that are given what refers to `self`, and are never given anything else. */
function cyclesOf(owner: ast.ClassDefinition, context: RuleContext): readonly Cycle[] {
  const cycles: Cycle[] = [];
  const others = new Set<string>();
  for (const method of methodsOf(owner)) {
    const self = selfOf(method);
    walkBlock(method.body, {
      statement: (statement) => {
        if (statement.kind === 'Delete') for (const target of statement.targets) noteOther(target, self, others);
        if (statement.kind !== 'Assign') return undefined;
        for (const target of statement.targets) {
          if (target.kind !== 'Attribute' || !isSelf(target.value, self)) continue;
          if (refersBack(statement.value, self, owner, context)) {
            cycles.push({ method, target: target.attr, value: statement.value });
          } else if (method.name.id !== '__init__') others.add(target.attr);
        }
        return undefined;
      },
    });
  }
  return cycles.filter(
    ({ target }, i) => !others.has(target) && cycles.findIndex((other) => other.target === target) === i,
  );
}

function noteOther(target: Expression, self: string, others: Set<string>): void {
  if (target.kind === 'Attribute' && isSelf(target.value, self)) others.add(target.attr);
}

/** A bound method of `self`, a lambda that mentions it, or an object of the file that keeps it as an attribute. */
function refersBack(value: Expression, self: string, owner: ast.ClassDefinition, context: RuleContext): boolean {
  switch (value.kind) {
    case 'Attribute':
      return isSelf(value.value, self) && isPlainMethod(owner, value.attr);
    case 'Lambda':
      return mentionsSelf(value.body, self);
    case 'Call':
      return isKeptByResult(value, self, owner, context);
    default:
      return false;
  }
}

/** `Child(self)`, where `Child.__init__` does `self.parent = parent`; `partial(self.method)`. */
function isKeptByResult(call: ast.Call, self: string, owner: ast.ClassDefinition, context: RuleContext): boolean {
  const { model } = context;
  const name = model.qualifiedName(call.func);
  if (name === 'functools.partial')
    return call.args.some(({ value }) => refersBack(value, self, owner, context) || isSelf(value, self));
  const made = name === undefined ? undefined : model.classNamed(name);
  const maker = made === undefined ? undefined : methodsOf(made).find((method) => method.name.id === '__init__');
  if (maker === undefined) return false;
  const positional = maker.parameters.filter(({ kind }) => kind === 'positional').slice(1);
  return call.args.some(({ kind, name: keyword, value }, i) => {
    if (!isSelf(value, self) && !(value.kind === 'Attribute' && refersBack(value, self, owner, context))) return false;
    const parameter = kind === 'keyword' ? keyword : positional[i]?.name;
    return parameter !== undefined && keeps(maker, parameter);
  });
}

function keeps(maker: ast.FunctionDefinition, parameter: string): boolean {
  const self = selfOf(maker);
  return maker.body.statements.some(
    (statement) =>
      statement.kind === 'Assign' &&
      statement.value.kind === 'Name' &&
      statement.value.id === parameter &&
      statement.targets.some((target) => target.kind === 'Attribute' && isSelf(target.value, self)),
  );
}

function methodsOf(owner: ast.ClassDefinition): readonly ast.FunctionDefinition[] {
  return owner.body.statements.filter(
    (statement): statement is ast.FunctionDefinition => statement.kind === 'FunctionDefinition',
  );
}

/** A property gives a value, not a bound method; a static method holds no object. */
function isPlainMethod(owner: ast.ClassDefinition, name: string): boolean {
  return methodsOf(owner).some((method) => method.name.id === name && method.decorators.length === 0);
}

function isSelf(expression: Expression, self: string): boolean {
  return expression.kind === 'Name' && expression.id === self;
}

function mentionsSelf(expression: Expression, self: string): boolean {
  let found = false;
  walkExpression(expression, (part) => {
    found ||= isSelf(part, self);
    return !found;
  });
  return found;
}
