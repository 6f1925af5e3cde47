import type { Block, ExceptHandler, Expression, FunctionDefinition, Name, Statement, WithItem } from '../ast';
import { kindOf, T } from '../compile-errors/token';
import { buildArguments } from './build-arguments';
import { buildBlock } from './build-block';
import { buildExpression, buildList, buildNamed, buildPrimary, buildTargets } from './build-expression';
import { buildParameters } from './build-parameters';
import { Unsupported, type Reader } from './reader';

const K = {
  if: kindOf('if'),
  elif: kindOf('elif'),
  else: kindOf('else'),
  while: kindOf('while'),
  for: kindOf('for'),
  in: kindOf('in'),
  try: kindOf('try'),
  except: kindOf('except'),
  finally: kindOf('finally'),
  with: kindOf('with'),
  as: kindOf('as'),
  def: kindOf('def'),
  class: kindOf('class'),
  async: kindOf('async'),
  at: kindOf('@'),
  star: kindOf('*'),
  open: kindOf('('),
  close: kindOf(')'),
  openIndex: kindOf('['),
  colon: kindOf(':'),
  comma: kindOf(','),
  arrow: kindOf('->'),
};

/** A compound statement; undefined when none starts here. */
export function buildCompound(reader: Reader): Statement | undefined {
  const { start } = reader;
  switch (reader.kind) {
    case K.if:
      return buildIf(reader, false);
    case K.while: {
      reader.index++;
      const test = buildNamed(reader);
      const body = buildBlock(reader);
      const orelse = buildElse(reader);
      return { kind: 'While', span: { start, end: (orelse ?? body).span.end }, test, body, orelse };
    }
    case K.for:
      return buildFor(reader, start, false);
    case K.try:
      return buildTry(reader);
    case K.with:
      return buildWith(reader, start, false);
    case K.def:
      return buildDef(reader, start, false, []);
    case K.class:
      return buildClass(reader, []);
    case K.at:
      return buildDecorated(reader);
    case K.async:
      return buildAsync(reader, []);
    default:
      return undefined;
  }
}

/** Chains of `elif` nest one deeper with each clause. */
const MAX_ELIFS = 400;

function buildIf(reader: Reader, isElif: boolean, depth = 0): Extract<Statement, { kind: 'If' }> {
  if (depth > MAX_ELIFS) throw new Unsupported();
  const { start } = reader;
  reader.index++;
  const test = buildNamed(reader);
  const body = buildBlock(reader);
  let orelse: Block | undefined;
  if (reader.kind === K.elif) {
    const inner = buildIf(reader, true, depth + 1);
    orelse = { span: inner.span, statements: [inner] };
  } else orelse = buildElse(reader);
  return { kind: 'If', span: { start, end: (orelse ?? body).span.end }, isElif, test, body, orelse };
}

function buildElse(reader: Reader): Block | undefined {
  return reader.accept(K.else) ? buildBlock(reader) : undefined;
}

function buildFor(reader: Reader, start: number, isAsync: boolean): Statement {
  reader.skip(K.for);
  const target = buildTargets(reader);
  reader.skip(K.in);
  const iterable = buildList(reader);
  const body = buildBlock(reader);
  const orelse = buildElse(reader);
  return { kind: 'For', span: { start, end: (orelse ?? body).span.end }, isAsync, target, iterable, body, orelse };
}

function buildTry(reader: Reader): Statement {
  const { start } = reader;
  reader.skip(K.try);
  const body = buildBlock(reader);
  const handlers: ExceptHandler[] = [];
  while (reader.kind === K.except) handlers.push(buildHandler(reader));
  const orelse = buildElse(reader);
  const finalbody = reader.accept(K.finally) ? buildBlock(reader) : undefined;
  const last = finalbody ?? orelse ?? handlers.at(-1)?.body ?? body;
  return { kind: 'Try', span: { start, end: last.span.end }, body, handlers, orelse, finalbody };
}

function buildHandler(reader: Reader): ExceptHandler {
  const { start } = reader;
  reader.skip(K.except);
  const isGroup = reader.accept(K.star);
  let type: Expression | undefined;
  let name: Name | undefined;
  if (reader.kind !== K.colon) {
    type = buildExpression(reader);
    if (reader.kind === K.comma) throw new Unsupported();
    if (reader.accept(K.as)) name = reader.name();
  }
  const body = buildBlock(reader);
  return { span: { start, end: body.span.end }, type, name, isGroup, body };
}

