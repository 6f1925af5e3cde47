import MagicString from 'magic-string';
import { overlaps, type Diagnostic, type Edit, type Fix, type Span } from '@pylint-leaks/core';

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
export function chooseFixes(candidates: readonly Candidate[]): readonly Candidate[] {
  const byPlace = [...candidates].sort((a, b) => start(a) - start(b) || end(b) - end(a));
  const chosen: Candidate[] = [];
  const taken: { readonly edits: readonly Edit[]; readonly hull: Span }[] = [];
  for (const candidate of byPlace) {
    const { edits } = candidate.fix;
    const hull = hullOf(candidate);
    const collides = taken.some(
      (other) =>
        overlaps(other.hull, hull) ||
        other.edits.some((edit) => edits.some((own) => !isSame(edit, own) && touches(edit, own))),
    );
    if (collides) continue;
    chosen.push(candidate);
    taken.push({ edits, hull });
  }
  return chosen;
}

/** The text with the edits of all fixes; identical insertions go in once. */
export function applyFixes(text: string, fixes: readonly Fix[]): string {
  const seen = new Set<string>();
  const output = new MagicString(text);
  for (const { span, text: replacement } of fixes.flatMap(({ edits }) => edits)) {
    const key = `${span.start} ${span.end} ${replacement}`;
    if (span.start === span.end) {
      if (seen.has(key)) continue;
      seen.add(key);
      output.appendLeft(span.start, replacement);
    } else if (replacement === '') output.remove(span.start, span.end);
    else output.update(span.start, span.end, replacement);
  }
  return output.toString();
}

const start = ({ diagnostic, fix }: Candidate): number =>
  Math.min(diagnostic.span.start, hullOf({ diagnostic, fix }).start);
const end = (candidate: Candidate): number => hullOf(candidate).end;

/**
 * The range a fix works on: from its first to its last edit around the diagnostic. Edits far above it (imports) are left
 * out: they stand before the first statement the fix touches.
 */
function hullOf({ diagnostic, fix }: Candidate): Span {
  const local = fix.edits.filter((edit) => !isImport(edit));
  const starts = [diagnostic.span.start, ...local.map(({ span }) => span.start)];
  const ends = [diagnostic.span.end, ...local.map(({ span }) => span.end)];
  return { start: Math.min(...starts), end: Math.max(...ends) };
}

/** Insertions of import lines and of names in them. */
function isImport({ span, text }: Edit): boolean {
  return (
    span.start === span.end &&
    /^\s*(?:import |from \S+ import )|^(?:,\s*)?(?:closing|thread_manager)(?:,\s*)?$/.test(text)
  );
}

function isSame(a: Edit, b: Edit): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.text === b.text && a.span.start === a.span.end;
}

function touches(a: Edit, b: Edit): boolean {
  return overlaps(a.span, b.span);
}
