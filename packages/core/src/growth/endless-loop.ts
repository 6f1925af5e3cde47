import type { Block, ExceptHandler, Expression, Statement, While } from '../syntax/ast';
import { STOP_EXCEPTIONS, STOP_QUESTIONS } from '../resources/tables/repeating';
import { childBlocks, walkBlock } from '../syntax/walk';

/**
 * A loop that goes on until somebody tells the program or the object to stop: its condition is a constant or asks a flag or
 * an event, and nothing the loop itself finds out ends it.
 */
export function isEndless(loop: While): boolean {
  // The loop of a generator goes on only as long as somebody asks for more.
  if (yieldsIn(loop.body)) return false;
  return asksStopSignal(loop.test) || (isAlwaysTrue(loop.test) && !endsByItself(loop.body));
}

/** A handler of what comes from outside: a signal, a cancelled task. */
export function isStopHandler({ type }: ExceptHandler): boolean {
  if (type === undefined) return false;
  const types = type.kind === 'Tuple' ? type.elements : [type];
  return types.every((each) => {
    const name = each.kind === 'Attribute' ? each.attr : each.kind === 'Name' ? each.id : '';
    return STOP_EXCEPTIONS.has(name);
  });
}

/** A loop of this condition ends only by what is in it. */
export function isAlwaysTrue(test: Expression): boolean {
  return (test.kind === 'Constant' && test.value === 'True') || (test.kind === 'Number' && Number(test.text) !== 0);
}

/** `self.running`, `not self._stop`, `not stop.is_set()`, `not stop.wait(5)`, and several of them. */
function asksStopSignal(test: Expression): boolean {
  switch (test.kind) {
    case 'Attribute':
      return test.value.kind === 'Name' && FLAG_NAMES.test(test.attr);
    case 'Call':
      return test.func.kind === 'Attribute' && STOP_QUESTIONS.has(test.func.attr);
    case 'UnaryOperation':
      return test.operator === 'not' && asksStopSignal(test.operand);
    case 'BooleanOperation':
      return [test.left, test.right].every((side) => isAlwaysTrue(side) || asksStopSignal(side));
    default:
      return false;
  }
}

/** Names of flags that somebody outside of the loop sets. */
const FLAG_NAMES =
  /^_*(?:is_?)?(?:running|active|alive|monitoring|listening|stop(?:ped|ping)?|stop_?requested|should_?(?:stop|run|exit)|shut_?down|shutting_?down|closed|closing|exit(?:ing)?|quit|keep_?running|enabled|started|connected|_?run|cancelled)$/i;

/** A `return`, or a `break` out of this loop, that is no answer to a stop signal and stands in no handler. */
function endsByItself(body: Block): boolean {
  const visit = (block: Block, isInnerLoop: boolean): boolean =>
    block.statements.some((statement) => ends(statement, isInnerLoop));
  const ends = (statement: Statement, isInnerLoop: boolean): boolean => {
    switch (statement.kind) {
      case 'Return':
        return true;
      case 'Break':
        return !isInnerLoop;
      case 'FunctionDefinition':
      case 'ClassDefinition':
        return false;
      case 'If':
        if (asksStopSignal(statement.test) || isSentinel(statement.test)) {
          const rest = statement.body.statements.filter(({ kind }) => kind !== 'Break' && kind !== 'Return');
          return (
            rest.some((each) => ends(each, isInnerLoop)) ||
            (statement.orelse !== undefined && visit(statement.orelse, isInnerLoop))
          );
        }
        return childBlocks(statement).some((inner) => visit(inner, isInnerLoop));
      case 'Try': {
        const handlers = statement.handlers.filter((handler) => !isStopHandler(handler));
        const blocks = [
          statement.body,
          statement.orelse,
          statement.finalbody,
          ...handlers.map(({ body: inner }) => inner),
        ];
        return blocks.some((inner) => inner !== undefined && visit(inner, isInnerLoop));
      }
      case 'For':
      case 'While':
        return childBlocks(statement).some((inner) => visit(inner, true));
      default:
        return childBlocks(statement).some((inner) => visit(inner, isInnerLoop));
    }
  };
  return visit(body, false);
}

function yieldsIn(body: Block): boolean {
  let found = false;
  walkBlock(body, {
    statement: ({ kind }) => kind !== 'FunctionDefinition' && kind !== 'ClassDefinition' && !found,
    expression: ({ kind }) => {
      found ||= kind === 'Yield';
      return kind !== 'Lambda';
    },
  });
  return found;
}

/** `if message is None: break` */
function isSentinel(test: Expression): boolean {
  if (test.kind !== 'Comparison' || test.operators[0] !== 'is') return false;
  const [left, right] = test.operands;
  if (left?.kind !== 'Name') return false;
  return (right?.kind === 'Constant' && right.value === 'None') || right?.kind === 'Name';
}
