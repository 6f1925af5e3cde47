import type { Edit, SourceFile, Span } from '@pylint-leaks/core';
import type { Place } from '../syntax/tree-index';
import { lineAt, startsItsLine, trailingComment } from './lines';

/** How a statement goes away. */
export interface Deletion {
  readonly edit: Edit;
  /** Something of the text before it, or its comment, is left on its line. */
  readonly keepsLine: boolean;
}

/**
 * Edit that deletes a simple statement: its whole lines when it stands alone, else its part of a `a; b` line. A comment
 * behind it stays as a line of its own.
 *
 * @returns a reason when deleting it would take a comment with it or leave no valid line.
 */
export function deleteStatement(
  file: SourceFile,
  comments: readonly Span[],
  { statement, block, index }: Place,
): Deletion | { readonly refused: string } {
  const { span } = statement;
  const last = lineAt(file, span.end);
  if (comments.some((comment) => comment.start >= span.start && comment.start < span.end)) {
    return { refused: 'a comment inside the release would be lost' };
  }
  const previous = block.statements[index - 1];
  const next = block.statements[index + 1];
  if (!startsItsLine(file, span.start)) {
    if (previous === undefined || lineAt(file, previous.span.end).index !== lineAt(file, span.start).index) {
      return { refused: 'the release shares its line with a block header' };
    }
    const semicolon = /^[ \t]*;/.exec(file.text.slice(span.end, last.end));
    const followed = next !== undefined && next.span.start < last.end;
    const end = !followed && semicolon !== null ? span.end + semicolon[0].length : span.end;
    return { edit: { span: { start: previous.span.end, end }, text: '' }, keepsLine: true };
  }
  if (next !== undefined && next.span.start < last.end) {
    return { edit: { span: { start: span.start, end: next.span.start }, text: '' }, keepsLine: false };
  }
  const comment = trailingComment(file, comments, afterSemicolon(file, span.end));
  if (comment !== undefined) {
    const text = file.text.slice(comment.start, comment.end);
    if (isDirective(text)) return { refused: 'a directive for another tool stands behind the release' };
    return { edit: { span: { start: span.start, end: comment.start }, text: '' }, keepsLine: true };
  }
  const keepsLine = false;
  // The last line of a file without a final line end: take the line end before it instead.
  const start = lineAt(file, span.start).start;
  if (last.next === last.end && start > 0) {
    const before = start - (file.text.slice(start - 2, start) === '\r\n' ? 2 : 1);
    return { edit: { span: { start: before, end: last.end }, text: '' }, keepsLine };
  }
  return { edit: { span: { start, end: last.next }, text: '' }, keepsLine };
}

function afterSemicolon(file: SourceFile, offset: number): number {
  const match = /^[ \t]*;/.exec(file.text.slice(offset, offset + 80));
  return match === null ? offset : offset + match[0].length;
}

/** Comments that other tools read and that only mean something beside the code: `# noqa`, `# type: ignore`, `# pragma`. */
function isDirective(comment: string): boolean {
  return /^#\s*(?:noqa|type:|pragma|pylint:|nosec|fmt:|isort:|mypy:|pyright:|ruff:|pylint-leaks:)/i.test(comment);
}
