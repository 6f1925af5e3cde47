import type { AcquireRow } from '../resources/model';
import { acquiringNamesOf, type AcquiringNames } from './acquiring-names';
import { findModule, type FoundModule, type HasFile } from './find-module';
import { ownValue, type AttributeFacts, type ClassFacts, type FunctionFacts, type ModuleSummary } from './summary';

/** What was asked about a name of another file: what calling it acquires, or details that cost more to find out. */
export type Question = 'acquires' | 'function' | 'class' | 'attributes';

/** One question that the analysis of a file asked; its result depends on the answer. */
export interface Lookup {
  readonly question: Question;
  readonly name: string;
}

/** What a file may ask about the rest of its project. Every question is noted, answered or not. */
export interface Outside {
  /** What a call of this name acquires: it is a factory, or a class that is or owns a resource. */
  acquires(name: string): AcquireRow | undefined;
  /** What the function does with its parameters; for a class, what constructing it does. */
  functionFacts(name: string): FunctionFacts | undefined;
  classFacts(name: string): OutsideClass | undefined;
  /** The attributes that the class itself releases, without its bases. */
  attributeFacts(name: string): AttributeFacts | undefined;
  readonly lookups: readonly Lookup[];
}

/** A class of another file; `bases` are names for further questions of the same file. */
export interface OutsideClass {
  readonly bases: readonly (string | undefined)[];
}

/** For a file that is looked at alone. */
export const NOTHING_OUTSIDE: Outside = {
  acquires: () => undefined,
  functionFacts: () => undefined,
  classFacts: () => undefined,
  attributeFacts: () => undefined,
  lookups: [],
};

/** A definition, in the file that has it. */
interface Place {
  readonly summary: ModuleSummary;
  readonly name: string;
}

/** The way from a name to its definition: the place, and the files on the way that are not summarised yet. */
interface Resolution {
  readonly place: Place | undefined;
  /** The module that would have to be read to know more, and the name in it. */
  readonly unread: { readonly path: string; readonly name: string } | undefined;
}

const NOWHERE: Resolution = { place: undefined, unread: undefined };

/** Re-exports and inheritance are followed this deep, so that circles end. */
const MAX_HOPS = 12;

/** Marks a name as one of another file, seen from there: `path` + `::` + name as that file would write it. */
const SEEN_FROM = '::';

/** The summaries of a project, and the answers that follow from them. */
export class ProjectIndex {
  private readonly summaries = new Map<string, ModuleSummary>();
  private readonly resolutions = new Map<string, Resolution>();
  /** By directory and name; which files exist does not change while a project is looked at. */
  private readonly modules = new Map<string, FoundModule | undefined>();

  /** @param has - whether a file exists; asked for paths with `/` in the manner of the files' own paths. */
  constructor(private readonly has: HasFile) {}

  /** Adds or replaces what a file says about itself. */
  set(summary: ModuleSummary): void {
    this.summaries.set(summary.path, summary);
    this.resolutions.clear();
  }

  /** Names by which other files may come to acquire something, see `acquiringNamesOf`. */
  acquiringNames(): AcquiringNames {
    return acquiringNamesOf(this.summaries.values());
  }

  get(path: string): ModuleSummary | undefined {
    return this.summaries.get(path);
  }

  /** The project as one file sees it. */
  outside(path: string): Outside {
    const lookups = new Map<string, Lookup>();
    const ask = <Answer>(question: Question, name: string, answer: (place: Place) => Answer | undefined) => {
      lookups.set(`${question} ${name}`, { question, name });
      const { place } = this.resolve(path, name);
      return place === undefined ? undefined : answer(place);
    };
    return {
      acquires: (name) => ask('acquires', name, acquiredAt),
      functionFacts: (name) => ask('function', name, functionAt),
      classFacts: (name) =>
        ask('class', name, (place) => {
          const facts = ownValue(place.summary.classes, place.name);
          return facts === undefined ? undefined : { bases: basesSeenFrom(facts, place) };
        }),
      attributeFacts: (name) => ask('attributes', name, ({ summary, name: own }) => ownValue(summary.attributes, own)),
      get lookups() {
        return [...lookups.values()];
      },
    };
  }

  /** The answer to a lookup as text: as long as it stays the same, so does whatever was concluded from it. */
  answer(path: string, { question, name }: Lookup): string {
    const { place } = this.resolve(path, name);
    if (place === undefined) return '';
    switch (question) {
      case 'acquires':
        return JSON.stringify(acquiredAt(place)) ?? '';
      case 'function':
        return JSON.stringify(functionAt(place)) ?? '';
      case 'class':
        return JSON.stringify(ownValue(place.summary.classes, place.name)?.bases) ?? '';
      case 'attributes':
        return JSON.stringify(ownValue(place.summary.attributes, place.name)) ?? '';
    }
  }

