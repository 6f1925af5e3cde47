import { defineRule } from '@pylint-leaks/core';
import { impactOf, lossMessages, reportLosses } from '../lifetime-report';

export default defineRule({
  id: 'unreleased-lock',
  meta: {
    summary: 'A lock is not released on every path.',
    severity: 'error',
    recommended: true,
    fix: 'safe',
    since: '0.1.0',
    concern: { kind: 'lifetimes' },
  },
  messages: lossMessages('released'),
  check(context, report) {
    const consequence = (): string => '; whoever asks for it next waits for ever';
    reportLosses(context, ['lock'], { consequence, impact: impactOf('high') }, report);
  },
});
