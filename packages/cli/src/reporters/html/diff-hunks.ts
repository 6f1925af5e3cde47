import { structuredPatch } from 'diff';
import { positionAt, type SourceFile } from '@pylint-leaks/core';
import type { DiffHunk, DiffRow } from '@pylint-leaks/report';
import type { FindingFix } from '../../finding';
import { shown } from './shown-source';

/** A fix that changes more than this is looked at with --diff. */
const MAX_ROWS = 60;

const KINDS: Readonly<Record<string, DiffRow['kind']>> = { ' ': 'same', '-': 'removed', '+': 'added' };

/** What a fix does to the lines that it touches; empty when that is too much for a page. */
export function diffHunks(source: SourceFile, { range, text }: FindingFix): readonly DiffHunk[] {
  const from = source.lineStarts[positionAt(source, range[0]).line - 1] ?? 0;
  const to = source.lineStarts[positionAt(source, range[1]).line] ?? source.text.length;
  const before = source.text.slice(from, to);
  const after = source.text.slice(from, range[0]) + text + source.text.slice(range[1], to);
  const hunks = structuredPatch('', '', before, after, '', '', { context: 1 }).hunks.map(({ lines }) =>
    lines.flatMap((line): readonly DiffRow[] => {
      // A fourth sign says that the last line has no end.
      const kind = KINDS[line.charAt(0)];
      return kind === undefined ? [] : [{ kind, text: shown(line.slice(1).replace(/\r$/, '')) }];
    }),
  );
  return hunks.flat().length > MAX_ROWS ? [] : hunks;
}
