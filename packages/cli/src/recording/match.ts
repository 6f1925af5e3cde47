import type { SourceFile } from '@pylint-leaks/core';
import type { Finding } from '../finding';
import { recordedKind } from './kinds';
import type { RecordedSite } from './record';

/**
 * Finds, for each finding of a file, the recorded calls that it is about.
 *
 * A call is the same when it begins and ends at the same place. Interpreters before 3.11 know lines only; there, and when a
 * call is part of another, it is the one that begins on a line of the finding.
 *
 * @param sites - those of this file, of the very text that was linted.
 */
export function matchSites(
  source: SourceFile,
  findings: readonly Finding[],
  sites: readonly RecordedSite[],
): ReadonlyMap<Finding, readonly RecordedSite[]> {
  const result = new Map<Finding, RecordedSite[]>();
  for (const site of sites) {
    const candidates = findings.filter((finding) => recordedKind(finding) === site.kind);
    const found =
      candidates.find((finding) => isSameCall(source, finding, site)) ??
      candidates.find((finding) => beginsWithin(source, finding, site));
    if (found !== undefined) result.set(found, [...(result.get(found) ?? []), site]);
  }
  return result;
}

function isSameCall(source: SourceFile, { start, end }: Finding, site: RecordedSite): boolean {
  return (
    site.line === start.line &&
    site.column === byteColumn(source, start) &&
    site.endLine === end.line &&
    site.endColumn === byteColumn(source, end)
  );
}

function beginsWithin(source: SourceFile, { start, end }: Finding, site: RecordedSite): boolean {
  if (site.line < start.line || site.line > end.line) return false;
  if (site.column === null || site.endColumn === null) return true;
  // Two calls on one line are two places.
  const isAfter = site.line === end.line && site.column >= byteColumn(source, end);
  const isBefore = site.endLine === start.line && site.endColumn <= byteColumn(source, start);
  return !isAfter && !isBefore;
}

/** Bytes of UTF-8 before a position on its line. */
function byteColumn({ text, lineStarts }: SourceFile, { line, column }: Finding['start']): number {
  const start = lineStarts[line - 1] ?? 0;
  return Buffer.byteLength(text.slice(start, start + column - 1), 'utf8');
}
