import { defineRule } from '@pylint-leaks/core';
import { impactOf, lossMessages, reportLosses } from '../lifetime-report';

export default defineRule({
  id: 'unreaped-process',
  meta: {
    summary: 'A child process is started and never waited for.',
    severity: 'error',
    recommended: true,
    fix: 'safe',
    since: '0.1.0',
    concern: { kind: 'lifetimes' },
  },
  messages: lossMessages('waited for'),
  check(context, report) {
    const consequence = (): string => '; the child stays a zombie, and nobody learns how it ended';
    reportLosses(context, ['process'], { consequence, impact: impactOf('high') }, report);
  },
});
