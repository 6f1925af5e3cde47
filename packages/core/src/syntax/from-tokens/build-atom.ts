import type { Comprehension, ComprehensionClause, Expression } from '../ast';
import { kindOf, T } from '../compile-errors/token';
import {
  buildBinary,
  buildDisjunction,
  buildExpression,
  buildNamed,
  buildStarred,
  buildTargets,
  buildYield,
} from './build-expression';
import { buildStrings } from './build-string';
import { Unsupported, type Reader } from './reader';

const K = {
  open: kindOf('('),
  close: kindOf(')'),
  openList: kindOf('['),
  closeList: kindOf(']'),
  openDict: kindOf('{'),
  closeDict: kindOf('}'),
  colon: kindOf(':'),
  comma: kindOf(','),
  star: kindOf('*'),
  power: kindOf('**'),
  for: kindOf('for'),
  async: kindOf('async'),
  in: kindOf('in'),
  if: kindOf('if'),
  yield: kindOf('yield'),
};

const CONSTANTS: ReadonlyMap<number, 'None' | 'True' | 'False' | 'Ellipsis'> = new Map([
  [kindOf('None'), 'None'],
  [kindOf('True'), 'True'],
  [kindOf('False'), 'False'],
  [kindOf('...'), 'Ellipsis'],
]);

/** `atom`: a name, a literal or something in brackets. */
export function buildAtom(reader: Reader): Expression {
  const { start } = reader;
  switch (reader.kind) {
    case T.Name:
      return reader.name();
    case T.Number: {
      const text = reader.word;
      reader.index++;
      return { kind: 'Number', span: reader.spanFrom(start), text };
    }
    case T.String:
    case T.FStringStart:
      return buildStrings(reader);
    case K.open:
      return buildParenthesized(reader);
    case K.openList:
      return buildListDisplay(reader);
    case K.openDict:
      return buildDictOrSet(reader);
    default: {
      const value = CONSTANTS.get(reader.kind);
      if (value === undefined) throw new Unsupported();
      reader.index++;
      return { kind: 'Constant', span: reader.spanFrom(start), value };
    }
  }
}

/** A group, a tuple or a generator expression. A group leaves no trace but in the spans around it. */
function buildParenthesized(reader: Reader): Expression {
  const { start } = reader;
  reader.index++;
  if (reader.accept(K.close)) return { kind: 'Tuple', span: reader.spanFrom(start), elements: [] };
  if (reader.kind === K.yield) {
    const value = buildYield(reader);
    reader.skip(K.close);
    return value;
  }
  const first = buildElement(reader);
  if (startsClauses(reader)) return buildComprehension(reader, start, 'generator', first, undefined, K.close);
  if (reader.accept(K.close)) return first;
  const elements = buildElements(reader, first, K.close);
  return { kind: 'Tuple', span: reader.spanFrom(start), elements };
}

function buildListDisplay(reader: Reader): Expression {
  const { start } = reader;
  reader.index++;
  if (reader.accept(K.closeList)) return { kind: 'List', span: reader.spanFrom(start), elements: [] };
  const first = buildElement(reader);
  if (startsClauses(reader)) return buildComprehension(reader, start, 'list', first, undefined, K.closeList);
  const elements = buildElements(reader, first, K.closeList);
  return { kind: 'List', span: reader.spanFrom(start), elements };
}

/** `star_named_expression`: `*bitwise_or` or a named expression. */
function buildElement(reader: Reader): Expression {
  return reader.kind === K.star ? buildStarred(reader) : buildNamed(reader);
}

/** The rest of `a, b, c` with the closing bracket. */
function buildElements(reader: Reader, first: Expression, closing: number): readonly Expression[] {
  const elements = [first];
  while (reader.accept(K.comma)) {
    if (reader.kind === closing) break;
    elements.push(buildElement(reader));
  }
  reader.skip(closing);
  return elements;
}

function buildDictOrSet(reader: Reader): Expression {
  const { start } = reader;
  reader.index++;
  if (reader.accept(K.closeDict)) return { kind: 'Dict', span: reader.spanFrom(start), entries: [] };
  if (reader.kind === K.power) return buildDict(reader, start, []);
  const first = buildElement(reader);
  if (reader.accept(K.colon)) {
    const value = buildExpression(reader);
    if (startsClauses(reader)) return buildComprehension(reader, start, 'dict', first, value, K.closeDict);
    return buildDict(reader, start, [{ key: first, value }]);
  }
  if (startsClauses(reader)) return buildComprehension(reader, start, 'set', first, undefined, K.closeDict);
  const elements = buildElements(reader, first, K.closeDict);
  return { kind: 'Set', span: reader.spanFrom(start), elements };
}

interface Entry {
  readonly key: Expression | undefined;
  readonly value: Expression;
}

function buildDict(reader: Reader, start: number, entries: Entry[]): Expression {
  if (entries.length === 0) entries.push(buildEntry(reader));
  while (reader.accept(K.comma)) {
    if (reader.kind === K.closeDict) break;
    entries.push(buildEntry(reader));
  }
  reader.skip(K.closeDict);
  return { kind: 'Dict', span: reader.spanFrom(start), entries };
}

function buildEntry(reader: Reader): Entry {
  if (reader.accept(K.power)) return { key: undefined, value: buildBinary(reader, 1) };
  const key = buildExpression(reader);
  reader.skip(K.colon);
  return { key, value: buildExpression(reader) };
}

export function startsClauses(reader: Reader): boolean {
  return reader.kind === K.for || (reader.kind === K.async && reader.kindAt(reader.index + 1) === K.for);
}

/** The clauses of a comprehension, with the closing bracket. */
export function buildComprehension(
  reader: Reader,
  start: number,
  form: Comprehension['form'],
  element: Expression,
  value: Expression | undefined,
  closing: number,
): Comprehension {
  const clauses: ComprehensionClause[] = [];
  while (startsClauses(reader)) {
    const isAsync = reader.accept(K.async);
    reader.skip(K.for);
    const target = buildTargets(reader);
    reader.skip(K.in);
    const iterable = buildDisjunction(reader);
    const conditions: Expression[] = [];
    while (reader.accept(K.if)) conditions.push(buildDisjunction(reader));
    clauses.push({ isAsync, target, iterable, conditions });
  }
  reader.skip(closing);
  return { kind: 'Comprehension', span: reader.spanFrom(start), form, element, value, clauses };
}
