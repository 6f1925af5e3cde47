import { CACHE_NAMES, defineRule, inText } from '@pylint-leaks/core';
import { reportDecorated } from './decorated';
import { reportDictCaches } from './dict-caches';

export default defineRule({
  id: 'unbounded-cache',
  meta: {
    summary: 'A cache keeps objects alive that nobody else needs, or has no limit.',
    severity: 'warning',
    recommended: false,
    fix: 'none',
    since: '0.1.0',
    options: {
      'largest-size': {
        kind: 'number',
        least: 1,
        usual: undefined,
        about: 'a `maxsize` above this counts as none',
      },
    },
    concern: { kind: 'tree', mayFind: mayCache },
  },
  messages: {
    'method-cache':
      '`{{resource}}` on a method keeps every instance it was called on alive{{until}}: the cache belongs to the class, and `self` is part of the key',
    'no-eviction': '`{{resource}}` gets an entry for each new argument and never loses one',
    'unbounded-arguments': '`{{resource}}` has no limit and an entry for every {{arguments}} it was ever called with',
  },
  check(context, report) {
    const { text } = context.file;
    if (/cache\b/.test(text)) reportDecorated(context, report);
    if (CACHES.test(text)) reportDictCaches(context, report);
  },
});

const CACHES = inText(CACHE_NAMES);

function mayCache(text: string): boolean {
  return CACHES.test(text);
}
