import { RELATIVE, type AcquiringNames, type RelevantNames } from '@pylint-leaks/core';
import type { Engine } from './engine';
import { ownerCalls } from './lint-file';
import type { Settings } from './settings';

/** What settings add to the tables. */
type Additions = Pick<Settings, 'runtimeModule' | 'rows' | 'packages'>;

/** The names that matter in a run: those of the tables, and those that the files of the project turn out to define. */
export class Relevance {
  private readonly ofProject = new Map<string, ReadonlySet<string>>();
  private readonly known = new Map<Additions, RelevantNames>();

  constructor(private readonly engine: Pick<Engine, 'relevantNames'>) {}

  /** The filter for files with these settings. */
  namesFor(settings: Additions): RelevantNames {
    const known = this.known.get(settings);
    if (known !== undefined) return known;
    const { runtimeModule, rows, packages } = settings;
    const additions = {
      ownerCalls: ownerCalls(runtimeModule),
      ...(rows === undefined ? {} : { rows }),
      ...(packages === undefined ? {} : { packages }),
    };
    const names = this.engine.relevantNames(additions, this.ofProject);
    this.known.set(settings, names);
    return names;
  }

  /**
   * Takes names that the project defines.
   *
   * @returns whether the bytes of a file mention one that was not known before; undefined when all were.
   */
  add(names: AcquiringNames): ((bytes: Uint8Array) => boolean) | undefined {
    const added = new Map<string, ReadonlySet<string>>();
    for (const [name, words] of names) {
      const known = this.ofProject.get(name);
      const isNew = known === undefined || [...words].some((word) => !known.has(word));
      if (isNew) added.set(name, words);
    }
    if (added.size === 0) return undefined;
    for (const [name, words] of added) this.ofProject.set(name, words);
    this.known.clear();
    return mentioning(added);
  }
}

/**
 * Read as latin-1, any encoding whose ASCII characters are single bytes says which ASCII words it holds; a word with other
 * characters may be in any file.
 */
function mentioning(names: AcquiringNames): (bytes: Uint8Array) => boolean {
  const words = [...names].flatMap(([name, modules]) => [name, ...modules]).filter((word) => word !== RELATIVE);
  if (words.some((word) => !/^\w+$/.test(word))) return () => true;
  const pattern = new RegExp(`\\b(?:${[...names.keys()].join('|')})\\b`, 'g');
  const anyModule = new RegExp(`\\b(?:${words.join('|')})\\b`, 'g');
  return (bytes) => {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    const found = new Set(text.match(pattern) ?? []);
    if (found.size === 0) return false;
    const present = new Set(text.match(anyModule) ?? []);
    const isReached = (module: string) => module === RELATIVE || present.has(module);
    return [...found].some((name) => [...(names.get(name) ?? [])].some(isReached));
  };
}
