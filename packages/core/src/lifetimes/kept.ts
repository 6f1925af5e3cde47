import type { Scope } from '../semantic/model';
import { walkBlock, walkExpression } from '../syntax/walk';
import type { Expression } from '../syntax/ast';
import type { Holding, Region } from './lifetime';

/**
 * Whether something keeps a reference to a result that must not be dropped: it is stored, passed on, awaited, or bound to
 * a name that is read somewhere in the region. (Python docs, asyncio.create_task: "Save a reference to the result of this
 * function, to avoid a task disappearing mid-execution.")
 */
export function isKept(holding: Holding, region: Region, scope: Scope): boolean {
  if (holding.kind === 'discarded') return false;
  if (holding.kind !== 'name' || region.kind !== 'FunctionDefinition') return true;
  if (scope.globals.has(holding.name) || scope.nonlocals.has(holding.name)) return true;
  const { statement } = holding;
  if (statement.kind !== 'Assign' && statement.kind !== 'AnnotatedAssign') return true;
  const targets = statement.kind === 'Assign' ? statement.targets : [statement.target];
  const own = new Set<Expression>();
  for (const target of targets) {
    walkExpression(target, (part) => {
      own.add(part);
      return undefined;
    });
  }
  let isRead = targets.length > 1;
  walkBlock(region.body, {
    expression: (expression) => {
      if (expression.kind === 'Name' && expression.id === holding.name && !own.has(expression)) isRead = true;
      return undefined;
    },
  });
  return isRead;
}
