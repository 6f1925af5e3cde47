import type { Edit, LintResult } from '@pylint-leaks/core';
import type { Place } from '../syntax/tree-index';
import { dropBlankLinesBelow } from '../text/blank-lines';
import { indentationOf, type Indentation } from '../text/indentation';
import { endsItsLine, lineAt, lineByIndex, lineEndOf, startsItsLine } from '../text/lines';
import { reindentLines, stringsIn } from '../text/reindent';
import type { Absorbed } from './absorb-finally';
import type { Acquisition } from './acquisition';
import type { Body } from './body';
import { endOf, lastLineOf } from './layout';
import { sharedLine, withoutDropped } from './with-edits';

/**
 * The body below `try:`, and the release below `finally:`: the one that stands behind the body, with the comments directly
 * above it, or a call of its own.
 *
 * @param release - the call to write where no release stands behind the body.
 * @returns a reason when the text does not allow it.
 */
export function finallyEdits(
  lint: LintResult,
  { statement, place }: Acquisition,
  { statements, ending }: Body,
  release: string | undefined,
  { drops, flat }: Absorbed,
): Edit[] | string {
  const { file, tree } = lint;
  const indentation = indentationOf(file, place) as Indentation;
  const { base, unit } = indentation;
  const end = lineEndOf(file);
  const header = lineAt(file, endOf(lint, statement));
  const lastStatement = statements[statements.length - 1];
  if (lastStatement === undefined) return 'nothing happens between it and its release';
  const strings = stringsIn([...statements, ...(ending?.places ?? []).map((each) => each.statement)]);
  const edits: Edit[] = [...dropBlankLinesBelow(file, header.index), ...drops];
  const insert = (at: number, text: string): void => void edits.push({ span: { start: at, end: at }, text });
  let first = header.index + 1;
  while (lineText(lint, first).trim() === '') first++;
  insert(lineByIndex(file, first).start, `${base}try:${end}`);
  if (ending === undefined || release !== undefined) {
    const reason = sharedLine(lint, lastStatement);
    if (reason !== undefined) return reason;
    const last = lastLineOf(lint, lastStatement, indentation);
    edits.push(...withoutDropped(reindentLines(file, { first, last }, strings, indentation), drops, flat));
    const line = lineByIndex(file, last);
    const tail = `${base}finally:${end}${base}${unit}${release ?? ''}`;
    if (line.next === line.end) insert(line.end, end + tail);
    else insert(line.next, tail + end);
    return edits;
  }
  const firstPlace = ending.places[0] as Place;
  const lastPlace = ending.places[ending.places.length - 1] as Place;
  for (const { statement: each } of ending.places) {
    if (!startsItsLine(file, each.span.start) || !endsItsLine(file, tree.comments, endOf(lint, each))) {
      return 'the release shares its line with another statement';
    }
  }
  let above = lineAt(file, firstPlace.statement.span.start).index;
  const lastLine = lastLineOf(lint, lastStatement, indentation);
  while (above - 1 > lastLine && lineText(lint, above - 1).startsWith(`${base}#`)) above--;
  // Blank lines that set the release apart are of no use before `finally:`.
  let blank = above;
  while (blank - 1 > lastLine && lineText(lint, blank - 1).trim() === '') blank--;
  if (blank < above)
    edits.push({ span: { start: lineByIndex(file, blank).start, end: lineByIndex(file, above).start }, text: '' });
  insert(lineByIndex(file, above).start, `${base}finally:${end}`);
  const last = lineAt(file, endOf(lint, lastPlace.statement)).index;
  edits.push(...withoutDropped(reindentLines(file, { first, last: blank - 1 }, strings, indentation), drops));
  edits.push(...reindentLines(file, { first: above, last }, strings, indentation));
  return edits;
}

function lineText(lint: LintResult, index: number): string {
  const { start, end } = lineByIndex(lint.file, index);
  return lint.file.text.slice(start, end);
}
