import {
  textOf,
  walkBlock,
  type ast,
  type Diagnostic,
  type FixResult,
  type Lifetime,
  type LintResult,
} from '@pylint-leaks/core';
import { rebindsName } from '../retention/mentions';
import { containsYield, leavesEarly } from '../syntax/statement-facts';
import { placesOf, type Place } from '../syntax/tree-index';
import { isAsyncPlace, unawaited } from './acquisition';
import { endingAt, type Ending } from './ending';
import { isStill } from './evaluation-order';
import { moveObjections, nestingObjections } from './layout';
import { dropLeftReleases } from './left-releases';
import { check, decide, isRefused, refused, refuse, unsafe, type Check } from './objections';
import { bodyEdits, headerEdits } from './with-edits';

/**
 * `lock.acquire(); …; lock.release()` → `with lock:`. For locks, semaphores and conditions "the acquire() method will be
 * called when the block is entered, and release() will be called when the block is exited" (library reference).
 */
export function holdLock(diagnostic: Diagnostic, lifetime: Lifetime, lint: LintResult): FixResult {
  const { acquire: call, row, holding } = lifetime;
  const { statement } = holding;
  const place = placesOf(lint.tree.module).get(statement);
  if (place === undefined || statement.kind !== 'ExpressionStatement' || unawaited(statement.value) !== call) {
    return refused('something is made of what acquire says');
  }
  if (call.func.kind !== 'Attribute' || !isStill(call.func.value)) return refused('the lock is not held by a name');
  if (call.args.length > 0) return refused('acquire is given arguments');
  const isAsync = row.with === 'async';
  if (isAsync !== (statement.value.kind === 'Await') || (isAsync && !isAsyncPlace(place))) {
    return refused('it is not awaited as its kind of lock has to be');
  }
  const lock = textOf(lint.file, call.func.value.span);
  const found = findRelease(lint, lifetime, lock, place);
  if (found === undefined) return refused('nothing in the same block says how long it is to be held');
  const { statements, ending } = found;
  if (statements.length === 0) return refused('nothing happens between it and its release');
  const acquisition = {
    name: lock,
    statement,
    place,
    call,
    isAwaited: isAsync,
    companions: [],
    isAsync,
    keepsStatement: undefined,
  };
  const drops = dropLeftReleases(lint, lifetime, lock, statements);
  if (typeof drops === 'string') return refused(drops);
  const root = lock.split('.')[0] ?? lock;
  const isTouched = rebindsName(statements, root) || touches(statements, lock, lint, drops);
  const isKept = lifetime.verdict !== 'exception' && leavesEarly(statements);
  const checks: Check[] = [
    check('single-owner', isTouched ? [refuse(`${lock} is acquired, released or bound again in between`)] : []),
    check('layout-kept', [...moveObjections(lint, place), ...nestingObjections(place, statements)]),
    check('with-equals-release'),
    check('release-dominated', isKept ? [unsafe('a way out that keeps it today may be meant to')] : []),
    check(
      'release-unobserved',
      containsYield({ statements }) ? [unsafe('a generator holds it between its values')] : [],
    ),
    check('no-comment-moved'),
  ];
  if (isRefused(checks)) return decide(diagnostic.ruleId, { title: '', edits: [], checks });
  const header = headerEdits(lint, acquisition, `${isAsync ? 'async with' : 'with'} ${lock}:`);
  if (header === undefined) return refused('a comment in the statement would be lost');
  const body = bodyEdits(lint, acquisition, { statements, ending }, { drops, flat: undefined });
  if (typeof body === 'string') return refused(body);
  const title = 'Hold the lock with a with block';
  return decide(diagnostic.ruleId, { title, edits: [...header, ...body], checks });
}

function findRelease(
  lint: LintResult,
  lifetime: Lifetime,
  lock: string,
  place: Place,
): { readonly statements: readonly ast.Statement[]; readonly ending: Ending } | undefined {
  const statements: ast.Statement[] = [];
  for (const statement of place.block.statements.slice(place.index + 1)) {
    const here = placesOf(lint.tree.module).get(statement);
    const ending = here === undefined ? undefined : endingAt(lint, lifetime, [lock], here);
    if (ending !== undefined) return ending.isPlain ? { statements, ending } : undefined;
    statements.push(statement);
  }
  return undefined;
}

/** True when the lock is acquired, released or replaced in between, apart from what goes away. */
function touches(
  statements: readonly ast.Statement[],
  lock: string,
  { file }: LintResult,
  drops: readonly { readonly span: { readonly start: number; readonly end: number } }[],
): boolean {
  let found = false;
  const isLock = (expression: ast.Expression): boolean => textOf(file, expression.span) === lock;
  walkBlock(
    { span: { start: 0, end: 0 }, statements },
    {
      statement: (statement) => {
        if (statement.kind === 'Assign') found ||= statement.targets.some(isLock);
        if (statement.kind === 'With') found ||= statement.items.some(({ context }) => isLock(context));
        return undefined;
      },
      expression: (expression) => {
        const isDropped = drops.some(
          ({ span }) => span.start <= expression.span.start && expression.span.end <= span.end,
        );
        if (expression.kind !== 'Attribute' || isDropped) return undefined;
        if (/^(?:acquire|release|__enter__|__exit__)$/.test(expression.attr)) found ||= isLock(expression.value);
        return undefined;
      },
    },
  );
  return found;
}
