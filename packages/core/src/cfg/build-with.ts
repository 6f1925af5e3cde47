import type { Block, With } from '../syntax/ast';
import { buildExpression } from './build-expression';
import { namesEverything } from './build-try';
import type { GraphBuilder } from './builder';

/**
 * `with a as x, b as y: body` is `with a as x:` around `with b as y: body` (Python reference, "The with statement").
 * Every way out of the body runs the exits, innermost first; only known suppressors swallow an exception.
 */
export function buildWith(
  statement: With,
  builder: GraphBuilder,
  buildSuite: (suite: Block, builder: GraphBuilder) => void,
): void {
  buildItem(statement, 0, builder, buildSuite);
  builder.flowTo(builder.newBlock());
}

function buildItem(
  statement: With,
  index: number,
  builder: GraphBuilder,
  buildSuite: (suite: Block, builder: GraphBuilder) => void,
): void {
  const item = statement.items[index];
  if (item === undefined) {
    buildSuite(statement.body, builder);
    return;
  }
  buildExpression(item.context, builder);
  const enter = { kind: 'enter', item, isAsync: statement.isAsync } as const;
  // What is harmless to make is harmless to enter (`suppress(…)`, `ExitStack()`).
  if (item.context.kind === 'Call' && builder.facts.neverRaises(item.context)) builder.add(enter);
  else builder.addRaising(enter);
  if (item.target !== undefined && item.target.kind !== 'Name') {
    builder.add({ kind: 'assign', target: item.target, value: undefined, statement });
  }
  // Behind this item: the exits of those around it are still to come.
  const swallowTo = builder.facts.suppresses(item.context) ? builder.newBlock() : undefined;
  const swallowsAll = item.context.kind === 'Call' && item.context.args.some(({ value }) => namesEverything(value));
  builder.within({ kind: 'with', item, swallowTo, swallowsAll, exits: new Map() }, () => {
    buildItem(statement, index + 1, builder, buildSuite);
  });
  builder.add({ kind: 'exit', item });
  if (swallowTo !== undefined) builder.flowTo(swallowTo);
}
