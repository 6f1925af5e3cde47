import {
  childBlocks,
  walkBlock,
  walkExpression,
  statementExpressions,
  type ast,
  type Lifetime,
  type LintResult,
} from '@pylint-leaks/core';
import { placesOf, type Place } from '../syntax/tree-index';
import { refuse, type Objection } from './objections';

/**
 * What speaks against repairing a leak that the code is about: a test of `ResourceWarning` fails without the leak, and
 * code that drops a reference and collects wants to see what becomes of the object.
 */
export function warningSubjectObjections({ tree }: LintResult, lifetime: Lifetime): Objection[] {
  const statements = outermostStatements(tree.module, placesOf(tree.module).get(lifetime.statement));
  if (mentions(statements, (name) => /resource_?warning/i.test(name))) {
    return [refuse('the code around it is about ResourceWarning')];
  }
  if (lifetime.holding.kind !== 'name' || lifetime.releases.length > 0) return [];
  if (mentions(statements, (name) => name === 'gc' || name === 'gc_collect')) {
    return [refuse('the code around it runs the garbage collector')];
  }
  if (dropsWhileWatching(statements)) return [refuse('the code around it watches for warnings as it drops a name')];
  return [];
}

/** The body of the outermost function around a place, else the code of the module outside functions and classes. */
function outermostStatements(module: ast.Module, place: Place | undefined): readonly ast.Statement[] {
  let outermost: readonly ast.Statement[] | undefined;
  for (let next: Place | undefined = place; next !== undefined; next = next.parent) {
    if (next.statement.kind === 'FunctionDefinition') outermost = next.statement.body.statements;
  }
  if (outermost !== undefined) return outermost;
  return module.body.statements.filter(({ kind }) => kind !== 'FunctionDefinition' && kind !== 'ClassDefinition');
}

/** True when some name or attribute in the statements is accepted. */
function mentions(statements: readonly ast.Statement[], accepts: (name: string) => boolean): boolean {
  let found = false;
  walkBlock(
    { span: { start: 0, end: 0 }, statements },
    {
      expression: (expression) => {
        found ||= isAccepted(expression, accepts);
        return undefined;
      },
    },
  );
  return found;
}

function isAccepted(expression: ast.Expression, accepts: (name: string) => boolean): boolean {
  if (expression.kind === 'Name') return accepts(expression.id);
  return expression.kind === 'Attribute' && accepts(expression.attr);
}

const WATCHES = /^(?:assertWarns|assertWarnsRegex|assertNoLogs|catch_warnings|check_warnings|check_no_warnings|warns)$/;

/** `with self.assertWarns(…): f = None`, and the same with `del f`. */
function dropsWhileWatching(statements: readonly ast.Statement[]): boolean {
  return statements.some((statement) => {
    if (statement.kind === 'With' && watches(statement) && drops(statement.body.statements)) return true;
    return childBlocks(statement).some((block) => dropsWhileWatching(block.statements));
  });
}

function watches(statement: ast.With): boolean {
  let found = false;
  for (const expression of statementExpressions(statement)) {
    walkExpression(expression, (part) => {
      found ||= isAccepted(part, (name) => WATCHES.test(name));
      return undefined;
    });
  }
  return found;
}

function drops(statements: readonly ast.Statement[]): boolean {
  return statements.some((statement) => {
    if (statement.kind === 'Delete') return true;
    if (statement.kind === 'Assign' && statement.value.kind === 'Constant' && statement.value.value === 'None') {
      return true;
    }
    return childBlocks(statement).some((block) => drops(block.statements));
  });
}
