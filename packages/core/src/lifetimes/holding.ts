import type { Call, Expression, Statement } from '../syntax/ast';
import { dottedPath } from './condition';
import type { Holding } from './lifetime';
import type { PlacedCall } from './region';

/** How the value of a call is held directly after it. */
export function holdingOf({ call, statement, around }: PlacedCall): Holding {
  if (around.some((expression) => expression.kind === 'Comprehension')) {
    return isUsedInPlace(call, around) ? { kind: 'chained', statement } : { kind: 'other', statement };
  }
  // Wrappers that do not change what the value is: `await`, a branch of a conditional, an operand of `or`.
  let value: Expression = call;
  let depth = around.length;
  for (; depth > 0; depth--) {
    const outer = around[depth - 1] as Expression;
    if (outer.kind === 'NamedExpression') return { kind: 'name', name: outer.target.id, statement };
    const isTransparent =
      outer.kind === 'Await' ||
      outer.kind === 'BooleanOperation' ||
      (outer.kind === 'Conditional' && outer.test !== value);
    if (!isTransparent) break;
    value = outer;
  }
  if (depth > 0) return nested(call, value, around, depth, statement);
  switch (statement.kind) {
    case 'Assign':
      return statement.targets[0] === undefined
        ? { kind: 'other', statement }
        : heldBy(statement.targets[0], statement);
    case 'AnnotatedAssign':
      return heldBy(statement.target, statement);
    case 'With': {
      const item = statement.items.find(({ context }) => context === value);
      const name = item?.target?.kind === 'Name' ? item.target.id : undefined;
      return { kind: 'with-item', name, statement };
    }
    case 'ExpressionStatement':
      return { kind: 'discarded', statement };
    case 'For':
      return { kind: 'chained', statement };
    default:
      return { kind: 'other', statement };
  }
}

function heldBy(target: Expression, statement: Statement): Holding {
  if (target.kind === 'Name') return { kind: 'name', name: target.id, statement };
  const path = dottedPath(target);
  return path === undefined ? { kind: 'other', statement } : { kind: 'attribute', path, statement };
}

/** `a, b = open(x), open(y)` binds pairwise; `open(p).read()` and `json.load(open(p))` use the value in place. */
function nested(
  call: Call,
  value: Expression,
  around: readonly Expression[],
  depth: number,
  statement: Statement,
): Holding {
  const outer = around[depth - 1];
  if (outer?.kind === 'Tuple' && depth === 1 && statement.kind === 'Assign') {
    const [target] = statement.targets;
    const part = target?.kind === 'Tuple' ? target.elements[outer.elements.indexOf(value)] : undefined;
    return part === undefined ? { kind: 'other', statement } : heldBy(part, statement);
  }
  return isUsedInPlace(call, around) ? { kind: 'chained', statement } : { kind: 'other', statement };
}

function isUsedInPlace(call: Call, around: readonly Expression[]): boolean {
  const outer = around[around.length - 1];
  if (outer?.kind === 'Attribute') return outer.value === call;
  return outer?.kind === 'Call' && outer.args.some((argument) => argument.value === call);
}
