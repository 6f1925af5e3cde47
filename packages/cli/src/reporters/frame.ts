import { codeFrameColumns } from '@babel/code-frame';
import { cellAt, positionAt, type Position, type SourceFile } from '@pylint-leaks/core';
import type { Colors } from '../colors';
import type { Range } from '../finding';
import { printable } from './printable';

declare module '@babel/code-frame' {
  // Missing in @types/babel__code-frame.
  interface BabelCodeFrameOptions {
    /** Number of the first line of the text. */
    startLine?: number;
  }
}

/** Longer lines are cut to a window around the marked column. */
const MAX_WIDTH = 160;
const BEFORE_MARK = 60;
const CUT = '…';

/** What a frame shows besides the marked line. */
export interface FrameOptions {
  readonly context: number;
  /** Written behind the mark. */
  readonly label: string;
  readonly paint: (text: string) => string;
}

/** The lines around a place, with the place marked. Of a place over several lines the first is marked. */
export function frame(
  source: SourceFile,
  place: Range,
  { context, label, paint }: FrameOptions,
  colors: Colors,
): string {
  const { line, column } = place.start;
  const { top, bottom } = limits(source, place.start);
  const first = Math.max(top, line - context);
  const last = Math.min(bottom, line + context);
  const length = lineLength(source, line);
  // One mark at least, also behind the end of the line.
  const endColumn = Math.max(column + 1, Math.min(place.end.line === line ? place.end.column : Infinity, length + 1));
  const shift = length <= MAX_WIDTH ? 0 : Math.max(0, column - 1 - BEFORE_MARK);

  const lines = [];
  for (let number = first; number <= last; number++)
    lines.push(lineWindow(source, number, number === line ? shift : 0));
  // The cut sign takes the place of the first character that is left out.
  const at = (value: number) => Math.min(value - shift + (shift > 0 ? 1 : 0), MAX_WIDTH + 2);
  const text = codeFrameColumns(
    lines.join('\n'),
    {
      start: { line: line - top + 1, column: at(column) },
      end: { line: line - top + 1, column: at(endColumn) },
    },
    {
      startLine: first - top + 1,
      linesAbove: context,
      linesBelow: context,
      highlightCode: false,
      ...(label === '' ? {} : { message: printable(label) }),
    },
  );
  return text
    .split('\n')
    .map((row) => colorRow(row, paint, colors))
    .join('\n');
}

/** The first and last line of what belongs together around a place: the file, or a cell of a notebook, counted from 1. */
function limits(source: SourceFile, place: Position): { top: number; bottom: number } {
  const { notebook, lineStarts } = source;
  const cell = notebook && cellAt(notebook, (lineStarts[place.line - 1] ?? 0) + place.column - 1);
  if (cell === undefined) return { top: 1, bottom: lineStarts.length };
  return { top: positionAt(source, cell.span.start).line, bottom: positionAt(source, cell.span.end).line };
}

/** Length of a line without its line end. */
function lineLength(source: SourceFile, line: number): number {
  const start = source.lineStarts[line - 1] ?? 0;
  let end = source.lineStarts[line] ?? source.text.length;
  while (end > start && (source.text[end - 1] === '\n' || source.text[end - 1] === '\r')) end--;
  return end - start;
}

/** The part of a line that is shown, with a sign where something is cut off. A line may have megabytes. */
function lineWindow(source: SourceFile, line: number, from: number): string {
  const start = source.lineStarts[line - 1] ?? 0;
  const length = lineLength(source, line);
  const to = Math.min(from + MAX_WIDTH, length);
  return (from > 0 ? CUT : '') + printable(source.text.slice(start + from, start + to)) + (to < length ? CUT : '');
}

function colorRow(row: string, paint: (text: string) => string, colors: Colors): string {
  const mark = /^(\s*\|\s*)(\^+)(.*)$/.exec(row);
  if (mark !== null) return colors.dim(mark[1] ?? '') + paint((mark[2] ?? '') + (mark[3] ?? ''));
  const code = /^(>?)(\s*\d+ \|)(.*)$/.exec(row);
  if (code !== null) return paint(code[1] ?? '') + colors.dim(code[2] ?? '') + (code[3] ?? '');
  return row;
}
