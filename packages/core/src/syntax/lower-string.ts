import type { Expression, StringLiteral, StringPiece } from './ast';
import { lowerExpression } from './lower-expression';
import { childIn, namedChildren, spanOf, textOfNode, type Lowering } from './lowering';
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
    // The closing token of `r'\\'` wrongly starts at the backslashes, so the quote is measured instead.
    const end = closing === undefined ? string.end : closing.end - (start.length - prefix.length);
    const content = lowering.text.slice(opening?.end ?? string.start, end);
    const isPlain = prefix === '' || prefix === 'u' || prefix === 'r' || prefix === 'b';
    value = isPlain && !content.includes('\\') && value !== undefined ? value + content : undefined;
  }
  return { kind: 'String', span: spanOf(node), value, pieces, interpolations } satisfies StringLiteral;
}

function collectInterpolations(node: RawNode, lowering: Lowering, into: Expression[]): void {
  for (const child of node.children) {
    if (child.type === 'interpolation' || child.type === 'format_expression') {
      const expression = child.children.find((part) => part.field === 'expression');
      // In `f'{x:=5}'` the colon starts a format; an assignment expression would need parentheses.
      const value = expression?.type === 'named_expression' ? childIn(expression, 'name') : expression;
      if (value !== undefined) into.push(lowerExpression(value, lowering));
    }
    if (child.type === 'interpolation' || child.type === 'format_specifier' || child.type === 'format_expression') {
      collectInterpolations(child, lowering, into);
    }
  }
}
