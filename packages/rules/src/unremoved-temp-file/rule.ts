import { defineRule } from '@pylint-leaks/core';
import { impactOf, lossMessages, reportLosses } from '../lifetime-report';

export default defineRule({
  id: 'unremoved-temp-file',
  meta: {
    summary: 'A temporary directory is never removed.',
    severity: 'error',
    recommended: true,
    fix: 'safe',
    since: '0.1.0',
    concern: { kind: 'lifetimes' },
  },
  messages: lossMessages('removed'),
  check(context, report) {
    const consequence = (): string => '; it stays on the disk after the program has ended';
    reportLosses(context, ['temp'], { consequence, impact: impactOf('high') }, report);
  },
});
