import { defineRule, type Impact, type Lifetime } from '@pylint-leaks/core';
import { lossMessages, reportLosses } from '../lifetime-report';

function consequence({ row }: Lifetime): string {
  return row.acquire === 'tempfile.TemporaryDirectory'
    ? '; the directory stays until the object is collected'
    : '; the descriptor and unwritten data depend on when the object is collected';
}

/** CPython closes a dropped file at once, so only a loop or a long-lived owner keeps many open. */
function impact({ verdict, inLoop, loss }: Lifetime): Impact {
  if (verdict === 'exception') return 'low';
  return inLoop || loss === 'owner-never-releases' ? 'high' : 'medium';
}

export default defineRule({
  id: 'unclosed-file',
  meta: {
    summary: 'A file is not closed on every path.',
    severity: 'error',
    recommended: true,
    fix: 'safe',
    since: '0.1.0',
    concern: { kind: 'lifetimes' },
  },
  messages: {
    ...lossMessages('closed'),
    'lost-on-exception': '{{what}} stays open{{place}}{{consequence}}',
  },
  check(context, report) {
    reportLosses(context, ['file'], { consequence, impact }, report);
  },
});
