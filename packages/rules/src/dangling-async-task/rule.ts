import { defineRule } from '@pylint-leaks/core';
import { impactOf, lossMessages, reportLosses } from '../lifetime-report';

export default defineRule({
  id: 'dangling-async-task',
  meta: {
    summary: 'Nobody keeps a reference to an asyncio task.',
    severity: 'error',
    recommended: true,
    fix: 'safe',
    since: '0.1.0',
    concern: { kind: 'lifetimes' },
  },
  messages: {
    ...lossMessages('awaited'),
    discarded: 'nobody keeps the task of {{what}}{{consequence}}',
  },
  check(context, report) {
    const consequence = (): string =>
      '; the event loop holds tasks weakly, so it may be collected before it has finished, and its errors are lost';
    reportLosses(context, ['task'], { consequence, impact: impactOf('high') }, report);
  },
});
