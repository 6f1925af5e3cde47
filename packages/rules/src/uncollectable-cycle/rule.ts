import { defineRule } from '@pylint-leaks/core';
import { reportFinalizedCycles } from './finalized-cycles';
import { mayStoreFrames, reportStoredFrames } from './stored-frames';

export default defineRule({
  id: 'uncollectable-cycle',
  meta: {
    summary: 'A reference cycle holds a finalizer, a resource or the locals of a function.',
    severity: 'warning',
    recommended: true,
    fix: 'none',
    since: '0.1.0',
    concern: { kind: 'tree', mayFind: mayFindCycle },
  },
  messages: {
    'finalizer-in-cycle':
      '`{{resource}}` refers back to `self`, so `{{finalizer}}` runs only when the cyclic garbage collector comes by',
    'stored-exception':
      '`{{resource}}` keeps an exception with its traceback: the locals of every function it passed through stay alive',
    'stored-frame': '`{{resource}}` keeps a frame: its locals and those of its callers stay alive',
  },
  check(context, report) {
    const { text } = context.file;
    if (FINALIZER.test(text) || context.lifetimes.some(({ loss }) => loss === 'owner-never-releases'))
      reportFinalizedCycles(context, report);
    if (mayStoreFrames(text)) reportStoredFrames(context, report);
  },
});

const FINALIZER = /\b__del__\b/;

function mayFindCycle(text: string): boolean {
  return FINALIZER.test(text) || mayStoreFrames(text);
}
