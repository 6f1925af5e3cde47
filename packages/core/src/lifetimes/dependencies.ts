import { DEPENDENCIES } from '../resources/tables/decorators';
import type { SemanticModel } from '../semantic/model';
import type { AnyFunction, Expression } from '../syntax/ast';
import { parameterExpressions, walkBlock, walkExpression } from '../syntax/walk';

/** The functions of a file that it hands to a framework as dependencies: `db = Depends(get_db)`. */
export function dependenciesOf(model: SemanticModel): ReadonlySet<AnyFunction> {
  const found = new Set<AnyFunction>();
  const visit = (part: Expression): undefined => {
    if (part.kind !== 'Call' || !DEPENDENCIES.has(model.qualifiedName(part.func) ?? '')) return undefined;
    for (const { value } of part.args) {
      const definition = model.functionNamed(model.qualifiedName(value) ?? '');
      if (definition !== undefined) found.add(definition);
    }
    return undefined;
  };
  walkBlock(model.module.body, {
    statement: (statement) => {
      if (statement.kind === 'FunctionDefinition')
        for (const part of parameterExpressions(statement.parameters)) walkExpression(part, visit);
      return undefined;
    },
    expression: visit,
  });
  return found;
}
