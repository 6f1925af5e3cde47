import { defineRule } from '@pylint-leaks/core';
import { impactOf, lossMessages, reportLosses } from '../lifetime-report';

export default defineRule({
  id: 'unclosed-http-session',
  meta: {
    summary: 'An HTTP session or response is not closed on every path.',
    severity: 'error',
    recommended: true,
    fix: 'safe',
    since: '0.1.0',
    concern: { kind: 'lifetimes' },
  },
  messages: lossMessages('closed'),
  check(context, report) {
    const consequence = (): string => '; its pooled connections stay open until the object is collected';
    reportLosses(context, ['http'], { consequence, impact: impactOf('medium') }, report);
  },
});
