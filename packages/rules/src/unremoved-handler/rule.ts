import { ADDING_NAMES, anyWord, CALLBACK_NAMES, defineRule, inText, SUBSCRIPTION_ROWS } from '@pylint-leaks/core';
import { isTestModule } from '../growth-when';
import { reportCallbackLists } from './callback-lists';
import { reportExitFunctions } from './exit-functions';
import { reportLogHandlers } from './log-handlers';
import { reportSubscriptions } from './subscriptions';

export default defineRule({
  id: 'unremoved-handler',
  meta: {
    summary: 'A handler or callback is added again and again and never removed.',
    severity: 'warning',
    recommended: true,
    fix: 'none',
    since: '0.1.0',
    concern: { kind: 'tree', mayFind: mayAdd },
  },
  messages: {
    'log-handler':
      'a handler is added to a logger {{when}} and never removed; loggers live as long as the program, and each record is written once more',
    'exit-function': '`atexit.register` {{when}} keeps {{kept}} alive until the program ends',
    'no-way-to-remove': 'callbacks can be added to `{{resource}}` and nothing ever removes one',
    subscription:
      '`{{resource}}` is given a method of `self` {{when}}, and nothing in the file calls `{{remove}}`; the object lives as long as what it subscribed to',
  },
  check(context, report) {
    // What a test adds lives as long as the test process.
    if (isTestModule(context)) return;
    const { text } = context.file;
    if (LOG_HANDLERS.test(text)) reportLogHandlers(context, report);
    if (EXIT_FUNCTIONS.test(text)) reportExitFunctions(context, report);
    if (mayKeepCallbacks(text)) reportCallbackLists(context, report);
    if (SUBSCRIPTIONS.test(text)) reportSubscriptions(context, report);
  },
});

const LOG_HANDLERS = /\baddHandler\b/;
const EXIT_FUNCTIONS = /\batexit\b/;
const SUBSCRIPTIONS = anyWord(SUBSCRIPTION_ROWS.map(({ add }) => add));
const CALLBACKS = inText(CALLBACK_NAMES);
const ADDING = new RegExp(String.raw`\bdef\s+${inText(ADDING_NAMES).source}`);

function mayKeepCallbacks(text: string): boolean {
  return ADDING.test(text) && CALLBACKS.test(text);
}

function mayAdd(text: string): boolean {
  return LOG_HANDLERS.test(text) || EXIT_FUNCTIONS.test(text) || SUBSCRIPTIONS.test(text) || mayKeepCallbacks(text);
}
