import MagicString from 'magic-string';
import {
  createSourceFile,
  overlaps,
  type Diagnostic,
  type Edit,
  type Fix,
  type SourceFile,
  type Span,
} from '@pylint-leaks/core';
import { cellsAfter } from './cells';

/** One diagnostic with the fix that is to be applied for it. */
export interface Candidate {
  readonly diagnostic: Diagnostic;
  readonly fix: Fix;
}

/**
 * Chooses fixes that can go into the text together. By place, the outer before the inner: what is inside another fix's
 * range waits for the next pass, when it is seen in its new surroundings. Identical insertions (the import two fixes
 * share) do not count as overlapping.
 */
export function chooseFixes(text: string, candidates: readonly Candidate[]): readonly Candidate[] {
  const ranges = new Map(candidates.map((candidate) => [candidate, rangeOf(text, candidate)]));
  const range = (candidate: Candidate): Span => ranges.get(candidate) ?? candidate.diagnostic.span;
  const byPlace = [...candidates].sort((a, b) => range(a).start - range(b).start || range(b).end - range(a).end);
  const chosen: Candidate[] = [];
  const taken: { readonly edits: readonly Edit[]; readonly hull: Span }[] = [];
  for (const candidate of byPlace) {
    const { edits } = candidate.fix;
    const hull = range(candidate);
    const collides = taken.some(
      (other) =>
        overlaps(other.hull, hull) ||
        edits.some((edit) => other.edits.some((own) => isTwin(edit, own))) ||
        other.edits.some((edit) => edits.some((own) => !isSame(edit, own) && touches(edit, own))),
    );
    if (collides) continue;
    chosen.push(candidate);
    taken.push({ edits, hull });
  }
  return chosen;
}

/** The file with the edits of all fixes; identical insertions go in once. */
export function fixedFile({ path, text, notebook }: SourceFile, fixes: readonly Fix[]): SourceFile {
  const edits = withoutRepeats(fixes);
  const fixed = applyEdits(text, edits);
  return createSourceFile(path, fixed, notebook && cellsAfter(notebook, edits));
}

/** The text with the edits of all fixes; identical insertions go in once. */
export function applyFixes(text: string, fixes: readonly Fix[]): string {
  return applyEdits(text, withoutRepeats(fixes));
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  const output = new MagicString(text);
  for (const { span, text: replacement } of edits) {
    if (span.start === span.end) output.appendLeft(span.start, replacement);
    else if (replacement === '') output.remove(span.start, span.end);
    else output.update(span.start, span.end, replacement);
  }
  return output.toString();
}

function withoutRepeats(fixes: readonly Fix[]): readonly Edit[] {
  const seen = new Set<string>();
  return fixes
    .flatMap(({ edits }) => edits)
    .filter(({ span, text }) => {
      if (span.start !== span.end) return true;
      const key = `${span.start} ${text}`;
      const isFirst = !seen.has(key);
      seen.add(key);
      return isFirst;
    });
}

/**
 * The range a fix works on, from its first to its last edit around the diagnostic. An insertion may indent a line, so it
 * counts for all of its line; a replacement counts for itself. What fixes share (imports) stands apart and is left out.
 */
function rangeOf(text: string, { diagnostic, fix }: Candidate): Span {
  const spans = [diagnostic.span, ...fix.edits.filter(({ shared }) => shared !== true).map(({ span }) => span)];
  const first = Math.min(...spans.map(({ start }) => start));
  const ends = spans.map(({ start, end }) => (start === end ? endOfLine(text, end) : end));
  return {
    start: Math.max(text.lastIndexOf('\n', first - 1), text.lastIndexOf('\r', first - 1)) + 1,
    end: Math.max(...ends),
  };
}

function endOfLine(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
  return end;
}

function isSame(a: Edit, b: Edit): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.text === b.text && a.span.start === a.span.end;
}

/** Two new lines for the same place: the second waits, so that it can be merged with the first. */
function isTwin(a: Edit, b: Edit): boolean {
  const isShared = a.shared === true && b.shared === true;
  return isShared && a.span.start === b.span.start && a.text !== b.text;
}

function touches(a: Edit, b: Edit): boolean {
  return overlaps(a.span, b.span);
}
