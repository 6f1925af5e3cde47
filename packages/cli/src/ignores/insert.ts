import {
  createSourceFile,
  logicalLines,
  readSuppressions,
  type Parser,
  type Position,
  type SourceFile,
  type Span,
  type Suppression,
} from '@pylint-leaks/core';
import { cellsAfter } from '@pylint-leaks/fixers';

/** Longest line that a comment is written behind; formatters and linters of Python agree on it. */
const MAX_WIDTH = 88;

/** A finding to suppress. */
export interface Unwanted {
  readonly ruleId: string;
  readonly start: Position;
}

/** Something to put into the text. */
interface Insertion {
  readonly at: number;
  readonly text: string;
}

/**
 * Writes suppressing comments: behind a statement of one line, else on a line of its own above it; a comment that is there
 * already gets more rules. Nothing but comments changes.
 *
 * @param reason - one line of text.
 * @returns the file with its new text; undefined when it could not be done for all of them without touching code.
 */
export function insertIgnores(
  file: SourceFile,
  unwanted: readonly Unwanted[],
  reason: string,
  parser: Parser,
): SourceFile | undefined {
  const { text, notebook } = file;
  const lines = logicalLines(text);
  const { valid } = readSuppressions(file, parser.parse(text));
  const byLine = new Map<Span, Set<string>>();
  for (const { ruleId, start } of unwanted) {
    const offset = (file.lineStarts[start.line - 1] ?? 0) + start.column - 1;
    const line = lines.find((span) => span.start <= offset && offset <= span.end);
    if (line === undefined) return undefined;
    byLine.set(line, (byLine.get(line) ?? new Set()).add(ruleId));
  }
  const insertions: Insertion[] = [];
  for (const [line, rules] of byLine) {
    const present = valid.find(({ covers, isFileWide }) => !isFileWide && covers.start === line.start);
    const insertion = present === undefined ? newComment(file, line, rules, reason) : moreRules(text, present, rules);
    if (insertion === undefined) return undefined;
    insertions.push(insertion);
  }
  const result = withInsertions(text, insertions);
  if (!isSameCode(text, result)) return undefined;
  const edits = insertions.map(({ at, text: added }) => ({ span: { start: at, end: at }, text: added }));
  return createSourceFile(file.path, result, notebook && cellsAfter(notebook, edits));
}

function newComment(file: SourceFile, line: Span, rules: ReadonlySet<string>, reason: string): Insertion | undefined {
  const { text } = file;
  const comment = `# pylint-leaks: ignore[${[...rules].sort().join(', ')}] -- ${reason}`;
  const lineStart = Math.max(text.lastIndexOf('\n', line.start - 1), text.lastIndexOf('\r', line.start - 1)) + 1;
  const isOneLine = !/[\r\n]/.test(text.slice(line.start, line.end));
  const rest = /^[^\r\n]*/.exec(text.slice(line.end))?.[0] ?? '';
  if (isOneLine && rest.trim() === '' && line.end - lineStart + 2 + comment.length <= MAX_WIDTH)
    return { at: line.end, text: `  ${comment}` };
  const indentation = text.slice(lineStart, line.start);
  if (indentation.trim() !== '') return undefined;
  const eol = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
  return { at: lineStart, text: `${indentation}${comment}${eol}` };
}

function moreRules(text: string, { span, rules }: Suppression, wanted: ReadonlySet<string>): Insertion | undefined {
  const missing = [...wanted].filter((id) => !rules.includes(id)).sort();
  const bracket = text.indexOf(']', span.start);
  return missing.length === 0 ? undefined : { at: bracket, text: `, ${missing.join(', ')}` };
}

function withInsertions(text: string, insertions: readonly Insertion[]): string {
  let result = text;
  for (const { at, text: added } of [...insertions].sort((a, b) => b.at - a.at))
    result = result.slice(0, at) + added + result.slice(at);
  return result;
}

/** Comments between statements are no part of logical lines; inside them only brackets of a comment have grown. */
function isSameCode(before: string, after: string): boolean {
  const linesOf = (text: string) =>
    logicalLines(text).map(({ start, end }) => text.slice(start, end).replace(/#\s*pylint-leaks:[^\r\n]*/g, '#'));
  return linesOf(before).join('\0') === linesOf(after).join('\0');
}
