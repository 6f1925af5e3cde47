import { defineRule, walkBlock, type Expression, type Impact, type Lifetime } from '@pylint-leaks/core';
import { lossMessages, reportLosses } from '../lifetime-report';

/** A daemon thread is killed in the middle of whatever it does when the program ends; any other keeps it from ending. */
function consequence(lifetime: Lifetime): string {
  return isDaemon(lifetime)
    ? '; a daemon thread is cut off wherever it is when the program ends'
    : '; nobody learns that it failed, and the program cannot end before it does';
}

/** `Thread(daemon=True)`, `thread.daemon = True` or `thread.setDaemon(True)` in the same function. */
function isDaemon({ constructor_, holders, region }: Lifetime): boolean {
  if (constructor_.args.some((argument) => argument.name === 'daemon' && isTrue(argument.value))) return true;
  if (region.kind === 'Lambda') return false;
  let found = false;
  const isHolder = (expression: Expression): boolean => expression.kind === 'Name' && holders.includes(expression.id);
  walkBlock(region.body, {
    statement: (statement) => {
      if (statement.kind !== 'Assign' || !isTrue(statement.value)) return undefined;
      found ||= statement.targets.some(
        (target) => target.kind === 'Attribute' && target.attr === 'daemon' && isHolder(target.value),
      );
      return undefined;
    },
    expression: (expression) => {
      if (expression.kind !== 'Call' || expression.func.kind !== 'Attribute' || expression.func.attr !== 'setDaemon')
        return undefined;
      found ||= isHolder(expression.func.value) && isTrue(expression.args[0]?.value);
      return undefined;
    },
  });
  return found;
}

function isTrue(value: Expression | undefined): boolean {
  return value?.kind === 'Constant' && value.value === 'True';
}

function impact({ verdict, inLoop }: Lifetime): Impact {
  if (verdict === 'exception') return 'low';
  return inLoop ? 'high' : 'medium';
}

export default defineRule({
  id: 'unjoined-thread',
  meta: {
    summary: 'A thread is started and never joined.',
    severity: 'error',
    recommended: true,
    fix: 'safe',
    since: '0.1.0',
    concern: { kind: 'lifetimes' },
    options: {
      'ignore-daemon': {
        kind: 'flag',
        usual: false,
        about: 'not daemon threads, which are meant to be cut off when the program ends',
      },
    },
  },
  messages: {
    ...lossMessages('joined'),
    'never-released': '{{what}} is started and never joined{{consequence}}',
    'with-does-not-close': '{{what}} is started and never joined{{consequence}}',
    discarded: '{{what}} is started without keeping a reference, so nobody can join it{{consequence}}',
    'owner-never-releases': '{{what}} is kept in an attribute and never joined or told to stop{{place}}{{consequence}}',
  },
  check(context, report) {
    const isWanted = context.options.flag('ignore-daemon') ? (lifetime: Lifetime) => !isDaemon(lifetime) : undefined;
    reportLosses(context, ['thread'], { consequence, impact, isWanted }, report);
  },
});
