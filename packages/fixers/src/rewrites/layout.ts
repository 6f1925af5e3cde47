import type { LintResult, Span, ast } from '@pylint-leaks/core';
import { childBlocks } from '@pylint-leaks/core';
import type { Place } from '../syntax/tree-index';
import { indentationOf, type Indentation } from '../text/indentation';
import { endsItsLine, lineAt, lineByIndex, startsItsLine, trailingComment } from '../text/lines';
import { refuse, type Objection } from './objections';

/** CPython: "too many statically nested blocks" beyond 20 in one function. */
const MAX_NESTED_BLOCKS = 20;

/** Where a statement ends, without white space that the parser counts to its last block. */
export function endOf({ file }: LintResult, statement: ast.Statement): number {
  let { end } = statement.span;
  while (end > statement.span.start && /\s/.test(file.text[end - 1] ?? '')) end--;
  return end;
}

/** What speaks against putting a statement under a new header: shared lines, unclear indentation, type comments. */
export function moveObjections(lint: LintResult, place: Place): Objection[] {
  const { file, tree } = lint;
  const { statement } = place;
  const end = endOf(lint, statement);
  const next = place.block.statements[place.index + 1];
  const sharesLine =
    !startsItsLine(file, statement.span.start) ||
    (next !== undefined && next.span.start < lineAt(file, end).end) ||
    !endsItsLine(file, tree.comments, end);
  const objections: Objection[] = [];
  if (sharesLine) objections.push(refuse('it shares a line with another statement'));
  else if (indentationOf(file, place) === undefined) objections.push(refuse('the block mixes tabs and spaces'));
  const comment = trailingComment(file, tree.comments, end);
  if (comment !== undefined && isTypeComment(file.text, comment))
    objections.push(refuse('a type comment speaks of the statement'));
  return objections;
}

function isTypeComment(text: string, comment: Span): boolean {
  return /^#\s*type:(?!\s*ignore)/.test(text.slice(comment.start, comment.end));
}

/** The nesting that CPython counts, after one more `with` around statements. */
export function nestingObjections(place: Place, statements: readonly ast.Statement[]): Objection[] {
  let depth = 1;
  for (let outer = place.parent; outer !== undefined; outer = outer.parent) {
    const { kind } = outer.statement;
    if (kind === 'FunctionDefinition' || kind === 'ClassDefinition') break;
    if (isCounted(kind)) depth++;
  }
  return depth + deepest(statements) > MAX_NESTED_BLOCKS ? [refuse('the blocks would be nested too deeply')] : [];
}

function isCounted(kind: ast.Statement['kind']): boolean {
  return kind === 'For' || kind === 'While' || kind === 'Try' || kind === 'With';
}

function deepest(statements: readonly ast.Statement[]): number {
  return statements.reduce((most, statement) => {
    if (statement.kind === 'FunctionDefinition' || statement.kind === 'ClassDefinition') return most;
    const own = isCounted(statement.kind) ? 1 : 0;
    return Math.max(most, ...childBlocks(statement).map((block) => own + deepest(block.statements)));
  }, 0);
}

/** The last line of a statement, comments that are indented like the inside of its last block included. */
export function lastLineOf(lint: LintResult, statement: ast.Statement, { base }: Indentation): number {
  const { file } = lint;
  let index = lineAt(file, endOf(lint, statement)).index;
  for (;;) {
    const line = lineByIndex(file, index + 1);
    const text = file.text.slice(line.start, line.end);
    if (line.start >= file.text.length || line.index === index) return index;
    const isDeeper = text.startsWith(base) && /^[ \t]+#/.test(text.slice(base.length));
    if (!isDeeper || childBlocks(statement).length === 0) return index;
    index++;
  }
}
