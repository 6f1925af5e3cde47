import { type ast, type Diagnostic, type FixResult, type Lifetime, type LintResult } from '@pylint-leaks/core';
import { kindOfRow } from '../retention/kinds';
import { rebindsName } from '../retention/mentions';
import { freshName, readsNamespace } from '../syntax/names';
import { enclosingDefinition, placesOf } from '../syntax/tree-index';
import { deleteStatement } from '../text/line-edits';
import { connectionObjections, ownClassObjections } from './connection-arguments';
import { check, decide, refused, refuse, type Check, type Objection } from './objections';
import { outliveObjections } from './outlives';
import { isReleaseOf } from './release-statement';
import { closingAround } from './with-header';
import type { FixOptions } from '../fixer';

/**
 * `with connect() as c:` → `with closing(connect()) as c, c:`. The second item keeps the commit or rollback that the
 * statement does today; `closing` alone would drop it. The order on exit: transaction first, then close.
 */
export function closeAfterTransaction(
  diagnostic: Diagnostic,
  lifetime: Lifetime,
  lint: LintResult,
  options: FixOptions,
): FixResult {
  const statement = lifetime.holding.statement;
  if (statement.kind !== 'With' || statement.isAsync) return refused('it is not a plain with statement');
  if (lifetime.row.with !== 'transaction' && lifetime.row.with !== 'none')
    return refused('leaving the block releases it already');
  const item = statement.items.find(({ context }) => context === lifetime.acquire);
  const place = placesOf(lint.tree.module).get(statement);
  if (item === undefined || place === undefined) return refused('the call is only a part of the with item');
  const written = targetOf(item);
  if (written === undefined) return refused('the connection is bound to something else than a name');
  // `c, c` would enter the cursor, and `closing` gives the connection a name that meant the cursor.
  if (lifetime.row.bindsOther === true && written.name !== undefined)
    return refused(`in this version ${written.name} is a cursor, not the connection`);
  const scope = lint.model.enclosingScope(lifetime.acquire);
  const checks: Check[] = [];
  const name = written.name ?? freshName(lint, enclosingDefinition(place), ['connection', 'conn', 'database']);
  if (written.name === undefined) {
    const objections: Objection[] = [];
    if (readsNamespace(enclosingDefinition(place)?.body ?? lint.tree.module.body))
      objections.push(refuse('a new name would show in locals() or eval()'));
    if (scope.node.kind === 'ClassDefinition') objections.push(refuse('a new name would be an attribute of the class'));
    const allowsAs =
      !statement.isParenthesized || atLeast(options, 3, 10) || statement.items.some(({ target }) => target);
    checks.push(check('names-free', objections));
    if (!allowsAs) checks.push(check('layout-kept', [refuse('`as` inside the parentheses needs Python 3.10')]));
  } else {
    const { release } = lifetime.row;
    const isRelease = (other: ast.Statement): boolean => isReleaseOf(other, name, release);
    const isReleasedInside = bodyReleases(lifetime, statement);
    checks.push(check('release-dominated', isReleasedInside ? [refuse('the block itself closes it')] : []));
    const isRebound = rebindsName(statement.body.statements, name);
    checks.push(check('single-owner', isRebound ? [refuse(`${name} is bound again in the block`)] : []));
    const survivors = outliveObjections({
      lint,
      scope,
      statements: statement.body.statements,
      last: place,
      span: statement.span,
      seeds: { names: new Map([[name, kindOfRow(lifetime.row)]]), acquisitions: new Map() },
      isHarmless: isRelease,
    });
    checks.push(check('nothing-derived-survives', survivors));
  }
  const arguments_ = lifetime.factory === undefined ? connectionObjections(lifetime.acquire) : [];
  checks.push(check('known-resource', [...arguments_, ...ownClassObjections(lint, lifetime)]));
  const opening = closingAround(lint, scope, statement.span.start);
  checks.push(...opening.checks);
  const contextEnd = endOfContext(lint, item);
  if (contextEnd === undefined) return refused('a comment stands between the call and its name');
  checks.push(check('no-comment-moved'));
  const edits = [
    ...opening.edits,
    insert(item.span.start, opening.before),
    insert(contextEnd, written.name === undefined ? `) as ${name}, ${name}` : ')'),
    ...(written.name === undefined ? [] : [insert(item.span.end, `, ${name}`)]),
  ];
  // A close right behind the block has become idle.
  const next = place.block.statements[place.index + 1];
  const nextPlace = next === undefined ? undefined : placesOf(lint.tree.module).get(next);
  if (
    nextPlace !== undefined &&
    written.name !== undefined &&
    isReleaseOf(nextPlace.statement, name, lifetime.row.release)
  ) {
    const deletion = deleteStatement(lint.file, lint.tree.comments, nextPlace);
    if ('edit' in deletion) edits.push(deletion.edit);
  }
  return decide(diagnostic.ruleId, { title: 'Close the connection after the transaction', edits, checks });
}

function insert(at: number, text: string): { span: { start: number; end: number }; text: string } {
  return { span: { start: at, end: at }, text };
}

/** The as-name, `name: undefined` when there is none; undefined when the target is anything else. */
function targetOf({ target, span }: ast.WithItem): { readonly name: string | undefined } | undefined {
  if (target === undefined) return { name: undefined };
  return target.kind === 'Name' && target.span.end === span.end ? { name: target.id } : undefined;
}

/** Where the context expression ends, parentheses around it included. */
function endOfContext({ file, tree }: LintResult, { context, target, span }: ast.WithItem): number | undefined {
  if (target === undefined) return span.end;
  const between = { start: context.span.end, end: target.span.start };
  if (tree.comments.some(({ start }) => start >= between.start && start < between.end)) return undefined;
  return between.start + file.text.slice(between.start, between.end).lastIndexOf(')') + 1;
}

function bodyReleases({ releases }: Lifetime, statement: ast.With): boolean {
  const { start, end } = statement.body.span;
  return releases.some(({ span }) => span.start >= start && span.end <= end);
}

function atLeast({ targetVersion: [major, minor] }: FixOptions, wantedMajor: number, wantedMinor: number): boolean {
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}
