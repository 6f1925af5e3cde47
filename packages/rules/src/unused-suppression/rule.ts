import { ADDRESSES, defineRule } from '@pylint-leaks/core';

export default defineRule({
  id: 'unused-suppression',
  meta: {
    summary: 'A comment suppresses a finding that is not there.',
    severity: 'warning',
    recommended: true,
    fix: 'safe',
    since: '0.1.0',
    judges: 'suppressions',
    concern: { kind: 'names', names: ADDRESSES },
  },
  messages: {
    unused: 'nothing here is reported by {{ids}}, so that the comment would hide what comes next',
  },
  check({ suppressions }, report) {
    for (const suppression of suppressions.judged) {
      const { unused, span } = suppression;
      if (unused.length === 0) continue;
      report({
        messageId: 'unused',
        span,
        data: { ids: unused.join(', '), resource: 'comment', path: 'all', impact: 'low' },
        evidence: { kind: 'suppression', suppression },
      });
    }
  },
});
