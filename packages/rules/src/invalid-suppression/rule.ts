import { ADDRESSES, defineRule } from '@pylint-leaks/core';

export default defineRule({
  id: 'invalid-suppression',
  meta: {
    summary: 'A comment is addressed to pylint-leaks and cannot be understood.',
    severity: 'error',
    recommended: true,
    fix: 'none',
    since: '0.1.0',
    judges: 'suppressions',
    concern: { kind: 'names', names: ADDRESSES },
  },
  messages: {
    malformed: 'this comment suppresses nothing: {{problem}}',
    'unknown-rule': 'there is no rule {{id}}',
  },
  check({ suppressions }, report) {
    const { judged, malformed, knownRules } = suppressions;
    const shared = { resource: 'comment', path: 'all', impact: 'low' } as const;
    for (const { span, problem } of malformed)
      report({
        messageId: 'malformed',
        span,
        data: { problem, ...shared },
        evidence: { kind: 'comment' },
      });
    for (const { span, rules } of judged) {
      for (const id of rules.filter((each) => !knownRules.has(each)))
        report({ messageId: 'unknown-rule', span, data: { id, ...shared }, evidence: { kind: 'comment' } });
    }
  },
});
