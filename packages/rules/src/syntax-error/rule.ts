import { defineRule, findSyntaxProblems, type SyntaxDefect, type SyntaxProblem } from '@pylint-leaks/core';

function defectOf({ repeated }: SyntaxProblem): SyntaxDefect {
  return repeated === undefined ? { kind: 'other' } : { kind: 'repeated-keyword', ...repeated };
}

export default defineRule({
  id: 'syntax-error',
  meta: {
    summary: 'Python refuses to compile the file.',
    severity: 'error',
    recommended: true,
    fix: 'safe',
    since: '0.1.0',
    concern: { kind: 'syntax' },
  },
  // Each says what CPython would: one id for each family of errors, so that they can be counted.
  messages: {
    'invalid-syntax': '{{detail}}',
    unclosed: '{{detail}}',
    'invalid-token': '{{detail}}',
    indentation: '{{detail}}',
    'python-2': '{{detail}}',
    'invalid-target': '{{detail}}',
    'invalid-arguments': '{{detail}}',
    'repeated-keyword': '{{detail}}',
    'invalid-parameters': '{{detail}}',
    misplaced: '{{detail}}',
    'scope-conflict': '{{detail}}',
    'invalid-pattern': '{{detail}}',
  },
  check({ file, tree, targetVersion }, report) {
    for (const problem of findSyntaxProblems(file.text, tree, targetVersion, file.notebook)) {
      const { code, span, detail, related } = problem;
      report({
        messageId: code,
        span,
        data: { detail, resource: 'syntax', path: 'all', impact: 'high' },
        related,
        evidence: { kind: 'syntax', defect: defectOf(problem) },
      });
    }
  },
});
