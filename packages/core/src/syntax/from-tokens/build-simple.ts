import type { Expression, ImportedName, Name, Statement } from '../ast';
import { isAugmented, kindOf, T } from '../compile-errors/token';
import { buildExpression, buildList, buildYield } from './build-expression';
import { Unsupported, type Reader } from './reader';

const K = {
  semicolon: kindOf(';'),
  comma: kindOf(','),
  equals: kindOf('='),
  colon: kindOf(':'),
  dot: kindOf('.'),
  dots: kindOf('...'),
  star: kindOf('*'),
  open: kindOf('('),
  close: kindOf(')'),
  shift: kindOf('>>'),
  pass: kindOf('pass'),
  break: kindOf('break'),
  continue: kindOf('continue'),
  return: kindOf('return'),
  raise: kindOf('raise'),
  global: kindOf('global'),
  nonlocal: kindOf('nonlocal'),
  del: kindOf('del'),
  assert: kindOf('assert'),
  import: kindOf('import'),
  from: kindOf('from'),
  as: kindOf('as'),
  yield: kindOf('yield'),
};

/** A statement that fits on a line. */
export function buildSimple(reader: Reader): Statement {
  const { start, kind } = reader;
  switch (kind) {
    case K.pass:
    case K.break:
    case K.continue:
      reader.index++;
      return { kind: kind === K.pass ? 'Pass' : kind === K.break ? 'Break' : 'Continue', span: reader.spanFrom(start) };
    case K.return: {
      reader.index++;
      const value = endsStatement(reader) ? undefined : buildList(reader);
      return { kind: 'Return', span: reader.spanFrom(start), value };
    }
    case K.raise: {
      reader.index++;
      const exception = endsStatement(reader) ? undefined : buildExpression(reader);
      const cause = reader.accept(K.from) ? buildExpression(reader) : undefined;
      return { kind: 'Raise', span: reader.spanFrom(start), exception, cause };
    }
    case K.global:
    case K.nonlocal: {
      const names: Name[] = [];
      do {
        reader.index++;
        names.push(reader.name());
      } while (reader.kind === K.comma);
      return { kind: kind === K.global ? 'Global' : 'Nonlocal', span: reader.spanFrom(start), names };
    }
    case K.del: {
      reader.index++;
      const { index } = reader;
      const target = buildList(reader);
      // `del (a, b)` deletes one tuple of targets, `del a, b` deletes two targets.
      const isList =
        target.kind === 'Tuple' && !(reader.kindAt(index) === K.open && target.span.end === closedAt(reader, index));
      return { kind: 'Delete', span: reader.spanFrom(start), targets: isList ? target.elements : [target] };
    }
    case K.assert: {
      reader.index++;
      const test = buildExpression(reader);
      const message = reader.accept(K.comma) ? buildExpression(reader) : undefined;
      return { kind: 'Assert', span: reader.spanFrom(start), test, message };
    }
    case K.import:
      reader.index++;
      return { kind: 'Import', names: buildImported(reader), span: reader.spanFrom(start) };
    case K.from:
      return buildFrom(reader);
    default:
      return buildAssignment(reader);
  }
}

function closedAt(reader: Reader, open: number): number {
  const { index } = reader;
  reader.index = open;
  const closing = reader.closing();
  reader.index = closing + 1;
  const { end } = reader;
  reader.index = index;
  return end;
}

export function endsStatement({ kind }: Reader): boolean {
  return kind === T.Newline || kind === K.semicolon || kind === T.End;
}

function buildImported(reader: Reader): readonly ImportedName[] {
  const names: ImportedName[] = [];
  do {
    if (reader.kind === K.close) break;
    const { start } = reader;
    const name = buildDotted(reader);
    let alias: string | undefined;
    if (reader.accept(K.as)) {
      alias = reader.word;
      reader.skip(T.Name);
    }
    names.push({ span: reader.spanFrom(start), name, alias });
  } while (reader.accept(K.comma));
  return names;
}

/** Dotted as written, without blanks. */
function buildDotted(reader: Reader): string {
  let name = reader.word;
  reader.skip(T.Name);
  while (reader.accept(K.dot)) {
    name += `.${reader.word}`;
    reader.skip(T.Name);
  }
  return name;
}

function buildFrom(reader: Reader): Statement {
  const { start } = reader;
  reader.skip(K.from);
  let level = 0;
  for (; reader.kind === K.dot || reader.kind === K.dots; reader.index++) level += reader.kind === K.dot ? 1 : 3;
  const module = reader.kind === T.Name ? buildDotted(reader) : '';
  reader.skip(K.import);
  const isStar = reader.accept(K.star);
  const isInParentheses = !isStar && reader.accept(K.open);
  const names = isStar ? [] : buildImported(reader);
  if (isInParentheses) reader.skip(K.close);
  return { kind: 'ImportFrom', span: reader.spanFrom(start), module, level, names, isStar };
}

/** An expression, or an assignment of any kind. */
function buildAssignment(reader: Reader): Statement {
  const { start } = reader;
  // tree-sitter takes `print >> file, x` for the statement of Python 2.
  if (reader.kindAt(reader.index + 1) === K.shift && reader.word === 'print') throw new Unsupported();
  const first = buildValue(reader);
  if (reader.accept(K.colon)) {
    const annotation = buildExpression(reader);
    const value = reader.accept(K.equals) ? buildValue(reader) : undefined;
    return { kind: 'AnnotatedAssign', span: reader.spanFrom(start), target: first, annotation, value };
  }
  if (isAugmented(reader.kind)) {
    const operator = reader.word;
    reader.index++;
    const value = buildValue(reader);
    return { kind: 'AugmentedAssign', span: reader.spanFrom(start), target: first, operator, value };
  }
  if (reader.kind !== K.equals) return { kind: 'ExpressionStatement', span: reader.spanFrom(start), value: first };
  const targets: Expression[] = [];
  let value = first;
  while (reader.accept(K.equals)) {
    targets.push(value);
    value = buildValue(reader);
  }
  return { kind: 'Assign', span: reader.spanFrom(start), targets, value };
}

function buildValue(reader: Reader): Expression {
  return reader.kind === K.yield ? buildYield(reader) : buildList(reader);
}
