import type { Edit, LintResult, Span, ast } from '@pylint-leaks/core';
import { placesOf, type Place } from '../syntax/tree-index';
import { dropBlankLinesBelow, withBlankLinesAbove } from '../text/blank-lines';
import { indentationOf, type Indentation } from '../text/indentation';
import { deleteStatement } from '../text/line-edits';
import { lineAt } from '../text/lines';
import { reindentLines, stringsIn } from '../text/reindent';
import type { Absorbed } from './absorb-finally';
import type { Acquisition } from './acquisition';
import type { Body } from './body';
import { endOf, lastLineOf } from './layout';

/** Replaces what stands around the call by a header; undefined when a comment stands there. */
export function headerEdits(
  { tree }: LintResult,
  { statement, call }: Acquisition,
  header: string,
): Edit[] | undefined {
  const isOutsideCall = (start: number): boolean =>
    start >= statement.span.start && start < statement.span.end && (start < call.span.start || start >= call.span.end);
  if (tree.comments.some(({ start }) => isOutsideCall(start))) return undefined;
  return [{ span: statement.span, text: header }];
}

/** Indents the body and drops the releases; a reason when the text does not allow it. */
export function bodyEdits(
  lint: LintResult,
  { statement, place }: Acquisition,
  { statements, ending }: Body,
  { drops, flat }: Absorbed,
): Edit[] | string {
  const { file, tree } = lint;
  const indentation = indentationOf(file, place) as Indentation;
  const edits: Edit[] = [];
  const header = lineAt(file, endOf(lint, statement));
  const lastStatement = statements[statements.length - 1];
  let last = lastStatement === undefined ? header.index : lastLineOf(lint, lastStatement, indentation);
  if (ending !== undefined) {
    for (const release of ending.places) {
      const deletion = deleteStatement(file, tree.comments, release);
      if ('refused' in deletion) return deletion.refused;
      const isFirst = release === ending.places[0];
      edits.push(deletion.keepsLine || !isFirst ? deletion.edit : withBlankLinesAbove(file, deletion.edit, release));
      if (isFirst) last = lineAt(file, release.statement.span.start).index - (deletion.keepsLine ? 0 : 1);
    }
  } else if (lastStatement !== undefined) {
    const reason = sharedLine(lint, lastStatement);
    if (reason !== undefined) return reason;
  }
  edits.push(...dropBlankLinesBelow(file, header.index));
  const strings = stringsIn(statements);
  const indents = reindentLines(file, { first: header.index + 1, last }, strings, indentation);
  return [...edits, ...drops, ...withoutDropped(indents, drops, flat)];
}

/** Lines that go away need no indentation, nor do those that have it already. */
export function withoutDropped(indents: readonly Edit[], drops: readonly Edit[], flat?: Span): readonly Edit[] {
  const gone = [...drops.map(({ span }) => span), ...(flat === undefined ? [] : [flat])];
  const isDropped = ({ span }: Edit): boolean => gone.some(({ start, end }) => span.start >= start && span.start < end);
  return indents.filter((indent) => !isDropped(indent));
}

/** Why a block cannot end behind a statement: another one stands on its line. */
export function sharedLine(lint: LintResult, statement: ast.Statement): string | undefined {
  const place = placesOf(lint.tree.module).get(statement) as Place;
  const next = place.block.statements[place.index + 1];
  const isShared = next !== undefined && next.span.start < lineAt(lint.file, endOf(lint, statement)).end;
  return isShared ? 'the last use shares its line with another statement' : undefined;
}
