import { logicalLines, type FixResult, type LineToken, type LintResult, type Span } from '@pylint-leaks/core';

/**
 * `Thread(args=(interval,, daemon=True))` → `Thread(args=(interval,), daemon=True)`: a search and replace has put the keyword
 * before the first bracket that closes. Never safe, as the file did not run. Undefined when the damage is something else.
 *
 * @param span - where Python finds the file wrong: the second comma.
 */
export function repairKeyword(ruleId: string, span: Span, lint: LintResult): FixResult | undefined {
  const { text } = lint.file;
  const line = logicalLines(text).find((each) => each.start <= span.start && span.start < each.end);
  const tokens = line?.tokens ?? [];
  const at = tokens.findIndex((token, index) => token.start >= span.start - 1 && isDoubleComma(tokens, index));
  const [comma, name, equals, value, close] = tokens.slice(at + 1, at + 6);
  const isKeyword = name?.kind === 'name' && equals?.text === '=' && close?.text === ')';
  if (at < 0 || comma === undefined || value === undefined || !isKeyword || close === undefined) return undefined;
  if (value.kind !== 'name' && !/^(?:True|False|None)$/.test(value.text)) return undefined;
  const moved = { start: comma.start, end: value.end };
  return {
    kind: 'fix',
    fix: {
      ruleId,
      applicability: 'unsafe',
      title: `Move ${name.text} out of the tuple`,
      edits: [
        { span: moved, text: '' },
        { span: { start: close.end, end: close.end }, text: text.slice(moved.start, moved.end) },
      ],
      checked: [
        { precondition: 'meaning-known', holds: false, detail: 'the file never ran: where it belongs is a guess' },
        { precondition: 'no-comment-moved', holds: true },
      ],
    },
  };
}

function isDoubleComma(tokens: readonly LineToken[], index: number): boolean {
  const [first, second] = [tokens[index], tokens[index + 1]];
  return first?.text === ',' && second?.text === ',' && first.end === second.start;
}
