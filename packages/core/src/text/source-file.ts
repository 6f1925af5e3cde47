import type { Notebook } from './notebook';
import type { Span } from './span';

/** A place as people write it: both numbers 1-based, `column` in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One decoded Python file. `text` has no byte-order mark; `path` is as the user will read it. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** Offset of the first character of every line; line 1 is `lineStarts[0]`. */
  readonly lineStarts: readonly number[];
  /** Of the code of a notebook: how it was put together. */
  readonly notebook?: Notebook;
}

/**
 * Builds a source file and its line index.
 * Lines end at `\n`, `\r\n` or a lone `\r`, as in the Python reference, "Physical lines".
 */
export function createSourceFile(path: string, text: string, notebook?: Notebook): SourceFile {
  let lineStarts: readonly number[] | undefined;
  return {
    path,
    text,
    ...(notebook === undefined ? {} : { notebook }),
    // Most files have no finding, and nobody asks for their lines.
    get lineStarts() {
      return (lineStarts ??= findLineStarts(text));
    },
  };
}

function findLineStarts(text: string): readonly number[] {
  const lineStarts = [0];
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 10) lineStarts.push(i + 1);
    else if (c === 13) {
      if (text.charCodeAt(i + 1) === 10) i++;
      lineStarts.push(i + 1);
    }
  }
  return lineStarts;
}

/** The 1-based line and column of an offset; offsets past the end give the end. */
export function positionAt(file: SourceFile, offset: number): Position {
  const { lineStarts } = file;
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: Math.min(offset, file.text.length) - (lineStarts[low] ?? 0) + 1 };
}

/** The text of a span. */
export function textOf(file: SourceFile, span: Span): string {
  return file.text.slice(span.start, span.end);
}
