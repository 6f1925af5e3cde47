import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cellPosition, type Position, type SourceFile } from '@pylint-leaks/core';
import { isOutside } from '../exclusion';
import type { Range } from '../finding';

/** Names a file the way code hosts do: from the root with `/`, or in full when it lies outside. */
export function pathFromRoot(root: string, path: string): string {
  const inner = relative(root, path);
  return (isOutside(inner) ? path : inner).replaceAll('\\', '/');
}

/** The same as a reference that may stand in a URI; a file outside of the root gets a `file:` URI. */
export function uriFromRoot(root: string, path: string): { readonly uri: string; readonly isInside: boolean } {
  const inner = relative(root, path);
  if (isOutside(inner)) return { uri: pathToFileURL(path).href, isInside: false };
  const uri = inner.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  return { uri, isInside: true };
}

/** A place for people: `5:12`, in a notebook `cell 3:5:12`. */
export function shownPlace(source: SourceFile | undefined, position: Position): string {
  const inCell = source && cellPosition(source, position);
  if (inCell === undefined) return `${position.line}:${position.column}`;
  return `cell ${inCell.cell}:${inCell.line}:${inCell.column}`;
}

/** What tells of the cell where a format has only lines of the file: `cell 3, line 5: `; empty for all but notebooks. */
export function cellPrefix(source: SourceFile | undefined, position: Position): string {
  const inCell = source && cellPosition(source, position);
  return inCell === undefined ? '' : `cell ${inCell.cell}, line ${inCell.line}: `;
}

/** Places as lines of the file, which is what other tools look into. */
export interface FilePlace {
  readonly line: number;
  readonly endLine: number;
  /** Undefined in a notebook, whose columns are those of Python and not of the JSON. */
  readonly columns: { readonly start: number; readonly end: number } | undefined;
}

/** Where a range stands in the file: that of a notebook is in a line of JSON. */
export function filePlace(source: SourceFile | undefined, { start, end }: Range): FilePlace {
  const lines = source?.notebook?.fileLines;
  if (lines === undefined)
    return { line: start.line, endLine: end.line, columns: { start: start.column, end: end.column } };
  return { line: lines[start.line - 1] ?? 1, endLine: lines[end.line - 1] ?? 1, columns: undefined };
}
