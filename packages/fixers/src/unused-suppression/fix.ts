import type { Edit, LintResult, Suppression } from '@pylint-leaks/core';
import type { Fixer } from '../fixer';

const fixer: Fixer = {
  ruleId: 'unused-suppression',
  fix({ evidence }, lint) {
    if (evidence.kind !== 'suppression') return { kind: 'refused', reason: 'the comment is not known' };
    const { suppression } = evidence;
    const kept = suppression.rules.filter((id) => !suppression.unused.includes(id));
    const edit = kept.length === 0 ? removal(suppression, lint) : shortened(suppression, kept, lint);
    return {
      kind: 'fix',
      fix: {
        ruleId: fixer.ruleId,
        // A comment never changes what a program does.
        applicability: 'safe',
        title: kept.length === 0 ? 'Remove the comment' : `Take ${suppression.unused.join(', ')} out of the comment`,
        edits: [edit],
        // Code is not touched: nothing but the comment, and the blanks or the line that it leaves, goes away.
        checked: [{ precondition: 'layout-kept', holds: true }],
      },
    };
  },
};

export default fixer;

/** Only the list in the brackets changes. */
function shortened({ span }: Suppression, kept: readonly string[], { file }: LintResult): Edit {
  const text = file.text.slice(span.start, span.end);
  const start = span.start + text.indexOf('[') + 1;
  return { span: { start, end: span.start + text.indexOf(']') }, text: kept.join(', ') };
}

/** With its line when it has one to itself, else with the blanks before it; other comments of the line stay. */
function removal({ span, comment }: Suppression, { file }: LintResult): Edit {
  const { text } = file;
  const before = /[ \t\f]*$/.exec(text.slice(0, span.start))?.[0].length ?? 0;
  const start = span.start - before;
  if (span.start > comment.start) return { span: { start, end: span.end }, text: '' };
  if (span.end < comment.end) {
    const blanks = /^\s*/.exec(text.slice(span.end, comment.end))?.[0].length ?? 0;
    return { span: { start: span.start, end: span.end + blanks }, text: '' };
  }
  const isLineStart = start === 0 || text[start - 1] === '\n' || text[start - 1] === '\r';
  if (!isLineStart) return { span: { start, end: span.end }, text: '' };
  const end = span.end + (/^\s*?(?:\r\n|\r|\n|$)/.exec(text.slice(span.end))?.[0].length ?? 0);
  return { span: { start, end }, text: '' };
}
