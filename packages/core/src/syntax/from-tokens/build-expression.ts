import type { Expression } from '../ast';
import { kindOf, T } from '../compile-errors/token';
import { buildArguments } from './build-arguments';
import { buildAtom } from './build-atom';
import { buildParameters } from './build-parameters';
import { MAX_LINKS, Unsupported, type Reader } from './reader';

const K = {
  if: kindOf('if'),
  else: kindOf('else'),
  or: kindOf('or'),
  and: kindOf('and'),
  not: kindOf('not'),
  in: kindOf('in'),
  is: kindOf('is'),
  lambda: kindOf('lambda'),
  await: kindOf('await'),
  yield: kindOf('yield'),
  from: kindOf('from'),
  colon: kindOf(':'),
  comma: kindOf(','),
  dot: kindOf('.'),
  star: kindOf('*'),
  power: kindOf('**'),
  walrus: kindOf(':='),
  open: kindOf('('),
  openIndex: kindOf('['),
  closeIndex: kindOf(']'),
};

const COMPARISONS: ReadonlyMap<number, string> = new Map(
  ['<', '>', '<=', '>=', '==', '!=', 'in'].map((operator) => [kindOf(operator), operator]),
);
const UNARY: ReadonlyMap<number, '-' | '+' | '~'> = new Map(
  (['-', '+', '~'] as const).map((operator) => [kindOf(operator), operator]),
);
/** Precedence of binary operators, loosest first. */
const BINARY: ReadonlyMap<number, { readonly operator: string; readonly level: number }> = new Map(
  [['|'], ['^'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '/', '//', '%', '@']].flatMap((operators, level) =>
    operators.map((operator) => [kindOf(operator), { operator, level: level + 1 }] as const),
  ),
);

/** `named_expression`: an expression or `name := expression`. */
export function buildNamed(reader: Reader): Expression {
  if (reader.kind !== T.Name || reader.kindAt(reader.index + 1) !== K.walrus) return buildExpression(reader);
  const { start } = reader;
  const target = reader.name();
  reader.skip(K.walrus);
  const value = buildExpression(reader);
  return { kind: 'NamedExpression', span: reader.spanFrom(start), target, value };
}

/** `expression`: conditional, disjunction or lambda. */
export function buildExpression(reader: Reader): Expression {
  if (reader.kind === K.lambda) return buildLambda(reader);
  const { start } = reader;
  const body = buildDisjunction(reader);
  if (!reader.accept(K.if)) return body;
  const test = buildDisjunction(reader);
  reader.skip(K.else);
  const orelse = reader.deeper(buildExpression);
  return { kind: 'Conditional', span: reader.spanFrom(start), test, body, orelse };
}

function buildLambda(reader: Reader): Expression {
  const { start } = reader;
  reader.index++;
  const parameters = buildParameters(reader, K.colon);
  reader.skip(K.colon);
  const body = reader.deeper(buildExpression);
  return { kind: 'Lambda', span: reader.spanFrom(start), parameters, body };
}

export function buildDisjunction(reader: Reader): Expression {
  const { start } = reader;
  let left = buildConjunction(reader);
  for (let links = 0; reader.accept(K.or); links++) {
    if (links > MAX_LINKS) throw new Unsupported();
    const right = buildConjunction(reader);
    left = { kind: 'BooleanOperation', span: reader.spanFrom(start), operator: 'or', left, right };
  }
  return left;
}

function buildConjunction(reader: Reader): Expression {
  const { start } = reader;
  let left = buildInversion(reader);
  for (let links = 0; reader.accept(K.and); links++) {
    if (links > MAX_LINKS) throw new Unsupported();
    const right = buildInversion(reader);
    left = { kind: 'BooleanOperation', span: reader.spanFrom(start), operator: 'and', left, right };
  }
  return left;
}

function buildInversion(reader: Reader): Expression {
  const { start } = reader;
  if (!reader.accept(K.not)) return buildComparison(reader);
  const operand = reader.deeper(buildInversion);
  return { kind: 'UnaryOperation', span: reader.spanFrom(start), operator: 'not', operand };
}

function buildComparison(reader: Reader): Expression {
  const { start } = reader;
  const first = buildBinary(reader, 1);
  let operator = comparison(reader);
  if (operator === undefined) return first;
  const operands = [first];
  const operators: string[] = [];
  for (; operator !== undefined; operator = comparison(reader)) {
    operators.push(operator);
    operands.push(buildBinary(reader, 1));
  }
  return { kind: 'Comparison', span: reader.spanFrom(start), operands, operators };
}

function comparison(reader: Reader): string | undefined {
  const { kind } = reader;
  const operator = COMPARISONS.get(kind);
  if (operator !== undefined) {
    reader.index++;
    return operator;
  }
  if (kind === K.is) {
    reader.index++;
    return reader.accept(K.not) ? 'is not' : 'is';
  }
  if (kind !== K.not || reader.kindAt(reader.index + 1) !== K.in) return undefined;
  reader.index += 2;
  return 'not in';
}

/** Binary operators by precedence climbing. */
export function buildBinary(reader: Reader, level: number): Expression {
  const { start } = reader;
  let left = buildFactor(reader);
  for (let links = 0; ; links++) {
    const own = BINARY.get(reader.kind);
    if (own === undefined || own.level < level) return left;
    if (links > MAX_LINKS) throw new Unsupported();
    reader.index++;
    const right = buildBinary(reader, own.level + 1);
    left = { kind: 'BinaryOperation', span: reader.spanFrom(start), operator: own.operator, left, right };
  }
}

