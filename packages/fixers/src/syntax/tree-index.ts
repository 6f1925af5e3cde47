import { childBlocks, type ast } from '@pylint-leaks/core';

/** Where a statement stands. */
export interface Place {
  readonly statement: ast.Statement;
  readonly block: ast.Block;
  /** Index of the statement in `block`. */
  readonly index: number;
  /** The statement that `block` belongs to; undefined at the top of the module. */
  readonly parent: Place | undefined;
}

const indexes = new WeakMap<ast.Module, ReadonlyMap<ast.Statement, Place>>();

/** The place of every statement of a module. */
export function placesOf(module: ast.Module): ReadonlyMap<ast.Statement, Place> {
  const known = indexes.get(module);
  if (known !== undefined) return known;
  const places = new Map<ast.Statement, Place>();
  const enter = (block: ast.Block, parent: Place | undefined): void => {
    block.statements.forEach((statement, index) => {
      const place: Place = { statement, block, index, parent };
      places.set(statement, place);
      for (const inner of childBlocks(statement)) enter(inner, place);
    });
  };
  enter(module.body, undefined);
  indexes.set(module, places);
  return places;
}

/** The statements around a place from the inside out, up to the function, class or module it runs in. */
export function enclosingPlaces(place: Place): readonly Place[] {
  const around: Place[] = [];
  for (let next = place.parent; next !== undefined; next = next.parent) {
    if (next.statement.kind === 'FunctionDefinition' || next.statement.kind === 'ClassDefinition') break;
    around.push(next);
  }
  return around;
}

/** The function or class in whose body a place stands; undefined at module level. */
export function enclosingDefinition(place: Place): ast.FunctionDefinition | ast.ClassDefinition | undefined {
  for (let next = place.parent; next !== undefined; next = next.parent) {
    const { statement } = next;
    if (statement.kind === 'FunctionDefinition' || statement.kind === 'ClassDefinition') return statement;
  }
  return undefined;
}

/** True below `if __name__ == '__main__':`, where no other module can see what is bound. */
export function isBelowMainGuard(place: Place): boolean {
  return enclosingPlaces(place).some(({ statement }) => {
    if (statement.kind !== 'If' || statement.test.kind !== 'Comparison') return false;
    const { operands, operators } = statement.test;
    const [left, right] = operands;
    return (
      operators.length === 1 &&
      operators[0] === '==' &&
      [left, right].some((side) => side?.kind === 'Name' && side.id === '__name__') &&
      [left, right].some((side) => side?.kind === 'String' && side.value === '__main__')
    );
  });
}
