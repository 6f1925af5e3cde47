import type { Block, Expression, For, Match, While } from '../syntax/ast';
import { buildCondition, buildExpression } from './build-expression';
import type { GraphBuilder } from './builder';

type BuildSuite = (suite: Block, builder: GraphBuilder) => void;

/** `while test: body else: orelse`; `else` runs when the test fails, not after `break`. */
export function buildWhile(statement: While, builder: GraphBuilder, buildSuite: BuildSuite): void {
  const [head, body, orelse, after] = [builder.newBlock(), builder.newBlock(), builder.newBlock(), builder.newBlock()];
  builder.flowTo(head);
  buildCondition(statement.test, body, orelse, builder);
  builder.current = body;
  builder.within({ kind: 'loop', breakTo: after, continueTo: head, statement }, () => {
    buildSuite(statement.body, builder);
  });
  builder.flowTo(head);
  builder.current = orelse;
  if (statement.orelse !== undefined) buildSuite(statement.orelse, builder);
  builder.flowTo(after);
}

/** Displays up to this long are unrolled, so that `for f in (source, target): f.close()` releases both. */
const MAX_UNROLLED = 8;

export function buildFor(statement: For, builder: GraphBuilder, buildSuite: BuildSuite): void {
  const { iterable } = statement;
  const isDisplay = iterable.kind === 'Tuple' || iterable.kind === 'List';
  if (
    isDisplay &&
    iterable.elements.length <= MAX_UNROLLED &&
    iterable.elements.every((element) => element.kind === 'Name')
  ) {
    buildUnrolled(statement, iterable.elements, builder, buildSuite);
    return;
  }
  buildExpression(iterable, builder);
  builder.add({ kind: 'end-statement', statement });
  const [head, body, orelse, after] = [builder.newBlock(), builder.newBlock(), builder.newBlock(), builder.newBlock()];
  builder.flowTo(head);
  builder.addRaising({ kind: 'may-raise', span: iterable.span, what: 'iteration' });
  if (builder.current === undefined) return;
  builder.connect(builder.current, { kind: 'normal', to: body });
  builder.connect(builder.current, { kind: 'normal', to: orelse });
  builder.current = body;
  bindTargets(statement.target, statement, builder);
  builder.within({ kind: 'loop', breakTo: after, continueTo: head, statement }, () => {
    buildSuite(statement.body, builder);
  });
  builder.flowTo(head);
  builder.current = orelse;
  builder.add({ kind: 'exhaust', iterable });
  if (statement.orelse !== undefined) buildSuite(statement.orelse, builder);
  builder.flowTo(after);
}

function buildUnrolled(
  statement: For,
  elements: readonly Expression[],
  builder: GraphBuilder,
  buildSuite: BuildSuite,
): void {
  const after = builder.newBlock();
  for (const element of elements) {
    if (builder.current === undefined) break;
    const next = builder.newBlock();
    builder.add({ kind: 'assign', target: statement.target, value: element, statement });
    builder.within({ kind: 'loop', breakTo: after, continueTo: next, statement }, () => {
      buildSuite(statement.body, builder);
    });
    builder.flowTo(next);
  }
  if (statement.orelse !== undefined && builder.current !== undefined) buildSuite(statement.orelse, builder);
  builder.flowTo(after);
}

function bindTargets(target: Expression, statement: For, builder: GraphBuilder): void {
  if (target.kind === 'Tuple' || target.kind === 'List')
    for (const part of target.elements) bindTargets(part, statement, builder);
  else
    builder.add({
      kind: 'assign',
      target: target.kind === 'Starred' ? target.value : target,
      value: undefined,
      statement,
    });
}

/** Cases are tried in order; without an irrefutable one, control may pass all of them. */
export function buildMatch(statement: Match, builder: GraphBuilder, buildSuite: BuildSuite): void {
  buildExpression(statement.subject, builder);
  const after = builder.newBlock();
  for (const clause of statement.cases) {
    if (builder.current === undefined) break;
    const [body, next] = [builder.newBlock(), builder.newBlock()];
    const tested = builder.newBlock();
    builder.connect(builder.current, { kind: 'normal', to: tested });
    if (!clause.isIrrefutable) builder.connect(builder.current, { kind: 'normal', to: next });
    builder.current = tested;
    for (const name of clause.captures) builder.add({ kind: 'assign', target: name, value: undefined, statement });
    if (clause.guard === undefined) builder.flowTo(body);
    else buildCondition(clause.guard, body, next, builder);
    builder.current = body;
    buildSuite(clause.body, builder);
    builder.flowTo(after);
    builder.current = next;
  }
  builder.flowTo(after);
}
