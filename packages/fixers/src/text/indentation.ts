import type { SourceFile } from '@pylint-leaks/core';
import type { Place } from '../syntax/tree-index';
import { indentationAt, startsItsLine } from './lines';

/** What one more level of indentation looks like at a place. */
export interface Indentation {
  /** Indentation of the statement itself. */
  readonly base: string;
  /** What its body gets in front of that. */
  readonly unit: string;
}

/**
 * The indentation of a statement and the unit its enclosing block uses: what the block has more than its header. At
 * module level the first indented line of the file decides, four spaces when there is none.
 *
 * @returns undefined when the block mixes tabs and spaces so that no unit can be told.
 */
export function indentationOf(file: SourceFile, place: Place): Indentation | undefined {
  const base = indentationAt(file, place.statement.span.start);
  const { parent } = place;
  if (parent === undefined) return { base, unit: firstUnit(file) };
  const outer = indentationAt(file, parent.statement.span.start);
  if (!startsItsLine(file, place.statement.span.start) || !base.startsWith(outer)) return undefined;
  const unit = base.slice(outer.length);
  return unit === '' || (unit.includes('\t') && unit.includes(' ')) ? undefined : { base, unit };
}

function firstUnit(file: SourceFile): string {
  return /:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n)([ \t]+)\S/.exec(file.text)?.[1] ?? '    ';
}
