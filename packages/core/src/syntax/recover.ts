import type { Statement } from './ast';
import { lowerBlock } from './lower-statement';
import type { RawNode } from './raw-tree';
import type { Span } from '../text/span';

/**
 * Top-level definitions of a damaged file that are intact by themselves. After a bracket or string that is never closed the
 * parser finds no statement any more; a line that starts with `def`, `class` or a decorator at the margin is a new start all
 * the same. Each such chunk that the tree of the whole file does not have is parsed alone, and taken when it has no error.
 *
 * @param root - the concrete tree of the whole text, which has errors.
 * @param parseRaw - the parser of concrete trees.
 * @returns the statements of the chunks, and the ranges of text they stand for.
 */
export function recoverDefinitions(
  root: RawNode,
  text: string,
  parseRaw: (text: string) => RawNode,
): { readonly statements: readonly Statement[]; readonly ranges: readonly Span[] } {
  const intact = root.children.filter(
    (child) => !child.hasError && child.isNamed && child.type.endsWith('_definition'),
  );
  const known = new Set(intact.map(({ start }) => start));
  const statements: Statement[] = [];
  const ranges: Span[] = [];
  for (const range of chunksOf(text)) {
    // What stands inside an intact definition is the text of a string.
    if (known.has(range.start) || intact.some(({ start, end }) => start < range.start && range.start < end)) continue;
    const chunk = parseRaw(text.slice(range.start, range.end));
    if (chunk.hasError || chunk.children[0]?.type.endsWith('_definition') !== true) continue;
    statements.push(...lowerBlock(shifted(chunk, range.start), { text }).statements);
    ranges.push(range);
  }
  return { statements, ranges };
}

/** Definitions at the margin, each with its decorators and all that follows up to the next one. */
function chunksOf(text: string): readonly Span[] {
  const starts: number[] = [];
  let isDecorated = false;
  for (const { index, 0: word } of text.matchAll(/^(?:@|def\b|class\b|async[ \t]+def\b)/gm)) {
    if (!isDecorated) starts.push(index);
    isDecorated = word === '@';
  }
  return starts.map((start, i) => ({ start, end: starts[i + 1] ?? text.length }));
}

/** A copy of a tree whose text starts at `by`. */
function shifted(root: RawNode, by: number): RawNode {
  const move = (node: RawNode): RawNode => ({ ...node, start: node.start + by, end: node.end + by, children: [] });
  const copy = move(root);
  const pending: (readonly [RawNode, RawNode])[] = [[root, copy]];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [from, to] = pair;
    for (const child of from.children) {
      const moved = move(child);
      to.children.push(moved);
      pending.push([child, moved]);
    }
  }
  return copy;
}

/** The statements of the whole file with those of the chunks in place of what the parser made of their text. */
export function withRecovered(
  statements: readonly Statement[],
  recovered: { readonly statements: readonly Statement[]; readonly ranges: readonly Span[] },
): readonly Statement[] {
  const { ranges } = recovered;
  const isIn = ({ span }: Statement): boolean => (ranges[rangeBefore(ranges, span.start)]?.end ?? 0) > span.start;
  const rest = statements.filter((statement) => !isIn(statement)).map((statement) => cut(statement, ranges, isIn));
  return [...rest, ...recovered.statements].sort((a, b) => a.span.start - b.span.start);
}

/** A damaged statement that reaches into a chunk ends where the chunk starts; what it held is opaque then. */
function cut(statement: Statement, ranges: readonly Span[], isIn: (statement: Statement) => boolean): Statement {
  const { start, end } = statement.span;
  const next = ranges[rangeBefore(ranges, start) + 1];
  if (next === undefined || next.start >= end) return statement;
  const inner = statement.kind === 'ErrorStatement' ? statement.statements.filter((each) => !isIn(each)) : [];
  return {
    kind: 'ErrorStatement',
    span: { start, end: next.start },
    statements: inner.filter((each) => each.span.end <= next.start),
  };
}

/** Index of the last range that starts at or before an offset; -1 when there is none. */
function rangeBefore(ranges: readonly Span[], offset: number): number {
  let low = -1;
  let high = ranges.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((ranges[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
