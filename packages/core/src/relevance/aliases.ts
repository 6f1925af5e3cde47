import { kindOf, T } from '../syntax/compile-errors/token';
import type { Unit } from './outline';
import type { FoundNames } from './relevant-names';
import type { Words } from './words';

const K = {
  as: kindOf('as'),
  dot: kindOf('.'),
  equals: kindOf('='),
  from: kindOf('from'),
  import: kindOf('import'),
};
const OPENING: ReadonlySet<number> = new Set(['(', '[', '{'].map(kindOf));
const CLOSING: ReadonlySet<number> = new Set([')', ']', '}'].map(kindOf));

/**
 * The relevant names of a file with what its statements at the margin, and in the bodies of its classes, make of them:
 * other names for them, and subclasses.
 */
export function addAliases(words: Words, units: readonly Unit[], found: FoundNames): ReadonlySet<string> {
  const names = new Set(found.names);
  const matters = (index: number): boolean => {
    if (words.kinds[index] !== T.Name) return false;
    const name = words.at(index);
    return names.has(name) || (found.builtins.has(name) && words.kinds[index - 1] !== K.dot);
  };
  for (let before = -1; before < names.size;) {
    before = names.size;
    for (const unit of units) {
      if (unit.kind === 'statement') addFrom(words, unit, matters, names);
      if (unit.kind !== 'class' || unit.name === undefined) continue;
      for (let index = unit.from; index < unit.body; index++) if (matters(index)) names.add(unit.name);
    }
  }
  return names;
}

/** `from sqlite3 import connect as c`, `opener = open`, also within `if` and `try`. */
function addFrom(words: Words, { from, to }: Unit, matters: (index: number) => boolean, names: Set<string>): void {
  const { kinds } = words;
  let start = from;
  for (let index = from; index < to; index++) {
    const kind = kinds[index];
    if (kind === T.Newline || kind === T.Indent || kind === T.Dedent) start = index + 1;
    else if (!matters(index)) continue;
    else if (kinds[start] !== K.import && kinds[start] !== K.from) {
      for (const target of targetsBefore(kinds, start, index)) names.add(words.at(target));
    } else if (kinds[index + 1] === K.as) names.add(words.at(index + 2));
  }
}

/** Names that a line assigns to, before a place in it: `a`, `b` and `c` in `a = b, c = value`. */
function targetsBefore(kinds: readonly number[], start: number, place: number): readonly number[] {
  const targets: number[] = [];
  let pending: number[] = [];
  // `(a, b) = …`; elsewhere what stands in brackets is no target.
  let depth = OPENING.has(kinds[start] ?? T.End) ? -1 : 0;
  for (let index = start; index < place; index++) {
    const kind = kinds[index] ?? T.End;
    if (OPENING.has(kind)) depth++;
    else if (CLOSING.has(kind)) depth--;
    else if (kind === K.equals && depth <= 0) {
      targets.push(...pending);
      pending = [];
    } else if (kind === T.Name && depth === 0 && kinds[index - 1] !== K.dot && kinds[index + 1] !== K.dot) {
      pending.push(index);
    }
  }
  return targets;
}
