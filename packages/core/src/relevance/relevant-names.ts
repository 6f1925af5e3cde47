import type { AcquireRow } from '../resources/model';
import { RELATIVE, type AcquiringNames } from '../summaries/acquiring-names';

/** One way in which a name can acquire. */
interface Candidate {
  readonly name: string;
  /** Names of modules of which one must occur in the file; empty when nothing must. */
  readonly roots: ReadonlySet<string>;
  /** It acquires only where it is no attribute. */
  readonly isBuiltin: boolean;
  /** A `with` statement around the call releases it, whatever else happens. */
  readonly isReleasedByWith: boolean;
}

/** What is asked of a text before anything else: which of the names that can acquire occur in it. */
export interface RelevantNames {
  /**
   * The names that occur in a text, in code or not. A text without any has no acquisition site and no definition that
   * can be one.
   */
  in(text: string): FoundNames;
}

/** Names that occur in a text and matter there. */
export interface FoundNames {
  /** Wherever they stand. */
  readonly names: ReadonlySet<string>;
  /** Built-in ones, which matter only where they are no attribute. */
  readonly builtins: ReadonlySet<string>;
  /** Names, whether among the others or not, whose result a `with` statement always releases. */
  readonly releasedByWith: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();
const NOTHING: FoundNames = { names: NONE, builtins: NONE, releasedByWith: NONE };

/**
 * Makes the filter of the names that matter.
 *
 * @param rows - what acquires, built-in or of the project's configuration.
 * @param types - types of results and attributes by qualified name: a name is reached through them as well.
 * @param others - further names that matter, each where one of its words occurs as well: factories and resource classes
 *   of the project.
 */
export function createRelevantNames(
  rows: readonly AcquireRow[],
  types: ReadonlyMap<string, string>,
  others: AcquiringNames,
): RelevantNames {
  const candidates = candidatesOf(rows, types, others);
  if (candidates.length === 0) return { in: () => NOTHING };
  const words = wordPattern(candidates.map(({ name }) => name));
  const roots = new Set(candidates.flatMap((candidate) => [...candidate.roots]));
  roots.delete(RELATIVE);
  const rootPattern = roots.size === 0 ? undefined : wordPattern(roots);
  return {
    in(text) {
      const found = occurrences(words, text);
      if (found.size === 0) return NOTHING;
      const present = rootPattern === undefined ? new Set<string>() : occurrences(rootPattern, text);
      if (FROM_PACKAGE.test(text)) present.add(RELATIVE);
      const reachable = candidates.filter(
        ({ name, roots: needed }) =>
          found.has(name) && (needed.size === 0 || [...needed].some((root) => present.has(root))),
      );
      const leaky = new Set(reachable.filter((each) => !each.isReleasedByWith).map(({ name }) => name));
      return {
        names: new Set(reachable.filter(({ isBuiltin }) => !isBuiltin).map(({ name }) => name)),
        builtins: new Set(reachable.filter(({ isBuiltin }) => isBuiltin).map(({ name }) => name)),
        releasedByWith: new Set(reachable.map(({ name }) => name).filter((name) => !leaky.has(name))),
      };
    },
  };
}

const BEHAVIOURS_THAT_RELEASE: ReadonlySet<string> = new Set(['closes', 'closes-and-more', 'binds-other']);

function candidatesOf(
  rows: readonly AcquireRow[],
  types: ReadonlyMap<string, string>,
  others: AcquiringNames,
): readonly Candidate[] {
  const roots = rootsOfTypes(types);
  // A row of a project is matched with relative imports as well, in which its module is not named.
  const needsRoots = !rows.some(({ source }) => source === 'configuration');
  return [
    ...rows.flatMap((row) => {
      const { acquire, acquiredBy } = row;
      const isBuiltin = rootOf(acquire) === 'builtins';
      const candidate = {
        name: lastName(acquire),
        roots: isBuiltin || !needsRoots ? NONE : new Set([rootOf(acquire), ...(roots.get(ownerOf(acquire)) ?? [])]),
        isBuiltin,
        isReleasedByWith: isReleasedByWith(row),
      };
      return acquiredBy === undefined ? [candidate] : [candidate, { ...candidate, name: acquiredBy }];
    }),
    ...[...others].map(([name, roots]) => ({ name, roots, isBuiltin: false, isReleasedByWith: false })),
  ];
}

function isReleasedByWith(row: AcquireRow): boolean {
  const isPlain = [row.of, row.elements, row.acquiredBy, row.obligation].every((each) => each === undefined);
  return isPlain && BEHAVIOURS_THAT_RELEASE.has(row.with);
}

/** `from . import connect` */
const FROM_PACKAGE = /\bfrom\s*\.[\s.]*import\b/;

/** For each type, the modules from which a name of it can be reached: its own, and those of whatever gives it. */
function rootsOfTypes(types: ReadonlyMap<string, string>): ReadonlyMap<string, ReadonlySet<string>> {
  const roots = new Map<string, Set<string>>();
  for (let grown = true; grown;) {
    grown = false;
    for (const [from, type] of types) {
      const known = roots.get(type) ?? new Set();
      roots.set(type, known);
      const before = known.size;
      const owner = ownerOf(from.split(' ')[0] ?? from);
      for (const root of [rootOf(from), ...(roots.get(owner) ?? [])]) known.add(root);
      grown ||= known.size > before;
    }
  }
  return roots;
}

function rootOf(qualifiedName: string): string {
  return qualifiedName.split('.')[0] ?? qualifiedName;
}

function ownerOf(qualifiedName: string): string {
  return qualifiedName.slice(0, Math.max(qualifiedName.lastIndexOf('.'), 0));
}

function lastName(qualifiedName: string): string {
  return qualifiedName.slice(qualifiedName.lastIndexOf('.') + 1);
}

/** Words in a text. Python's identifiers may hold more than ASCII; a word that is part of such a name is found, too. */
function wordPattern(words: Iterable<string>): RegExp {
  const escaped = [...words].sort().map((word) => word.replace(/[^\w]/g, (character) => `\\${character}`));
  return new RegExp(String.raw`\b(?:${escaped.join('|')})\b`, 'g');
}

function occurrences(pattern: RegExp, text: string): Set<string> {
  const found = new Set<string>();
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) found.add(match[0]);
  return found;
}
