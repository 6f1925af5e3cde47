import { defineRule } from '@pylint-leaks/core';
import { impactOf, lossMessages, reportLosses } from '../lifetime-report';

export default defineRule({
  id: 'unclosed-resource',
  meta: {
    summary: 'A device, shared memory block or object that owns a resource is not released on every path.',
    severity: 'error',
    recommended: true,
    fix: 'safe',
    since: '0.1.0',
    concern: { kind: 'lifetimes' },
  },
  messages: lossMessages('released'),
  check(context, report) {
    const consequence = (): string => '; it stays taken until the object is collected';
    reportLosses(context, ['other'], { consequence, impact: impactOf('medium') }, report);
  },
});
