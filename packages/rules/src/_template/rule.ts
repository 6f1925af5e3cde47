import { defineRule, type Family } from '@pylint-leaks/core';

/** The families of resources this rule is about. */
const FAMILIES: readonly Family[] = [];

export default defineRule({
  id: 'template-rule',
  meta: {
    summary: 'One sentence that says what is wrong.',
    severity: 'error',
    recommended: true,
    fix: 'none',
    since: '0.1.0',
    concern: { kind: 'lifetimes' },
  },
  messages: {
    leaks: '{{resource}} is not released on {{path}} paths.',
  },
  check({ lifetimes }, report) {
    for (const lifetime of lifetimes) {
      if (lifetime.verdict === undefined || !FAMILIES.includes(lifetime.row.family)) continue;
      report({
        messageId: 'leaks',
        span: lifetime.acquire.span,
        severity: lifetime.verdict === 'exception' ? 'warning' : 'error',
        data: { resource: lifetime.row.type, path: lifetime.verdict, impact: 'medium' },
        related: lifetime.path,
        evidence: { kind: 'lifetime', lifetime },
      });
    }
  },
});