function buildFactor(reader: Reader): Expression {
  const operator = UNARY.get(reader.kind);
  const { start } = reader;
  if (operator !== undefined) {
    reader.index++;
    const operand = reader.deeper(buildFactor);
    return { kind: 'UnaryOperation', span: reader.spanFrom(start), operator, operand };
  }
  const left = buildAwait(reader);
  if (!reader.accept(K.power)) return left;
  const right = reader.deeper(buildFactor);
  return { kind: 'BinaryOperation', span: reader.spanFrom(start), operator: '**', left, right };
}

function buildAwait(reader: Reader): Expression {
  const { start } = reader;
  if (!reader.accept(K.await)) return buildPrimary(reader);
  const value = buildPrimary(reader);
  return { kind: 'Await', span: reader.spanFrom(start), value };
}

/** An atom with the attributes, calls and subscripts after it. */
export function buildPrimary(reader: Reader): Expression {
  const { start } = reader;
  let value = buildAtom(reader);
  for (let links = 0; ; links++) {
    if (links > MAX_LINKS) throw new Unsupported();
    switch (reader.kind) {
      case K.dot: {
        reader.index++;
        const attrStart = reader.start;
        const attr = reader.identifier();
        value = { kind: 'Attribute', span: reader.spanFrom(start), value, attr, attrSpan: reader.spanFrom(attrStart) };
        break;
      }
      case K.open: {
        const argsStart = reader.start;
        const args = buildArguments(reader);
        value = { kind: 'Call', span: reader.spanFrom(start), func: value, args, argsSpan: reader.spanFrom(argsStart) };
        break;
      }
      case K.openIndex: {
        reader.index++;
        const index = buildIndex(reader);
        reader.skip(K.closeIndex);
        value = { kind: 'Subscript', span: reader.spanFrom(start), value, index };
        break;
      }
      default:
        return value;
    }
  }
}

/** What stands between `[` and `]`: one expression or slice, or a tuple of them (a lone `*x` is a tuple too). */
function buildIndex(reader: Reader): Expression {
  const { start } = reader;
  const elements = [buildSlice(reader)];
  let hasComma = false;
  while (reader.accept(K.comma)) {
    hasComma = true;
    if (reader.kind === K.closeIndex) break;
    elements.push(buildSlice(reader));
  }
  const first = elements[0] as Expression;
  if (!hasComma && first.kind !== 'Starred') return first;
  return { kind: 'Tuple', span: reader.spanFrom(start), elements };
}

function buildSlice(reader: Reader): Expression {
  const { start } = reader;
  if (reader.kind === K.star) return buildStarred(reader);
  const parts: Expression[] = [];
  if (reader.kind !== K.colon) {
    const first = buildNamed(reader);
    if (reader.kind !== K.colon) return first;
    parts.push(first);
  }
  while (reader.accept(K.colon)) {
    if (reader.kind !== K.colon && reader.kind !== K.comma && reader.kind !== K.closeIndex) {
      parts.push(buildExpression(reader));
    }
  }
  return { kind: 'Slice', span: reader.spanFrom(start), parts };
}

/** `*value`. */
export function buildStarred(reader: Reader): Expression {
  const { start } = reader;
  reader.skip(K.star);
  const value = buildBinary(reader, 1);
  return { kind: 'Starred', span: reader.spanFrom(start), value };
}

/** `yield`, with or without a value. */
export function buildYield(reader: Reader): Expression {
  const { start } = reader;
  reader.skip(K.yield);
  if (reader.accept(K.from)) {
    const value = buildExpression(reader);
    return { kind: 'Yield', span: reader.spanFrom(start), from: true, value };
  }
  const value = ENDS_YIELD.has(reader.kind) ? undefined : buildList(reader);
  return { kind: 'Yield', span: reader.spanFrom(start), from: false, value };
}

const ENDS_YIELD: ReadonlySet<number> = new Set([T.Newline, T.End, ...[')', ']', '}', '=', ';', ':', '!'].map(kindOf)]);

/** `star_expressions`: one expression, or a tuple of them without parentheses. */
export function buildList(reader: Reader): Expression {
  const { start } = reader;
  const first = buildListElement(reader);
  if (reader.kind !== K.comma) return first;
  const elements = [first];
  while (reader.accept(K.comma)) {
    if (ENDS_LIST.has(reader.kind)) break;
    elements.push(buildListElement(reader));
  }
  return { kind: 'Tuple', span: reader.spanFrom(start), elements };
}

const AUGMENTED = ['+=', '-=', '*=', '/=', '//=', '%=', '@=', '**=', '|=', '&=', '^=', '<<=', '>>='].map(kindOf);
const ENDS_LIST: ReadonlySet<number> = new Set([...ENDS_YIELD, K.in, ...AUGMENTED]);

function buildListElement(reader: Reader): Expression {
  return reader.kind === K.star ? buildStarred(reader) : buildExpression(reader);
}

/** `star_targets` before `in`: the operator `in` ends them. */
export function buildTargets(reader: Reader): Expression {
  const { start } = reader;
  const element = () => (reader.kind === K.star ? buildStarred(reader) : buildBinary(reader, 1));
  const first = element();
  if (reader.kind !== K.comma) return first;
  const elements = [first];
  while (reader.accept(K.comma)) {
    if (reader.kind === K.in) break;
    elements.push(element());
  }
  return { kind: 'Tuple', span: reader.spanFrom(start), elements };
}
