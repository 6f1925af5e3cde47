import { defineRule, type Lifetime, type RuleContext } from '@pylint-leaks/core';
import { lossMessages, reportLosses } from '../lifetime-report';

/** From this version on a connection sits in a reference cycle (CPython #97641): dropping it closes nothing. */
const CYCLE_SINCE = 11;

function consequence(_: Lifetime, { targetVersion: [, minor] }: RuleContext): string {
  return minor >= CYCLE_SINCE
    ? '; its file and locks stay open until the garbage collector runs'
    : '; its file and locks stay open, on Python 3.11 and later until the garbage collector runs';
}

export default defineRule({
  id: 'unclosed-sqlite-connection',
  meta: {
    summary: 'A SQLite connection is not closed on every path.',
    severity: 'error',
    recommended: true,
    fix: 'safe',
    since: '0.1.0',
    concern: { kind: 'lifetimes' },
  },
  messages: {
    ...lossMessages('closed'),
    'lost-on-exception': '{{what}} stays open{{place}}{{consequence}}',
    'with-does-not-close':
      '`with` on a SQLite connection commits or rolls back, it does not close {{what}}{{consequence}}',
  },
  check(context, report) {
    const impact = ({ verdict }: Lifetime): 'high' | 'medium' => (verdict === 'exception' ? 'medium' : 'high');
    reportLosses(context, ['sqlite'], { consequence, impact }, report);
  },
});