function buildWith(reader: Reader, start: number, isAsync: boolean): Statement {
  reader.skip(K.with);
  // `with (a as b, c):` and `with (a, b):`, but not `with (a or b) as c:`.
  let isParenthesized = false;
  if (reader.kind === K.open) {
    const closing = reader.closing();
    isParenthesized = reader.kindAt(closing + 1) === K.colon && holdsItems(reader, closing);
  }
  if (isParenthesized) reader.index++;
  const items: WithItem[] = [];
  do {
    if (reader.kind === K.close) break;
    items.push(buildItem(reader));
  } while (reader.accept(K.comma));
  if (isParenthesized) reader.skip(K.close);
  const body = buildBlock(reader);
  return { kind: 'With', span: { start, end: body.span.end }, isAsync, items, isParenthesized, body };
}

/** A comma or `as` between the parentheses themselves; a generator has commas of its own. */
function holdsItems(reader: Reader, closing: number): boolean {
  let depth = 0;
  let found = false;
  for (let index = reader.index + 1; index < closing; index++) {
    const kind = reader.kindAt(index);
    if (BRACKETS.has(kind)) depth += BRACKETS.get(kind) ?? 0;
    else if (depth > 0) continue;
    else if (NOT_ITEMS.has(kind)) throw new Unsupported();
    else if (kind === K.comma || kind === K.as) found = true;
  }
  return found;
}

const BRACKETS: ReadonlyMap<number, number> = new Map([
  ...['(', '[', '{'].map((bracket) => [kindOf(bracket), 1] as const),
  ...[')', ']', '}'].map((bracket) => [kindOf(bracket), -1] as const),
]);
const NOT_ITEMS: ReadonlySet<number> = new Set(['for', 'lambda', 'yield', ':=', '*'].map(kindOf));

function buildItem(reader: Reader): WithItem {
  const { start } = reader;
  const context = buildExpression(reader);
  const target = reader.accept(K.as) ? buildPrimary(reader) : undefined;
  return { span: reader.spanFrom(start), context, target };
}

function buildDecorated(reader: Reader): Statement {
  const decorators: Expression[] = [];
  while (reader.accept(K.at)) {
    decorators.push(buildNamed(reader));
    reader.skip(T.Newline);
  }
  if (reader.kind === K.class) return buildClass(reader, decorators);
  if (reader.kind === K.async) return buildAsync(reader, decorators);
  return buildDef(reader, reader.start, false, decorators);
}

function buildAsync(reader: Reader, decorators: readonly Expression[]): Statement {
  const { start } = reader;
  reader.skip(K.async);
  if (reader.kind === K.for) return buildFor(reader, start, true);
  if (reader.kind === K.with) return buildWith(reader, start, true);
  return buildDef(reader, start, true, decorators);
}

function buildDef(
  reader: Reader,
  start: number,
  isAsync: boolean,
  decorators: readonly Expression[],
): FunctionDefinition {
  reader.skip(K.def);
  const name = reader.name();
  skipTypeParameters(reader);
  reader.skip(K.open);
  const parameters = buildParameters(reader, K.close);
  reader.skip(K.close);
  const returns = reader.accept(K.arrow) ? buildExpression(reader) : undefined;
  const body = buildBlock(reader);
  const span = { start, end: body.span.end };
  return { kind: 'FunctionDefinition', span, name, isAsync, decorators, parameters, returns, body, hasError: false };
}

function buildClass(reader: Reader, decorators: readonly Expression[]): Statement {
  const { start } = reader;
  reader.skip(K.class);
  const name = reader.name();
  skipTypeParameters(reader);
  const bases = reader.kind === K.open ? buildArguments(reader) : [];
  const body = buildBlock(reader);
  return { kind: 'ClassDefinition', span: { start, end: body.span.end }, name, decorators, bases, body };
}

/** Type parameters say nothing that is asked about. */
function skipTypeParameters(reader: Reader): void {
  if (reader.kind === K.openIndex) reader.index = reader.closing() + 1;
}
