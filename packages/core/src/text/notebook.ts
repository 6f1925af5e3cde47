import { positionAt, type Position, type SourceFile } from './source-file';
import type { Span } from './span';

/** A code cell of a notebook, in the text that all of them make together. */
export interface Cell {
  /** From 1, counted over all cells of the notebook, also those without code. */
  readonly number: number;
  /** Without the line end that stands between it and the next one. */
  readonly span: Span;
}

/** What is not Python (`%matplotlib inline`, `!ls`) and stands in the text as an expression of the same length. */
export interface Masked {
  readonly start: number;
  /** As it is in the notebook. */
  readonly text: string;
}

/** How a text was put together from the cells of a notebook; everything is sorted by place. */
export interface Notebook {
  readonly cells: readonly Cell[];
  readonly masked: readonly Masked[];
  /** For each line of the text the line of the `.ipynb` file that it stands in, from 1. */
  readonly fileLines: readonly number[];
}

/** A place in a notebook as people see it. */
export interface CellPosition extends Position {
  readonly cell: number;
}

/** The cell that an offset stands in; the line end behind a cell counts for it. */
export function cellAt({ cells }: Notebook, offset: number): Cell | undefined {
  return cells.findLast(({ span }) => span.start <= offset);
}

/**
 * A line and column of the whole text as those of a cell.
 *
 * @returns undefined for a file that is no notebook.
 */
export function cellPosition(file: SourceFile, { line, column }: Position): CellPosition | undefined {
  if (file.notebook === undefined) return undefined;
  const cell = cellAt(file.notebook, (file.lineStarts[line - 1] ?? 0) + column - 1);
  if (cell === undefined) return undefined;
  return { cell: cell.number, line: line - positionAt(file, cell.span.start).line + 1, column };
}

/** Line of the whole text, from 1, for a line of a cell; undefined when there is none. */
export function lineOfCell(file: SourceFile, cell: number, line: number): number | undefined {
  const found = file.notebook?.cells.find(({ number }) => number === cell);
  if (found === undefined) return undefined;
  const first = positionAt(file, found.span.start).line;
  const last = positionAt(file, found.span.end).line;
  return line < 1 || first + line - 1 > last ? undefined : first + line - 1;
}

/** How a sentence names the line of an offset: `line 5`, in a notebook `line 5 of cell 3`. */
export function lineName(file: SourceFile, offset: number): string {
  const place = positionAt(file, offset);
  const inCell = cellPosition(file, place);
  return inCell === undefined ? `line ${place.line}` : `line ${inCell.line} of cell ${inCell.cell}`;
}
