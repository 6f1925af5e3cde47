import { defineRule } from '@pylint-leaks/core';
import { impactOf, lossMessages, reportLosses } from '../lifetime-report';

export default defineRule({
  id: 'unclosed-socket',
  meta: {
    summary: 'A socket, server or client connection is not closed on every path.',
    severity: 'error',
    recommended: true,
    fix: 'safe',
    since: '0.1.0',
    concern: { kind: 'lifetimes' },
  },
  messages: lossMessages('closed'),
  check(context, report) {
    const consequence = (): string => '; the peer waits and the descriptor stays open until the object is collected';
    reportLosses(context, ['socket'], { consequence, impact: impactOf('medium') }, report);
  },
});