  /**
   * What has to be read to answer a lookup: a module without a summary, or a definition that was not asked about yet.
   *
   * @returns undefined when the answer is known, or nobody in the project has it.
   */
  wanted(path: string, { question, name }: Lookup): { readonly path: string; readonly name: string } | undefined {
    const { place, unread } = this.resolve(path, name);
    if (place === undefined) return unread;
    const { summary, name: own } = place;
    if (question === 'function' && functionAt(place) === undefined)
      return { path: summary.path, name: Object.hasOwn(summary.classes, own) ? `${own}.__init__` : own };
    if (question === 'attributes' && ownValue(summary.attributes, own) === undefined)
      return { path: summary.path, name: own };
    return undefined;
  }

  private resolve(from: string, name: string): Resolution {
    const key = `${from} ${name}`;
    const known = this.resolutions.get(key);
    if (known !== undefined) return known;
    const split = name.indexOf(SEEN_FROM);
    const resolution =
      split < 0
        ? this.follow(from, name, 0)
        : this.follow(name.slice(0, split), name.slice(split + SEEN_FROM.length), 0);
    this.resolutions.set(key, resolution);
    return resolution;
  }

  private follow(from: string, name: string, hops: number): Resolution {
    if (hops > MAX_HOPS) return NOWHERE;
    const found = this.findModule(from, name);
    if (found === undefined || found.rest.length === 0) return NOWHERE;
    return this.inModule(found.path, found.rest, hops);
  }

  private findModule(from: string, name: string): FoundModule | undefined {
    const key = `${from.slice(0, from.lastIndexOf('/'))} ${name}`;
    if (!this.modules.has(key)) this.modules.set(key, findModule(from, name, this.has));
    return this.modules.get(key);
  }

  private inModule(path: string, rest: readonly string[], hops: number): Resolution {
    const name = rest.join('.');
    const summary = this.summaries.get(path);
    if (summary === undefined) return { place: undefined, unread: { path, name } };
    const [head = '', ...members] = rest;
    if (isDefined(summary, name)) return { place: { summary, name }, unread: undefined };
    const owner = ownValue(summary.classes, head);
    if (owner !== undefined) {
      const inherited =
        members.length === 1 ? this.inherited({ summary, name: head }, owner, members[0] ?? '', hops) : NOWHERE;
      return inherited.place === undefined ? { place: { summary, name }, unread: inherited.unread } : inherited;
    }
    const imported = ownValue(summary.imports, head);
    if (imported !== undefined) return this.follow(path, [imported, ...members].join('.'), hops + 1);
    for (const star of summary.stars) {
      const starred = this.follow(path, `${star}${star.endsWith('.') ? '' : '.'}${name}`, hops + 1);
      if (
        starred.unread !== undefined ||
        (starred.place !== undefined && isDefined(starred.place.summary, starred.place.name))
      )
        return starred;
    }
    if (!isCovered(summary, name)) return { place: undefined, unread: { path, name } };
    return { place: { summary, name }, unread: undefined };
  }

  /** A method that a base has. */
  private inherited(owner: Place, { bases }: ClassFacts, method: string, hops: number): Resolution {
    for (const base of bases) {
      if (base === null || hops > MAX_HOPS) continue;
      const isOwn = ownValue(owner.summary.classes, base) !== undefined;
      const found = isOwn
        ? this.inModule(owner.summary.path, [...base.split('.'), method], hops + 1)
        : this.follow(owner.summary.path, `${base}.${method}`, hops + 1);
      if (found.unread !== undefined || (found.place !== undefined && isDefined(found.place.summary, found.place.name)))
        return found;
    }
    return NOWHERE;
  }
}

function isCovered({ covers }: ModuleSummary, name: string): boolean {
  return covers === 'all' || covers.includes(name);
}

function isDefined({ factories, classes, functions }: ModuleSummary, name: string): boolean {
  return Object.hasOwn(factories, name) || Object.hasOwn(classes, name) || Object.hasOwn(functions, name);
}

function acquiredAt({ summary, name }: Place): AcquireRow | undefined {
  return ownValue(summary.factories, name) ?? ownValue(summary.classes, name)?.row;
}

/** Constructing a class runs its `__init__`. */
function functionAt({ summary, name }: Place): FunctionFacts | undefined {
  return ownValue(summary.functions, name) ?? ownValue(summary.functions, `${name}.__init__`);
}

function basesSeenFrom({ bases }: ClassFacts, { summary }: Place): readonly (string | undefined)[] {
  return bases.map((base) => {
    if (base === null) return undefined;
    return Object.hasOwn(summary.classes, base)
      ? `${summary.path}${SEEN_FROM}.${moduleName(summary.path)}${base}`
      : `${summary.path}${SEEN_FROM}${base}`;
  });
}

/** A class of the same file, as a sibling module would import it. */
function moduleName(path: string): string {
  const file = path.slice(path.lastIndexOf('/') + 1).replace(/\.py$/, '');
  return file === '__init__' ? '' : `${file}.`;
}
