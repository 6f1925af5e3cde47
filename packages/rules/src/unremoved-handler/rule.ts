import { defineRule, SUBSCRIPTION_ROWS } from '@pylint-leaks/core';
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
    if (text.includes('addHandler')) reportLogHandlers(context, report);
    if (text.includes('atexit')) reportExitFunctions(context, report);
    reportCallbackLists(context, report);
    if (SUBSCRIPTION_ROWS.some(({ add }) => text.includes(`.${add}(`))) reportSubscriptions(context, report);
  },
});
