import { moduleWord, type ModuleSummary } from './summary';

/**
 * Names by which a file can come to acquire something that another file of the project defines: those of factories, and
 * of classes that are or own a resource. With each the words of which one must occur in the file, too: the modules that
 * define the name, or import it for others. `RELATIVE` stands for `from . import`, which names no module.
 */
export type AcquiringNames = ReadonlyMap<string, ReadonlySet<string>>;

/** Stands among words of modules for the package that a file is in. */
export const RELATIVE = '.';

/** Collects the names from what is known of the files so far. */
export function acquiringNamesOf(summaries: Iterable<ModuleSummary>): AcquiringNames {
  const names = new Map<string, Set<string>>();
  let isGrowing = true;
  const add = (name: string, words: Iterable<string>): void => {
    const known = names.get(name) ?? new Set();
    names.set(name, known);
    const before = known.size;
    for (const word of words) known.add(word);
    isGrowing ||= known.size > before;
  };
  const modules = [...summaries].map((summary) => ({ ...summary, words: wordsFor(summary.path) }));
  for (const { factories, classes, words } of modules) {
    for (const name of Object.keys(factories)) add(lastPart(name), words);
    for (const [name, { row }] of Object.entries(classes)) if (row !== undefined) add(lastPart(name), words);
  }
  // What a module imports can be imported from it, under the name it has there, and on from there.
  while (isGrowing) {
    isGrowing = false;
    for (const { imports, stars, words } of modules) {
      for (const [name, imported] of Object.entries(imports)) if (names.has(lastPart(imported))) add(name, words);
      if (stars.length === 0) continue;
      const starred = new Set(stars.map(lastPart));
      for (const [name, known] of [...names])
        if (starred.has('') || [...known].some((word) => starred.has(word))) add(name, words);
    }
  }
  return names;
}

function wordsFor(path: string): readonly string[] {
  const word = moduleWord(path);
  return path.endsWith('/__init__.py') ? [word, RELATIVE] : [word];
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
