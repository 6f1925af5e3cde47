import type { Module, ParseError, SyntaxTree } from './ast';
import type { Span } from '../text/span';
import { lowerBlock } from './lower-statement';
import { spanOf } from './lowering';
import type { RawNode } from './raw-tree';

/** Turns a concrete tree into the syntax tree, with comments, line continuations and parse errors beside it. */
export function lowerModule(root: RawNode, text: string): SyntaxTree {
  const comments: Span[] = [];
  const lineContinuations: Span[] = [];
  const errors: ParseError[] = [];
  const pending: RawNode[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.type === 'comment') comments.push(spanOf(node));
    else if (node.type === 'line_continuation') lineContinuations.push(spanOf(node));
    else if (node.isMissing) errors.push({ kind: 'missing', span: spanOf(node), expected: node.type });
    else if (node.type === 'ERROR') errors.push({ kind: 'unexpected', span: spanOf(node), expected: undefined });
    for (const child of node.children) pending.push(child);
  }
  const bySpan = (a: Span, b: Span): number => a.start - b.start || a.end - b.end;
  const module: Module = {
    kind: 'Module',
    span: { start: 0, end: text.length },
    body: lowerBlock(root, { text }),
  };
  return {
    module,
    comments: comments.sort(bySpan),
    lineContinuations: lineContinuations.sort(bySpan),
    errors: errors.sort((a, b) => bySpan(a.span, b.span)),
  };
}
