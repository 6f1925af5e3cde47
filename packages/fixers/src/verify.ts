import { walkModule, type Diagnostic, type LintResult } from '@pylint-leaks/core';
import type { Candidate } from './apply';

/**
 * Checks a text after fixes against the one before: it parses no worse, as many diagnostics are gone as were fixed,
 * nothing new appeared, and comments and string literals are what they were.
 *
 * @returns what is wrong; undefined when all holds.
 */
export function findDamage(before: LintResult, after: LintResult, applied: readonly Candidate[]): string | undefined {
  if (after.tree.errors.length > before.tree.errors.length) return 'the fixed text does not parse';
  const left = countByKey(before.diagnostics);
  for (const { diagnostic } of applied) {
    const key = keyOf(diagnostic);
    left.set(key, (left.get(key) ?? 0) - 1);
  }
  for (const [key, count] of countByKey(after.diagnostics)) {
    const expected = left.get(key) ?? 0;
    if (count > expected) {
      const wasFixed = applied.some(({ diagnostic }) => keyOf(diagnostic) === key);
      return wasFixed
        ? 'the finding is still there after the fix'
        : `the fix makes a new finding: ${key.split('\u0000').join(' ')}`;
    }
  }
  const isPlain = applied.every(({ diagnostic }) => diagnostic.evidence.kind === 'lifetime');
  if (isPlain && literalsOf(before) !== literalsOf(after)) return 'a comment or a string literal would change';
  return undefined;
}

/** What identifies a finding when lines have moved. */
function keyOf({ ruleId, messageId, data, evidence }: Diagnostic): string {
  const where = evidence.kind === 'lifetime' ? evidence.lifetime.qualifiedName : '';
  return [ruleId, messageId, data['resource'] ?? '', where].join('\u0000');
}

function countByKey(diagnostics: readonly Diagnostic[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const diagnostic of diagnostics) counts.set(keyOf(diagnostic), (counts.get(keyOf(diagnostic)) ?? 0) + 1);
  return counts;
}

/** Every comment and every string literal of a file, byte for byte, in an order that moving a call does not change. */
function literalsOf({ file, tree }: LintResult): string {
  const texts = tree.comments.map(({ start, end }) => file.text.slice(start, end));
  walkModule(tree.module, {
    expression: (expression) => {
      if (expression.kind !== 'String') return undefined;
      for (const { span, prefix } of expression.pieces) {
        // The inside of an f-string is code that a fix may rename.
        if (!prefix.includes('f')) texts.push(file.text.slice(span.start, span.end));
      }
      return undefined;
    },
  });
  return texts.sort().join('\u0000');
}
