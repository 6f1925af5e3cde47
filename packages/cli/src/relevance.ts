import type { RelevantNames } from '@pylint-leaks/core';
import type { Engine } from './engine';
import { ownerCalls } from './lint-file';
import type { Settings } from './settings';

/** What settings add to the tables. */
type Additions = Pick<Settings, 'runtimeModule' | 'rows' | 'packages'>;

/** The names that matter in a run: those of the tables, and those that the files of the project turn out to define. */
export class Relevance {
  private readonly ofProject = new Set<string>();
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
  add(names: ReadonlySet<string>): ((bytes: Uint8Array) => boolean) | undefined {
    const added = [...names].filter((name) => !this.ofProject.has(name));
    if (added.length === 0) return undefined;
    for (const name of added) this.ofProject.add(name);
    this.known.clear();
    // Read as latin-1, any encoding whose ASCII characters are single bytes says which ASCII names it holds; a name with
    // other characters may be in any file.
    const plain = added.filter((name) => /^\w+$/.test(name));
    if (plain.length < added.length) return () => true;
    const pattern = new RegExp(`\\b(?:${plain.join('|')})\\b`);
    return (bytes) => pattern.test(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
  }
}
