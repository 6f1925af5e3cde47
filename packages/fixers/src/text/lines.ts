import type { SourceFile, Span } from '@pylint-leaks/core';

/** The physical line that holds an offset: `[start, end)` without the line end, `next` where the following line starts. */
export interface PhysicalLine {
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

/** The physical line with a 0-based index. */
export function lineByIndex(file: SourceFile, index: number): PhysicalLine {
  const start = file.lineStarts[index] ?? file.text.length;
  const next = file.lineStarts[index + 1] ?? file.text.length;
  let end = next;
  while (end > start && (file.text[end - 1] === '\n' || file.text[end - 1] === '\r')) end--;
  return { index, start, end, next };
}

/** The physical line that holds an offset. */
export function lineAt(file: SourceFile, offset: number): PhysicalLine {
  let low = 0;
  let high = file.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((file.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return lineByIndex(file, low);
}

/** White space at the start of the line that holds an offset. */
export function indentationAt(file: SourceFile, offset: number): string {
  const line = lineAt(file, offset);
  return /^[ \t\f]*/.exec(file.text.slice(line.start, line.end))?.[0] ?? '';
}

/** True when only white space stands before the offset on its line. */
export function startsItsLine(file: SourceFile, offset: number): boolean {
  return file.text.slice(lineAt(file, offset).start, offset).trim() === '';
}

/** The comment that follows an offset on the same line with nothing but white space between. */
export function trailingComment(file: SourceFile, comments: readonly Span[], offset: number): Span | undefined {
  const line = lineAt(file, offset);
  return comments.find(
    (comment) =>
      comment.start >= offset && comment.end <= line.end && file.text.slice(offset, comment.start).trim() === '',
  );
}

/** True when nothing but white space and a comment follows the offset on its line. */
export function endsItsLine(file: SourceFile, comments: readonly Span[], offset: number): boolean {
  const rest = file.text.slice(offset, lineAt(file, offset).end);
  return rest.trim() === '' || trailingComment(file, comments, offset) !== undefined;
}

/** The line end that most of the file uses; `\n` for a file of one line. */
export function lineEndOf(file: SourceFile): string {
  const counts = new Map<string, number>();
  for (const match of file.text.matchAll(/\r\n|\r|\n/g)) counts.set(match[0], (counts.get(match[0]) ?? 0) + 1);
  let best = '\n';
  for (const [end, count] of counts) if (count > (counts.get(best) ?? 0)) best = end;
  return best;
}
