import { childBlocks, type ast, type Edit, type Lifetime, type LintResult, type Span } from '@pylint-leaks/core';
import { placesOf, type Place } from '../syntax/tree-index';
import { deleteStatement } from '../text/line-edits';
import { isStill } from './evaluation-order';
import { isReleaseOf } from './release-statement';

/**
 * Edits that drop the releases that stand directly before the end of the future `with` block or another way out of it
 * (`f.close(); return`), where leaving the block releases it anyway.
 *
 * @param instead - the calls that leaving the block comes to, as people write them: `close()`, `terminate(); wait()`.
 * @returns a reason when a release would stay in the block: nobody expects one there.
 */
export function dropLeftReleases(
  lint: LintResult,
  { row, releases }: Lifetime,
  name: string,
  statements: readonly ast.Statement[],
  instead = `${row.release[0] ?? ''}()`,
): readonly Edit[] | string {
  const left = releasesIn(statements, name, row.release);
  const same = new Set(instead.split('; '));
  for (const call of row.exit?.equals.includes(instead) === true ? row.exit.equals : []) same.add(call);
  const others = row.release.filter((method) => !same.has(`${method}()`));
  if (releasesIn(left, name, others).length > 0) return 'it is released in more than one way';
  const isIn = ({ span }: { readonly span: Span }, outer: readonly ast.Statement[]): boolean =>
    outer.some((statement) => span.start >= statement.span.start && span.end <= statement.span.end);
  if (releases.some((release) => isIn(release, statements) && !isIn(release, left))) return STAYS;
  const edits: Edit[] = [];
  for (const release of left) {
    const place = placesOf(lint.tree.module).get(release);
    if (place === undefined || !leavesAtOnce(place, statements)) return STAYS;
    const deletion = deleteStatement(lint.file, lint.tree.comments, place);
    if ('refused' in deletion) return deletion.refused;
    edits.push(deletion.edit);
  }
  return edits;
}

/** Closing a second time does nothing (library reference: `io`, `sqlite3`, `socket`; drivers of databases may raise). */
export function isRepeatable({ family, release, awaitsRelease }: Lifetime['row']): boolean {
  const isKnown = family === 'file' || family === 'sqlite' || family === 'socket' || family === 'http';
  return isKnown && release[0] === 'close' && awaitsRelease !== true;
}

const STAYS = 'the block would still release it by hand';

/** Statements that only release it, those of nested functions left out. */
function releasesIn(
  statements: readonly ast.Statement[],
  name: string,
  methods: readonly string[],
): readonly ast.Statement[] {
  return statements.flatMap((statement) => {
    if (isReleaseOf(statement, name, methods)) return [statement];
    if (statement.kind === 'FunctionDefinition' || statement.kind === 'ClassDefinition') return [];
    return childBlocks(statement).flatMap((block) => releasesIn(block.statements, name, methods));
  });
}

/** True when the statement behind a place leaves `statements` without running anything else of them. */
function leavesAtOnce(place: Place, statements: readonly ast.Statement[]): boolean {
  const exit = place.block.statements[place.index + 1];
  if (exit === undefined) return place.index > 0 && endsBlock(place, statements);
  if (!isPlainExit(exit)) return false;
  // A handler with nothing but `raise` is a handler that should not be there.
  if (exit.kind === 'Raise' && exit.exception === undefined && place.index === 0) return false;
  for (let inner = place; !statements.includes(inner.statement); inner = inner.parent) {
    if (inner.parent === undefined) return false;
    const { statement } = inner.parent;
    switch (statement.kind) {
      case 'If':
      case 'Match':
        break;
      case 'For':
      case 'While':
        if (inner.block === statement.body && (exit.kind === 'Break' || exit.kind === 'Continue')) return false;
        break;
      case 'Try':
        if (statement.finalbody !== undefined) return false;
        if (inner.block === statement.body && exit.kind === 'Raise') return false;
        break;
      default:
        return false;
    }
  }
  return true;
}

/** True when a place ends a branch of the last statement, and something else stands in that branch. */
function endsBlock(place: Place, statements: readonly ast.Statement[]): boolean {
  for (let inner = place; inner.statement !== statements[statements.length - 1]; inner = inner.parent) {
    if (inner.index < inner.block.statements.length - 1) return false;
    if (inner.parent?.statement.kind !== 'If') return false;
  }
  return true;
}

/** A way out whose value is the same, and costs nothing, whether the resource is open or not. */
function isPlainExit(statement: ast.Statement): boolean {
  switch (statement.kind) {
    case 'Break':
    case 'Continue':
      return true;
    case 'Return':
      return statement.value === undefined || isPlain(statement.value);
    case 'Raise': {
      const { exception, cause } = statement;
      if (cause !== undefined && !isPlain(cause)) return false;
      if (exception?.kind !== 'Call') return exception === undefined || isPlain(exception);
      return isClassName(exception.func) && exception.args.every(({ value }) => isPlain(value));
    }
    default:
      return false;
  }
}

function isPlain(expression: ast.Expression): boolean {
  switch (expression.kind) {
    case 'String':
      return expression.interpolations.every(isPlain);
    case 'Tuple':
    case 'List':
    case 'Set':
      return expression.elements.every(isPlain);
    case 'Dict':
      return expression.entries.every(({ key, value }) => (key === undefined || isPlain(key)) && isPlain(value));
    case 'UnaryOperation':
      return isPlain(expression.operand);
    case 'BinaryOperation':
      return isPlain(expression.left) && isPlain(expression.right);
    case 'Subscript':
      return isPlain(expression.value) && isPlain(expression.index);
    default:
      return isStill(expression);
  }
}

/** Exceptions are classes, and classes have capital letters. */
function isClassName(func: ast.Expression): boolean {
  const name = func.kind === 'Name' ? func.id : func.kind === 'Attribute' && isStill(func.value) ? func.attr : '';
  return /^_?[A-Z]/.test(name);
}

/**
 * Why a `with` block would tear a pair of resources apart: another one is opened inside and closed behind it, or was opened
 * before and is closed inside.
 */
export function tornPair(
  { block, index }: Place,
  statements: readonly ast.Statement[],
  name: string,
  methods: readonly string[],
): string | undefined {
  const all = block.statements;
  const behind = all.slice(index + 1 + statements.length);
  const openedInside = namesOf(statements).find((other) => behind.some((each) => isReleaseOf(each, other, methods)));
  if (openedInside !== undefined && openedInside !== name) {
    return `${openedInside} is opened inside the block and released behind it`;
  }
  const openedBefore = namesOf(all.slice(0, index)).find(
    (other) => other !== name && statements.some((each) => isReleaseOf(each, other, methods)),
  );
  if (openedBefore === undefined) return undefined;
  if (namesOf(statements).includes(openedBefore)) return undefined;
  return `${openedBefore} is opened before the block and released inside it`;
}

/** Names that the statements themselves bind to the result of a call. */
function namesOf(statements: readonly ast.Statement[]): readonly string[] {
  return statements.flatMap((statement) => {
    if (statement.kind !== 'Assign' || statement.value.kind !== 'Call') return [];
    return statement.targets.flatMap((target) => (target.kind === 'Name' ? [target.id] : []));
  });
}
