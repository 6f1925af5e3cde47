import type { ast } from '@pylint-leaks/core';
import { containsExpression } from '../syntax/yields';
import { refuse, unsafe, type Objection } from './objections';

/** Index of `factory` among the positional parameters of `sqlite3.connect`. */
const FACTORY_POSITION = 5;

/**
 * What the arguments of `sqlite3.connect` say against closing the connection: an own connection class may do other
 * things on `__enter__` and `close`, and a shared in-memory database lives only as long as some connection is open.
 */
export function connectionObjections(call: ast.Call): Objection[] {
  const objections: Objection[] = [];
  if (call.args.some(({ kind }) => kind === 'star' || kind === 'double-star')) {
    objections.push(unsafe('unpacked arguments may name an own connection class'));
  }
  const positional = call.args.filter(({ kind }) => kind === 'positional');
  if (call.args.some(({ name }) => name === 'factory') || positional.length > FACTORY_POSITION) {
    objections.push(refuse('the connection is of an own class'));
  }
  const isShared = (expression: ast.Expression): boolean =>
    expression.kind === 'String' && /mode=memory|cache=shared/.test(expression.value ?? '');
  const statement: ast.Statement = { kind: 'ExpressionStatement', span: call.span, value: call };
  if (containsExpression([statement], isShared)) {
    objections.push(refuse('closing the last connection deletes a shared in-memory database'));
  }
  return objections;
}
