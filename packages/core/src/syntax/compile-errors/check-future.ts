import type { ImportFrom, Statement } from '../ast';
import type { SymbolTable } from './symbols';

/** Features of the module `__future__`. */
const FEATURES: ReadonlySet<string> = new Set([
  'nested_scopes',
  'generators',
  'division',
  'absolute_import',
  'with_statement',
  'print_function',
  'unicode_literals',
  'barry_as_FLUFL',
  'generator_stop',
  'annotations',
]);

/** True for `from __future__ import …`. */
export function isFuture(statement: Statement): boolean {
  return statement.kind === 'ImportFrom' && statement.module === '__future__' && statement.level === 0;
}

/** The statements of a file that may come before or among `from __future__` imports: a docstring and those imports. */
export function futureImports(statements: readonly Statement[]): ReadonlySet<Statement> {
  const allowed = new Set<Statement>();
  for (const [index, statement] of statements.entries()) {
    if (isFuture(statement)) allowed.add(statement);
    else if (index > 0 || !isDocstring(statement)) break;
  }
  return allowed;
}

function isDocstring(statement: Statement): boolean {
  return (
    statement.kind === 'ExpressionStatement' &&
    statement.value.kind === 'String' &&
    statement.value.pieces.every((piece) => !/[bft]/.test(piece.prefix))
  );
}

/** Reports a `from __future__` import that comes too late or asks for what does not exist. */
export function checkFuture(statement: ImportFrom, allowed: ReadonlySet<Statement>, table: SymbolTable): void {
  if (!allowed.has(statement)) {
    const detail = 'from __future__ imports must occur at the beginning of the file';
    table.report('misplaced', detail, statement.span);
    return;
  }
  for (const { name, span } of statement.names) {
    if (FEATURES.has(name)) continue;
    const detail = name === 'braces' ? 'not a chance' : `future feature ${name} is not defined`;
    table.report('invalid-syntax', detail, span);
  }
}
