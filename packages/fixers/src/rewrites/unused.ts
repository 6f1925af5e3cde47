import { textOf, walkBlock, type ast, type Edit, type Lifetime, type LintResult } from '@pylint-leaks/core';
import { readsNamespace } from '../syntax/names';
import { enclosingDefinition, placesOf } from '../syntax/tree-index';
import { factoryObjections } from './factory';
import { check, refuse, type Check, type Objection } from './objections';
import { breaksOutsideBrackets } from './with-header';

/** A rewrite of an acquisition that nothing uses. */
export interface UnusedRewrite {
  readonly edits: readonly Edit[];
  readonly checks: readonly Check[];
}

/**
 * `f = open(p, 'w')` and `open(p, 'w')` → `open(p, 'w').close()` where nothing uses the file: a `with` block would have
 * nothing in it. Needs no `closing`, so that no import is added.
 *
 * @param statement - an assignment of the call, or the call as a statement.
 */
export function closeUnused(
  lint: LintResult,
  { row, factory }: Lifetime,
  statement: ast.Assign | ast.ExpressionStatement,
  call: ast.Call,
): UnusedRewrite {
  const isClosed = row.release[0] === 'close';
  const checks = [
    check('with-equals-release', isClosed ? [] : [refuse('nothing uses it, and it is not released by close')]),
    check('single-owner', statement.kind === 'Assign' ? bindingObjections(lint, statement) : []),
    check('known-resource', factory === undefined ? [] : factoryObjections(lint, call, '', [])),
  ];
  const { start, end } = statement.span;
  const isOutsideCall = (at: number): boolean =>
    at >= start && at < end && (at < call.span.start || at >= call.span.end);
  const losesComment = lint.tree.comments.some((comment) => isOutsideCall(comment.start));
  checks.push(check('no-comment-moved', losesComment ? [refuse('a comment in the assignment would be lost')] : []));
  const breaks = breaksOutsideBrackets(lint, call);
  if (breaks)
    checks.push(check('layout-kept', [refuse('nothing uses it, and the call goes over lines outside its brackets')]));
  return { edits: [{ span: statement.span, text: `${textOf(lint.file, call.span)}.close()` }], checks };
}

/** The name goes away with the assignment: nothing else may ask for it, not even to fail. */
function bindingObjections(lint: LintResult, statement: ast.Assign): Objection[] {
  const { module } = lint.tree;
  const place = placesOf(module).get(statement);
  const definition = place === undefined ? undefined : enclosingDefinition(place);
  const [target] = statement.targets;
  if (target?.kind !== 'Name' || definition?.kind !== 'FunctionDefinition')
    return [refuse('nothing uses it, and its name is not a local one')];
  let mentions = 0;
  walkBlock(definition.body, {
    expression: (expression) => {
      if (expression.kind === 'Name' && expression.id === target.id) mentions++;
      return undefined;
    },
  });
  if (mentions > 1) return [refuse(`nothing uses it, and ${target.id} also names other things`)];
  return readsNamespace(definition.body) ? [refuse('its name shows in locals() or eval()')] : [];
}
