import type { ast, Lifetime, LintResult } from '@pylint-leaks/core';
import { enclosingDefinition, placesOf, type Place } from '../syntax/tree-index';

/** A statement after which a name holds the resource. */
export interface Acquisition {
  readonly name: string;
  /** `x = acquire()`, or `x.start()` for what a method acquires. */
  readonly statement: ast.Statement;
  readonly place: Place;
  readonly call: ast.Call;
  /** `x = await acquire()`. */
  readonly isAwaited: boolean;
  /** Other names that the statement binds and that may need the resource: `reader, writer = …`. */
  readonly companions: readonly string[];
  /** Why a `with` header cannot stand in its place; undefined for `x = acquire()`. */
  readonly keepsStatement: string | undefined;
  /** `await` may be written there. */
  readonly isAsync: boolean;
}

/** The statement that gives a name its resource; a reason when there is none that a rewrite could start from. */
export function findAcquisition(lifetime: Lifetime, lint: LintResult): Acquisition | string {
  const { row, acquire, constructor_, holding } = lifetime;
  if (acquire !== constructor_) return startedBy(lifetime, lint);
  const { statement } = holding;
  const place = placesOf(lint.tree.module).get(statement);
  if (place === undefined || (holding.kind !== 'name' && row.elements === undefined)) return 'no name holds it';
  const common = { statement, place, call: acquire, isAsync: isAsyncPlace(place) };
  if (statement.kind === 'AnnotatedAssign') {
    if (statement.target.kind !== 'Name') return 'no name holds it';
    const { isAwaited, isWhole } = valueOf(statement.value, acquire);
    if (!isWhole) return 'the call is only a part of the assigned value';
    const keepsStatement = 'with cannot keep the annotation of the name';
    return { ...common, name: statement.target.id, isAwaited, companions: [], keepsStatement };
  }
  if (statement.kind !== 'Assign') return 'it is not a plain assignment';
  const [target] = statement.targets;
  if (statement.targets.length !== 1 || target === undefined) return 'several targets hold it';
  const { isAwaited, isWhole } = valueOf(statement.value, acquire);
  if (row.elements !== undefined) {
    const names = target.kind === 'Tuple' && isWhole ? target.elements : [];
    const ids = names.flatMap((element) => (element.kind === 'Name' ? element.id : []));
    const name = lifetime.holders.find((holder) => ids.includes(holder));
    if (name === undefined || ids.length < names.length) return 'no name holds it';
    const companions = ids.filter((id) => id !== name);
    const keepsStatement = 'it is one of several values that are unpacked';
    return { ...common, name, isAwaited, companions, keepsStatement };
  }
  if (target.kind !== 'Name') return 'it is one of several values that are unpacked';
  if (!isWhole) return 'the call is only a part of the assigned value';
  return { ...common, name: target.id, isAwaited, companions: [], keepsStatement: undefined };
}

/** `t = Thread(…)` and, later on in the same block, `t.start()`: from there on it runs. */
function startedBy({ acquire, holding, factory }: Lifetime, lint: LintResult): Acquisition | string {
  const { func } = acquire;
  if (func.kind !== 'Attribute' || func.value.kind !== 'Name' || holding.kind !== 'name') return 'no name holds it';
  const place = [...placesOf(lint.tree.module).values()].find(
    ({ statement }) => statement.kind === 'ExpressionStatement' && unawaited(statement.value) === acquire,
  );
  const made = placesOf(lint.tree.module).get(holding.statement);
  if (place === undefined || made?.block !== place.block) return 'it is started in another block';
  if (factory !== undefined) return 'a factory makes it';
  return {
    name: func.value.id,
    statement: place.statement,
    place,
    call: acquire,
    isAwaited: false,
    companions: [],
    keepsStatement: `${func.attr} acquires it, not the call that makes it`,
    isAsync: isAsyncPlace(place),
  };
}

function valueOf(value: ast.Expression | undefined, call: ast.Call): { isAwaited: boolean; isWhole: boolean } {
  const isAwaited = value?.kind === 'Await';
  return { isAwaited, isWhole: (isAwaited ? value.value : value) === call };
}

/** The expression without an `await` before it. */
export function unawaited(expression: ast.Expression): ast.Expression {
  return expression.kind === 'Await' ? expression.value : expression;
}

/** True in the body of an `async def`. */
export function isAsyncPlace(place: Place): boolean {
  const definition = enclosingDefinition(place);
  return definition?.kind === 'FunctionDefinition' && definition.isAsync;
}
