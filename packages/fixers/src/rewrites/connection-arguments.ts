import type { ast, Lifetime, LintResult } from '@pylint-leaks/core';
import { containsExpression } from '../syntax/statement-facts';
import { refuse, unsafe, type Objection } from './objections';

/** How names of definitions of the file itself start. */
const LOCAL_PREFIX = '<local>.';

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

/**
 * A row also stands for classes of the project that derive from the one it names: what their `with` and `close` do is
 * their own business.
 */
export function ownClassObjections(lint: LintResult, { acquire, factory }: Lifetime): Objection[] {
  if (factory !== undefined) return [];
  const name = lint.model.qualifiedName(acquire.func);
  if (name?.startsWith(LOCAL_PREFIX) !== true) return [];
  return [refuse(`${name.slice(LOCAL_PREFIX.length)} is a class of the project, whose with and close are its own`)];
}
