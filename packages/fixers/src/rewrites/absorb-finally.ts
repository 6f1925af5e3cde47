import type { ast, Edit, Lifetime, LintResult, Span } from '@pylint-leaks/core';
import { placesOf } from '../syntax/tree-index';
import { deleteStatement } from '../text/line-edits';
import { lineAt } from '../text/lines';
import { endOf } from './layout';
import { isReleaseOf } from './release-statement';

/** How a `finally` at the end of the body goes into the block around it. */
export interface Absorbed {
  readonly drops: readonly Edit[];
  /** Lines that have the indentation of the block already: the body of a `try` whose header goes away. */
  readonly flat: Span | undefined;
}

/**
 * `x = acquire(); x.prepare(); try: … finally: x.close()` → the release in the `finally` goes away, and with it the clause,
 * and with that the `try` where it has nothing else. Undefined when the release stands elsewhere too, or when something
 * beside other releases stands behind it, which may rely on it.
 */
export function absorbFinally(
  lint: LintResult,
  { row, releases }: Lifetime,
  name: string,
  statements: readonly ast.Statement[],
): Absorbed | undefined {
  const last = statements[statements.length - 1];
  if (last?.kind !== 'Try' || last.finalbody === undefined) return undefined;
  const inFinally = last.finalbody.statements;
  const release = inFinally.find((each) => isReleaseOf(each, name, row.release));
  if (release === undefined || !inFinally.every(isRelease)) return undefined;
  const isIn = ({ span }: { readonly span: Span }, outer: Span): boolean =>
    span.start >= outer.start && span.end <= outer.end;
  const isElsewhere = releases.some(
    (each) => statements.some((statement) => isIn(each, statement.span)) && !isIn(each, release.span),
  );
  if (isElsewhere) return undefined;
  if (inFinally.length === 1) return withoutClause(lint, last, release);
  const place = placesOf(lint.tree.module).get(release);
  const deletion = place === undefined ? undefined : deleteStatement(lint.file, lint.tree.comments, place);
  if (deletion === undefined || 'refused' in deletion) return undefined;
  return { drops: [deletion.edit], flat: undefined };
}

/** `x.close()` of whatever name. */
function isRelease(statement: ast.Statement): boolean {
  if (statement.kind !== 'ExpressionStatement' || statement.value.kind !== 'Call') return false;
  const { func, args } = statement.value;
  return args.length === 0 && func.kind === 'Attribute' && func.attr === 'close' && func.value.kind === 'Name';
}

function withoutClause(lint: LintResult, statement: ast.Try, release: ast.Statement): Absorbed | undefined {
  const { file, tree } = lint;
  const before = (statement.orelse ?? statement.handlers.at(-1)?.body ?? statement.body).statements.at(-1);
  if (before === undefined) return undefined;
  const from = endOf(lint, before);
  const between = file.text.slice(from, release.span.start);
  const clause = /[ \t]*finally[ \t]*:[ \t]*(?:\r\n|\n|\r)[ \t]*$/.exec(between);
  const line = lineAt(file, release.span.start);
  if (clause === null || file.text.slice(release.span.end, line.end).trim() !== '') return undefined;
  // Without a line end at the end of the file, the one before the clause goes instead.
  const lineEnd =
    line.next === line.end ? (/(?:\r\n|\n|\r)$/.exec(between.slice(0, clause.index))?.[0].length ?? 0) : 0;
  const dropped = { start: from + clause.index - lineEnd, end: line.next };
  if (tree.comments.some(({ start }) => start >= dropped.start && start < dropped.end)) return undefined;
  const drop = { span: dropped, text: '' };
  if (statement.handlers.length > 0) return { drops: [drop], flat: undefined };
  const header = lineAt(file, statement.span.start);
  if (file.text.slice(header.start, header.end).trim() !== 'try:') return undefined;
  return {
    drops: [{ span: { start: header.start, end: header.next }, text: '' }, drop],
    flat: { start: header.next, end: dropped.start },
  };
}
