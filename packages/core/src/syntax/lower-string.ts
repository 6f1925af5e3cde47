import type { Expression, StringLiteral, StringPiece } from './ast';
import { lowerExpression } from './lower-expression';
import { namedChildren, spanOf, textOfNode, type Lowering } from './lowering';
import type { RawNode } from './raw-tree';

/** Lowers one string or several adjacent ones; backquotes (Python 2 `repr`) become an error expression. */
export function lowerString(node: RawNode, lowering: Lowering): Expression {
  const strings =
    node.type === 'concatenated_string' ? namedChildren(node).filter((child) => child.type === 'string') : [node];
  const pieces: StringPiece[] = [];
  const interpolations: Expression[] = [];
  let value: string | undefined = '';
  for (const string of strings) {
    const opening = string.children.find((child) => child.type === 'string_start');
    const closing = string.children.find((child) => child.type === 'string_end');
    const start = opening === undefined ? '' : textOfNode(opening, lowering);
    if (start.endsWith('`')) return { kind: 'ErrorExpression', span: spanOf(node), children: [] };
    const prefix = start.replace(/["']+$/, '').toLowerCase();
    pieces.push({ span: spanOf(string), prefix, quote: start.slice(prefix.length) });
    collectInterpolations(string, lowering, interpolations);
    const content = lowering.text.slice(opening?.end ?? string.start, closing?.start ?? string.end);
    const isPlain = prefix === '' || prefix === 'u' || prefix === 'r' || prefix === 'b';
    value = isPlain && !content.includes('\\') && value !== undefined ? value + content : undefined;
  }
  return { kind: 'String', span: spanOf(node), value, pieces, interpolations } satisfies StringLiteral;
}

function collectInterpolations(node: RawNode, lowering: Lowering, into: Expression[]): void {
  for (const child of node.children) {
    if (child.type === 'interpolation' || child.type === 'format_expression') {
      const expression = child.children.find((part) => part.field === 'expression');
      if (expression !== undefined) into.push(lowerExpression(expression, lowering));
    }
    if (child.type === 'interpolation' || child.type === 'format_specifier' || child.type === 'format_expression') {
      collectInterpolations(child, lowering, into);
    }
  }
}
