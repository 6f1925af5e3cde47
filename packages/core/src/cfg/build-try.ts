import type { Block, ExceptHandler, Expression, Try } from '../syntax/ast';
import { buildExpression } from './build-expression';
import type { GraphBuilder } from './builder';
import type { HandlersFrame } from './frames';

/**
 * `try` (Python reference, "The try statement"):
 *
 *      body ──normal──→ else ──┬──→ finally (copy) ──→ after
 *        └──raises──→ dispatch ─┼──→ handler 1 ──┤
 *                               ├──→ handler n ──┘
 *                               └──no match──→ out
 *
 * Exceptions in `else` and in handlers are not caught by the same `try`, but pass its `finally`.
 */
export function buildTry(
  statement: Try,
  builder: GraphBuilder,
  buildSuite: (suite: Block, builder: GraphBuilder) => void,
): void {
  const suite = statement.finalbody;
  if (suite !== undefined) {
    builder.within({ kind: 'finally', suite, exits: new Map() }, () => {
      buildProtected(statement, builder, buildSuite);
    });
    builder.cleaningUp('finally', () => {
      buildSuite(suite, builder);
    });
  } else buildProtected(statement, builder, buildSuite);
}

function buildProtected(
  statement: Try,
  builder: GraphBuilder,
  buildSuite: (suite: Block, builder: GraphBuilder) => void,
): void {
  const after = builder.newBlock();
  if (statement.handlers.length === 0) {
    buildSuite(statement.body, builder);
    if (statement.orelse !== undefined) buildSuite(statement.orelse, builder);
    builder.flowTo(after);
    return;
  }
  const dispatch = builder.newBlock();
  const frame: HandlersFrame = { kind: 'handlers', dispatch, quiet: [] };
  builder.within(frame, () => {
    buildSuite(statement.body, builder);
  });
  builder.connectQuiet(frame);
  if (statement.orelse !== undefined) buildSuite(statement.orelse, builder);
  builder.flowTo(after);

  for (const handler of statement.handlers) {
    const start = builder.newBlock();
    builder.connect(dispatch, { kind: 'normal', to: start });
    builder.current = start;
    if (handler.name !== undefined) {
      builder.add({ kind: 'assign', target: handler.name, value: undefined, statement });
    }
    builder.cleaningUp('handler', () => {
      buildSuite(handler.body, builder);
    });
    builder.flowTo(after);
  }
  if (!statement.handlers.some(catchesEverything)) {
    builder.current = dispatch;
    if (statement.handlers[0]?.type !== undefined) buildExpressionQuietly(statement.handlers[0].type, builder);
    builder.reraise();
  }
  builder.current = after;
}

/** Handler types are names; what their lookup could raise is of no interest. */
function buildExpressionQuietly(type: Expression, builder: GraphBuilder): void {
  if (type.kind === 'Call') buildExpression(type, builder);
}

const CATCH_ALL = new Set(['Exception', 'BaseException']);

/** Bare `except`, `except Exception`, or a tuple with one of them; `except*` leaves what it does not match. */
function catchesEverything(handler: ExceptHandler): boolean {
  if (handler.isGroup) return false;
  const { type } = handler;
  if (type === undefined) return true;
  return (type.kind === 'Tuple' ? type.elements : [type]).some(namesEverything);
}

/** `Exception` or `BaseException`: what escapes the former ends the program. */
export function namesEverything(type: Expression): boolean {
  return type.kind === 'Name' && CATCH_ALL.has(type.id);
}
