import { defineRule } from '@pylint-leaks/core';
import { impactOf, lossMessages, reportLosses } from '../lifetime-report';

export default defineRule({
  id: 'unclosed-async-resource',
  meta: {
    summary: 'An asyncio stream, server, transport or subprocess is not closed on every path.',
    severity: 'error',
    recommended: true,
    fix: 'safe',
    since: '0.1.0',
    concern: { kind: 'lifetimes' },
  },
  messages: lossMessages('closed'),
  check(context, report) {
    const consequence = (): string => '; its transport stays registered with the event loop';
    reportLosses(context, ['async'], { consequence, impact: impactOf('medium') }, report);
  },
});
