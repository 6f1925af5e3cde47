import { diffArrays } from 'diff';
import type { FileReport, Finding } from '../finding';
import { fingerprintId } from '../fingerprint-id';

/** Line numbers of a text, from 1, that are not in the old text. Line ends do not count. */
export function changedLines(before: string, after: string): ReadonlySet<number> {
  const changed = new Set<number>();
  let line = 1;
  for (const { added, removed, count } of diffArrays(linesOf(before), linesOf(after))) {
    if (removed) continue;
    if (added) for (let offset = 0; offset < count; offset++) changed.add(line + offset);
    line += count;
  }
  return changed;
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

const WEIGHT: Readonly<Record<string, number>> = { exception: 1, some: 2, all: 3 };

/**
 * The findings that a change touches or causes: the finding or a step of its path stands in a changed line, or the old
 * text did not have it, or not as bad. What belongs to a file as a whole always counts.
 *
 * @param before - what was found in the old text.
 */
export function touchedFindings(
  { findings }: Pick<FileReport, 'findings'>,
  before: readonly Finding[],
  lines: ReadonlySet<number>,
): readonly Finding[] {
  const old = new Map(before.map((finding) => [idOf(finding), WEIGHT[finding.data.path] ?? 3]));
  return findings.filter((finding) => {
    if (finding.fingerprint === undefined) return true;
    if ([finding, ...finding.related].some(({ start, end }) => isTouched(start.line, end.line, lines))) return true;
    const weight = old.get(idOf(finding));
    return weight === undefined || weight < (WEIGHT[finding.data.path] ?? 3);
  });
}

function isTouched(first: number, last: number, lines: ReadonlySet<number>): boolean {
  for (let line = first; line <= last; line++) if (lines.has(line)) return true;
  return false;
}

/** A finding within its file, whatever its line. */
export function idOf({ fingerprint }: Finding): string | undefined {
  return fingerprint && fingerprintId(fingerprint);
}
