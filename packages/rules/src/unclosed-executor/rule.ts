import { defineRule } from '@pylint-leaks/core';
import { impactOf, lossMessages, reportLosses } from '../lifetime-report';

export default defineRule({
  id: 'unclosed-executor',
  meta: {
    summary: 'An executor, pool or manager is not shut down on every path.',
    severity: 'error',
    recommended: true,
    fix: 'safe',
    since: '0.1.0',
    concern: { kind: 'lifetimes' },
  },
  messages: lossMessages('shut down'),
  check(context, report) {
    const consequence = (): string => '; its workers stay until the object is collected or the program ends';
    reportLosses(context, ['executor'], { consequence, impact: impactOf('medium') }, report);
  },
});
