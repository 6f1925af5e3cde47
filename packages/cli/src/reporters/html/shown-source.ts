import { ACQUISITION_CONTEXT, STEP_CONTEXT } from '@pylint-leaks/report';
import { cellPosition, type SourceFile } from '@pylint-leaks/core';
import type { FileReport } from '../../finding';
import { printable } from '../printable';

/** A line may have megabytes. */
const MAX_LENGTH = 400;

/** The lines around the places of all findings of a file, by number: all that the page can show of it. */
export function shownSource({ source, findings }: FileReport): Readonly<Record<number, string>> {
  if (source === undefined) return {};
  const lines: Record<number, string> = {};
  const take = (line: number, context: number) => {
    const last = Math.min(line + context, source.lineStarts.length);
    for (let number = Math.max(1, line - context); number <= last; number++) {
      if (cellOf(source, number) === cellOf(source, line)) lines[number] ??= lineAt(source, number);
    }
  };
  for (const { start, related } of findings) {
    take(start.line, ACQUISITION_CONTEXT);
    for (const step of related) take(step.start.line, STEP_CONTEXT);
  }
  return lines;
}

/** For lines of a notebook the cell and the line in it. */
export function shownCells(
  { source }: FileReport,
  lines: Readonly<Record<number, string>>,
): Readonly<Record<number, readonly [cell: number, line: number]>> | undefined {
  if (source?.notebook === undefined) return undefined;
  const entries = Object.keys(lines).flatMap((key) => {
    const place = cellPosition(source, { line: Number(key), column: 1 });
    return place === undefined ? [] : [[key, [place.cell, place.line]] as const];
  });
  return Object.fromEntries(entries);
}

function cellOf(source: SourceFile, line: number): number | undefined {
  return cellPosition(source, { line, column: 1 })?.cell;
}

/** A line without its end, for the eye. */
export function lineAt({ text, lineStarts }: SourceFile, line: number): string {
  return shown(text.slice(lineStarts[line - 1], lineStarts[line]).replace(/[\r\n]+$/, ''));
}

/** Free of control characters, and not longer than a page can take. */
export function shown(line: string): string {
  return printable(line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH)}…` : line);
}
