import type { Expression, Parameter, ParameterKind } from '../ast';
import { kindOf, T } from '../compile-errors/token';
import { buildExpression, buildStarred } from './build-expression';
import type { Reader } from './reader';

const K = {
  comma: kindOf(','),
  colon: kindOf(':'),
  equals: kindOf('='),
  star: kindOf('*'),
  power: kindOf('**'),
  slash: kindOf('/'),
};

/** Parameters up to the token that ends them: `)` of a `def`, `:` of a lambda, whose parameters have no annotations. */
export function buildParameters(reader: Reader, closing: number): readonly Parameter[] {
  const parameters: Parameter[] = [];
  let sawStar = false;
  while (reader.kind !== closing) {
    const parameter = buildParameter(reader, closing, sawStar);
    sawStar ||= parameter.kind === 'var-positional' || parameter.kind === 'keyword-only-mark';
    parameters.push(parameter);
    if (!reader.accept(K.comma)) break;
  }
  return parameters;
}

function buildParameter(reader: Reader, closing: number, sawStar: boolean): Parameter {
  const { start } = reader;
  if (reader.accept(K.slash)) return mark(reader, start, 'positional-only-mark');
  const isStar = reader.accept(K.star);
  if (isStar && reader.kind !== T.Name) return mark(reader, start, 'keyword-only-mark');
  const isMapping = !isStar && reader.accept(K.power);
  const kind = isStar ? 'var-positional' : isMapping ? 'var-keyword' : sawStar ? 'keyword-only' : 'positional';
  const nameStart = reader.start;
  const name = reader.word;
  reader.skip(T.Name);
  const nameSpan = reader.spanFrom(nameStart);
  const hasAnnotation = closing !== K.colon && reader.accept(K.colon);
  const annotation = hasAnnotation ? buildAnnotation(reader) : undefined;
  const value = reader.accept(K.equals) ? buildExpression(reader) : undefined;
  return { kind, span: reader.spanFrom(start), name, nameSpan, annotation, default: value };
}

/** `*args: *Types`. */
function buildAnnotation(reader: Reader): Expression {
  return reader.kind === K.star ? buildStarred(reader) : buildExpression(reader);
}

function mark(reader: Reader, start: number, kind: ParameterKind): Parameter {
  const span = reader.spanFrom(start);
  return { kind, span, name: '', nameSpan: span, annotation: undefined, default: undefined };
}
