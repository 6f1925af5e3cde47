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

/** Of what nobody holds CPython gets rid at once; in a loop there may be many. */
function isHeld({ loss, inLoop }: Lifetime): boolean {
  return loss !== 'discarded' || inLoop;
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
    options: {
      'ignore-dropped': {
        kind: 'flag',
        usual: false,
        about: 'not files that are used once and dropped outside of loops, which CPython closes at once',
      },
    },
  },
  messages: {
    ...lossMessages('closed'),
    'lost-on-exception': '{{what}} stays open{{place}}{{consequence}}',
  },
  check(context, report) {
    const isWanted = context.options.flag('ignore-dropped') ? isHeld : undefined;
    reportLosses(context, ['file'], { consequence, impact, isWanted }, report);
  },
});
