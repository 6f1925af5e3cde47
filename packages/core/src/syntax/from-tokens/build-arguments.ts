import type { Argument } from '../ast';
import { kindOf, T } from '../compile-errors/token';
import { buildComprehension, startsClauses } from './build-atom';
import { buildExpression, buildNamed } from './build-expression';
import type { Reader } from './reader';

const K = {
  open: kindOf('('),
  close: kindOf(')'),
  comma: kindOf(','),
  equals: kindOf('='),
  star: kindOf('*'),
  power: kindOf('**'),
};

/** Arguments of a call or of a class header, in source order, with their parentheses. */
export function buildArguments(reader: Reader): readonly Argument[] {
  const open = reader.start;
  reader.skip(K.open);
  const args: Argument[] = [];
  while (!reader.accept(K.close)) {
    const { start } = reader;
    const argument = buildArgument(reader);
    if (argument.kind === 'positional' && startsClauses(reader)) {
      // The generator of `f(x for x in y)` has the parentheses of the call.
      const value = buildComprehension(reader, open, 'generator', argument.value, undefined, K.close);
      return [{ kind: 'positional', span: value.span, value }];
    }
    args.push({ ...argument, span: reader.spanFrom(start) });
    if (!reader.accept(K.comma)) {
      reader.skip(K.close);
      break;
    }
  }
  return args;
}

function buildArgument(reader: Reader): Argument {
  const { start } = reader;
  const span = { start, end: start };
  if (reader.accept(K.star)) return { kind: 'star', span, value: buildExpression(reader) };
  if (reader.accept(K.power)) return { kind: 'double-star', span, value: buildExpression(reader) };
  if (reader.kind !== T.Name || reader.kindAt(reader.index + 1) !== K.equals) {
    return { kind: 'positional', span, value: buildNamed(reader) };
  }
  const name = reader.identifier();
  const nameSpan = reader.spanFrom(start);
  reader.skip(K.equals);
  return { kind: 'keyword', span, name, nameSpan, value: buildExpression(reader) };
}
