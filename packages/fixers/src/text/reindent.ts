import {
  walkExpression,
  childBlocks,
  statementExpressions,
  type ast,
  type Edit,
  type SourceFile,
  type Span,
} from '@pylint-leaks/core';
import type { Indentation } from './indentation';
import { lineByIndex } from './lines';

/** Spans of all string literals (of whole f-strings too) in statements. */
export function stringsIn(statements: readonly ast.Statement[]): readonly Span[] {
  const spans: Span[] = [];
  const visit = (list: readonly ast.Statement[]): void => {
    for (const statement of list) {
      for (const expression of statementExpressions(statement)) {
        walkExpression(expression, (part) => {
          if (part.kind === 'String') for (const piece of part.pieces) spans.push(piece.span);
          return undefined;
        });
      }
      for (const block of childBlocks(statement)) visit(block.statements);
    }
  };
  visit(statements);
  return spans;
}

/**
 * Edits that push physical lines in by one level. Blank lines stay as they are, and so does every line that starts
 * inside a string literal (triple-quoted, f-string, backslash-continued): its white space is part of the value.
 *
 * @param lines - first and last line, 0-based, both included.
 * @param strings - spans of the string literals that touch those lines.
 */
export function reindentLines(
  file: SourceFile,
  lines: { readonly first: number; readonly last: number },
  strings: readonly Span[],
  { base, unit }: Indentation,
): Edit[] {
  const edits: Edit[] = [];
  for (let index = lines.first; index <= lines.last; index++) {
    const line = lineByIndex(file, index);
    const text = file.text.slice(line.start, line.end);
    if (text.trim() === '') continue;
    if (strings.some((string) => string.start < line.start && line.start < string.end)) continue;
    // After the common part of the indentation, so that tabs and spaces keep their order on every line of the block.
    const at = line.start + (text.startsWith(base) ? base.length : 0);
    edits.push({ span: { start: at, end: at }, text: unit });
  }
  return edits;
}
