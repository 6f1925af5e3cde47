import type { Edit, SourceFile } from '@pylint-leaks/core';
import type { Place } from '../syntax/tree-index';
import { lineAt, lineByIndex } from './lines';

/**
 * The deletion of a statement's whole line, together with the blank lines above it where blank lines or the end of its
 * block follow: what set the statement apart goes with it.
 */
export function withBlankLinesAbove(file: SourceFile, edit: Edit, { statement, block, index }: Place): Edit {
  const line = lineAt(file, statement.span.start).index;
  let above = line;
  while (above > 0 && isBlank(file, above - 1)) above--;
  const below = lineAt(file, statement.span.end).index + 1;
  const isApart = index === block.statements.length - 1 || isBlank(file, below);
  const isWholeLine = edit.text === '' && edit.span.end >= lineAt(file, statement.span.end).end;
  if (above === line || !isApart || !isWholeLine) return edit;
  // At the end of the file the deletion starts with the line end before its own line.
  const isFromLineEnd = edit.span.start < lineByIndex(file, line).start;
  const start = isFromLineEnd ? lineByIndex(file, above - 1).end : lineByIndex(file, above).start;
  return { span: { start, end: edit.span.end }, text: '' };
}

/** Deletes the blank lines below a line that becomes the header of a block. */
export function dropBlankLinesBelow(file: SourceFile, header: number): Edit[] {
  let next = header + 1;
  while (next < file.lineStarts.length && isBlank(file, next)) next++;
  if (next === header + 1 || next >= file.lineStarts.length) return [];
  return [{ span: { start: lineByIndex(file, header + 1).start, end: lineByIndex(file, next).start }, text: '' }];
}

function isBlank(file: SourceFile, index: number): boolean {
  const { start, end } = lineByIndex(file, index);
  return file.text.slice(start, end).trim() === '';
}
