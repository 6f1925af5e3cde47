import { defineRule } from '@pylint-leaks/core';
import { impactOf, lossMessages, reportLosses } from '../lifetime-report';

export default defineRule({
  id: 'unclosed-database-connection',
  meta: {
    summary: 'A database connection is not closed on every path.',
    severity: 'error',
    recommended: true,
    fix: 'safe',
    since: '0.1.0',
    concern: { kind: 'lifetimes' },
  },
  messages: lossMessages('closed'),
  check(context, report) {
    const consequence = (): string =>
      '; the server keeps the session, its locks and an open transaction until the connection is collected';
    reportLosses(context, ['database'], { consequence, impact: impactOf('high') }, report);
  },
});
