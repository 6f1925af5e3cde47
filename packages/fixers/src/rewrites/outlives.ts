import type { ast, LintResult, Scope, Span } from '@pylint-leaks/core';
import { Liveness } from '../retention/liveness';
import { localCalls } from '../retention/local-calls';
import { isCapturedOutside } from '../retention/mentions';
import { scanRetention, type Escape, type Retention, type Seeds } from '../retention/scan';
import { enclosingDefinition, isBelowMainGuard, type Place } from '../syntax/tree-index';
import { refuse, unsafe, type Objection } from './objections';

/** The statements that a rewrite puts under a `with`, and what they use. */
export interface Extent {
  readonly lint: LintResult;
  readonly scope: Scope;
  readonly statements: readonly ast.Statement[];
  /** The last statement of the extent: what may run after it must not need the resource. */
  readonly last: Place;
  readonly span: Span;
  readonly seeds: Seeds;
  /** Statements outside that may mention the resource without harm: second releases. */
  readonly isHarmless: (statement: ast.Statement) => boolean;
}

/** What the statements of an extent make of the resource. */
export function retentionOf(extent: Pick<Extent, 'lint' | 'scope' | 'statements' | 'seeds'>): Retention {
  const { scope, lint, statements, seeds } = extent;
  const shared = { has: (name: string) => scope.globals.has(name) || scope.nonlocals.has(name) };
  return scanRetention(statements, seeds, lint.model, shared, localCalls(lint));
}

const HOW: Readonly<Record<Escape['how'], string>> = {
  returned: 'something that still needs it is returned',
  yielded: 'something that still needs it is yielded',
  stored: 'something that still needs it is stored where it outlives the block',
  raised: 'something that still needs it leaves in an exception',
  'declared-global': 'something that still needs it is stored in a global or nonlocal name',
};

/** Reasons why the resource may still be needed after the extent. */
export function outliveObjections(extent: Extent): Objection[] {
  const { lint, scope } = extent;
  const retention = retentionOf(extent);
  const objections: Objection[] = retention.escapes.map(({ how }) =>
    how === 'yielded' && isResumedByCaller(lint, scope)
      ? unsafe('the code between yield and resume may keep it')
      : refuse(HOW[how]),
  );
  if (retention.unknownCalls.length > 0) objections.push(unsafe('it is handed to code that may keep it'));
  for (const name of retention.names) {
    if (scope.globals.has(name) || scope.nonlocals.has(name)) objections.push(refuse(`${name} is global or nonlocal`));
    const liveness = new Liveness(lint.model, name, extent.isHarmless);
    if (liveness.mayBeReadAfter(extent.last))
      objections.push(refuse(`${name} still needs it and is used after the block`));
    else if (isCapturedOutside(lint.model, bodyOf(lint, scope), name, extent.span)) {
      objections.push(refuse(`${name} is used by a nested function outside the block`));
    }
  }
  if (retention.names.size > 0) objections.push(...visibilityObjections(extent.last));
  return objections;
}

/** Names of a module can be used by other files. */
export function visibilityObjections(place: Place): Objection[] {
  const definition = enclosingDefinition(place);
  if (definition === undefined) return isBelowMainGuard(place) ? [] : [unsafe('other modules may use the name')];
  return definition.kind === 'ClassDefinition' ? [refuse('the name is an attribute of the class')] : [];
}

/** Names that a handler or `finally` around the extent reads when an exception has left it. */
export function handlerObjections(extent: Extent): Objection[] {
  const objections: Objection[] = [];
  for (const name of retentionOf(extent).names) {
    const liveness = new Liveness(extent.lint.model, name, extent.isHarmless);
    if (liveness.mayBeReadByHandlers(extent.last))
      objections.push(refuse(`an exception handler uses ${name} after the block`));
  }
  return objections;
}

function bodyOf(lint: LintResult, scope: Scope): ast.Block {
  const { node } = scope;
  return node.kind === 'FunctionDefinition' || node.kind === 'ClassDefinition' ? node.body : lint.tree.module.body;
}

const RESUMED = new Set([
  'contextlib.contextmanager',
  'contextlib.asynccontextmanager',
  'pytest.fixture',
  'pytest_asyncio.fixture',
]);

/** Generators whose caller gets control back at the `yield` and resumes them when it is done with the value. */
function isResumedByCaller(lint: LintResult, { node }: Scope): boolean {
  return (
    node.kind === 'FunctionDefinition' &&
    node.decorators.some((decorator) =>
      RESUMED.has(lint.model.qualifiedName(decorator.kind === 'Call' ? decorator.func : decorator) ?? ''),
    )
  );
}
