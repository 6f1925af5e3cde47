import { DEPENDENCIES, RELEASE_NAMES } from '../resources/tables/decorators';
import { kindOf, T } from '../syntax/compile-errors/token';
import { addAliases } from './aliases';
import type { Unit } from './outline';
import type { FoundNames } from './relevant-names';
import type { Words } from './words';

const K = {
  as: kindOf('as'),
  colon: kindOf(':'),
  comma: kindOf(','),
  dot: kindOf('.'),
  equals: kindOf('='),
  open: kindOf('('),
  with: kindOf('with'),
};
const OPENING: ReadonlySet<number> = new Set(['(', '[', '{'].map(kindOf));
const CLOSING: ReadonlySet<number> = new Set([')', ']', '}'].map(kindOf));

/**
 * The parts of a file that can have a part in a finding, or in what other files are told: functions and methods that
 * mention a relevant name, and all that these mention in turn, because what a function does with what it is given decides
 * about its callers. A name that stands for a relevant one (`import … as`, an assignment, a subclass) is relevant as well.
 * Of a class with such a method, what releases is kept as well, and whatever assigns attributes that are mentioned.
 *
 * @param units - see `outlineOf`.
 * @param found - the names that matter in this text.
 * @returns what to keep whole; empty when nothing in the file acquires.
 */
export function chooseUnits(words: Words, units: readonly Unit[], found: FoundNames): ReadonlySet<Unit> {
  const names = addAliases(words, units, found);
  const kept = new Set<Unit>();
  const mentioned = new Set<string>();
  const keep = (unit: Unit): void => {
    if (kept.has(unit)) return;
    kept.add(unit);
    // A statement at the margin of the file is there anyway; `main()` in it says nothing about `main`.
    if (unit.kind !== 'statement' || unit.owner !== undefined) addMentions(words, unit, mentioned);
    if (unit.owner !== undefined) keep(unit.owner);
  };
  const functions = new Set<string>();
  const openers = new Map<Unit, Set<string>>();
  for (const unit of units) {
    if (!isSeed(words, unit, names, found)) continue;
    keep(unit);
    const { kind, name, owner } = unit;
    if (kind === 'function' && name !== undefined && owner === undefined) functions.add(name);
    if (kind !== 'function' || name === undefined || owner === undefined || /^__\w+__$/.test(name)) continue;
    openers.set(owner, (openers.get(owner) ?? new Set()).add(name));
  }
  if (kept.size === 0) return kept;
  for (const unit of units)
    if (callsOpener(words, unit, openers) || makesDependency(words, unit, functions)) keep(unit);
  const definitions = units.map((unit) => definedBy(words, unit));
  for (let before = -1; before < kept.size + mentioned.size;) {
    before = kept.size + mentioned.size;
    units.forEach((unit, index) => {
      if (kept.has(unit) || (unit.owner !== undefined && !kept.has(unit.owner))) return;
      if (isPartOfClass(unit) || definitions[index]?.some((name) => mentioned.has(name)) === true) keep(unit);
    });
  }
  return kept;
}

/** `def read(db=Depends(get_db))` says what `get_db` is. */
function makesDependency({ kinds, at }: Words, { from, to }: Unit, functions: ReadonlySet<string>): boolean {
  for (let index = from; index < to; index++) {
    if (kinds[index] !== T.Name || !DEPENDENCY_NAMES.has(at(index)) || kinds[index + 1] !== K.open) continue;
    if (kinds[index + 2] === T.Name && functions.has(at(index + 2))) return true;
  }
  return false;
}

const DEPENDENCY_NAMES: ReadonlySet<string> = new Set([...DEPENDENCIES].map((name) => name.replace(/^.*\./, '')));

/** `self.connect()` in a class whose `connect` opens something: who calls it decides whether it finds it open. */
function callsOpener(
  { kinds, at }: Words,
  { kind, owner, from, to }: Unit,
  openers: ReadonlyMap<Unit, ReadonlySet<string>>,
): boolean {
  const names = owner === undefined ? undefined : openers.get(owner);
  if (names === undefined || kind !== 'function') return false;
  for (let index = from + 1; index < to; index++)
    if (kinds[index] === T.Name && kinds[index - 1] === K.dot && names.has(at(index))) return true;
  return false;
}

/** What of a class is kept with it: its statements, and the methods that run or release in any case. */
function isPartOfClass({ kind, owner, name = '' }: Unit): boolean {
  return owner !== undefined && (kind !== 'function' || /^__\w+__$/.test(name) || RELEASE_NAMES.test(name));
}

/** Names that a unit gives a meaning: what it defines, and attributes that it assigns (`self.path = …`). */
function definedBy(words: Words, { kind, name, owner, from, to }: Unit): readonly string[] {
  const names = name === undefined ? [] : [name];
  if (owner === undefined || kind !== 'function') return names;
  const { kinds } = words;
  for (let index = from + 2; index < to; index++) {
    if (kinds[index] !== K.equals && kinds[index] !== K.colon) continue;
    if (kinds[index - 1] === T.Name && kinds[index - 2] === K.dot) names.push(words.at(index - 1));
  }
  return names;
}

/** Adds the names that occur in a unit; of a class, in its header. */
function addMentions(words: Words, { kind, from, body, to }: Unit, names: Set<string>): void {
  const end = kind === 'class' ? body : to;
  for (let index = from; index < end; index++) if (words.kinds[index] === T.Name) names.add(words.at(index));
}

function isSeed(
  words: Words,
  unit: Unit,
  names: ReadonlySet<string>,
  { builtins, releasedByWith }: FoundNames,
): boolean {
  const { kinds } = words;
  const to = unit.kind === 'class' ? unit.body : unit.to;
  for (let index = unit.from; index < to; index++) {
    if (kinds[index] !== T.Name) continue;
    const name = words.at(index);
    if (!names.has(name) && !(builtins.has(name) && kinds[index - 1] !== K.dot)) continue;
    if (!releasedByWith.has(name) || !isReleasedByWith(kinds, index)) return true;
  }
  return false;
}

/** `with open(…) as f:`, where the call is the whole of the first item. */
function isReleasedByWith(kinds: readonly number[], at: number): boolean {
  let first = at;
  while (kinds[first - 1] === K.dot && kinds[first - 2] === T.Name) first -= 2;
  if (kinds[first - 1] !== K.with || kinds[at + 1] !== K.open) return false;
  let depth = 0;
  let index = at + 1;
  for (; index < kinds.length; index++) {
    const kind = kinds[index] ?? T.End;
    if (OPENING.has(kind)) depth++;
    else if (CLOSING.has(kind) && --depth === 0) break;
  }
  const next = kinds[index + 1];
  return next === K.as || next === K.colon || next === K.comma;
}
