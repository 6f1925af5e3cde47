import type { Expression, StringLiteral, StringPiece } from '../ast';
import { kindOf, T } from '../compile-errors/token';
import { buildList, buildYield } from './build-expression';
import { Unsupported, type Reader } from './reader';

const K = {
  open: kindOf('{'),
  close: kindOf('}'),
  colon: kindOf(':'),
  equals: kindOf('='),
  exclamation: kindOf('!'),
  yield: kindOf('yield'),
};

/** One string literal or several beside each other. */
export function buildStrings(reader: Reader): StringLiteral {
  const { start, text } = reader;
  const pieces: StringPiece[] = [];
  const interpolations: Expression[] = [];
  let value: string | undefined = '';
  while (reader.kind === T.String || reader.kind === T.FStringStart) {
    const pieceStart = reader.start;
    const { prefix, quote } = opening(text, pieceStart);
    if (reader.kind === T.FStringStart) readInterpolations(reader, interpolations);
    else reader.index++;
    const span = reader.spanFrom(pieceStart);
    pieces.push({ span, prefix, quote });
    if (value === undefined) continue;
    const isPlain = prefix === '' || prefix === 'u' || prefix === 'r' || prefix === 'b';
    const content = isPlain ? text.slice(pieceStart + prefix.length + quote.length, span.end - quote.length) : '\\';
    value = content.includes('\\') ? undefined : value + content;
  }
  return { kind: 'String', span: reader.spanFrom(start), value, pieces, interpolations };
}

function opening(text: string, start: number): { readonly prefix: string; readonly quote: string } {
  let quoteAt = start;
  while (text.charCodeAt(quoteAt) !== 34 && text.charCodeAt(quoteAt) !== 39) quoteAt++;
  const mark = text.charAt(quoteAt);
  const quote = text.startsWith(mark.repeat(3), quoteAt) ? mark.repeat(3) : mark;
  return { prefix: text.slice(start, quoteAt).toLowerCase(), quote };
}

/** An f-string from its opening token to its closing one. */
function readInterpolations(reader: Reader, into: Expression[]): void {
  reader.skip(T.FStringStart);
  while (!reader.accept(T.FStringEnd)) {
    if (!reader.accept(T.FStringMiddle)) readField(reader, into);
  }
}

/** `{expression=!r:format}`. */
function readField(reader: Reader, into: Expression[]): void {
  reader.skip(K.open);
  into.push(reader.kind === K.yield ? buildYield(reader) : buildList(reader));
  reader.accept(K.equals);
  if (reader.accept(K.exclamation)) reader.skip(T.Name);
  if (reader.accept(K.colon)) {
    while (reader.kind !== K.close) {
      if (reader.kind === T.End) throw new Unsupported();
      if (!reader.accept(T.FStringMiddle)) readField(reader, into);
    }
  }
  reader.skip(K.close);
}
