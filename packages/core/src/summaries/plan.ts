import type { HasFile } from './find-module';
import { ProjectIndex, type Lookup, type Question } from './project-index';
import { NOTHING_ASKED, type Asked, type ModuleSummary } from './summary';

/** A file to analyse, with the definitions that other files asked about. */
export interface Work {
  readonly path: string;
  readonly asked: Asked;
}

/** What the plan needs back for each piece of work. */
export interface Analysed {
  /** As the work had it. */
  readonly path: string;
  readonly summary: ModuleSummary;
  readonly lookups: readonly Lookup[];
}

/** Rounds after which the plan stops; answers travel one file further in each, and chains are short. */
const MAX_ROUNDS = 10;

/**
 * Decides which files are analysed when, so that every file is judged by final answers about the others. A file is
 * analysed again only when an answer it got has changed since; files that nobody names are analysed only when a file
 * that is named asks about them.
 */
export class ProjectPlan {
  readonly index: ProjectIndex;
  private readonly names = new Map<string, Set<string>>();
  private readonly detailed = new Map<string, Set<string>>();
  private readonly lookups = new Map<string, readonly { readonly lookup: Lookup; readonly answer: string }[]>();
  /** Work of this round. */
  private pending = new Map<string, Work>();
  private rounds = 0;

  /**
   * @param targets - files to judge, by path with `/`.
   * @param has - whether a file of the project exists.
   * @param mayMatter - whether reading a file that is not summarised can answer a question; decided by what it mentions.
   */
  constructor(
    targets: readonly string[],
    has: HasFile,
    private readonly mayMatter: (path: string, question: Question) => boolean = () => true,
  ) {
    this.index = new ProjectIndex(has);
    for (const path of targets) this.pending.set(path, { path, asked: NOTHING_ASKED });
  }

  /**
   * The files to analyse now, all with the answers of this moment (`index.outside(path)`); empty when all is settled.
   * Every piece of work must be handed back to `accept` before the next call.
   */
  next(): readonly Work[] {
    if (this.rounds > MAX_ROUNDS) return [];
    if (this.rounds > 0) this.pending = this.unsettled();
    this.rounds++;
    return [...this.pending.values()];
  }

  /** Takes the results of a round; they become visible to other files together. */
  accept(results: readonly Analysed[]): void {
    for (const { path, lookups } of results) {
      this.lookups.set(
        path,
        lookups.map((lookup) => ({ lookup, answer: this.index.answer(path, lookup) })),
      );
    }
    for (const { path, summary } of results) this.index.set({ ...summary, path });
  }

  /** What a file's result depends on: the questions it asked, with the answers it got. */
  dependencies(path: string): readonly { readonly lookup: Lookup; readonly answer: string }[] {
    return this.lookups.get(path) ?? [];
  }

  private unsettled(): Map<string, Work> {
    const work = new Map<string, Work>();
    const add = (path: string): void => {
      const sorted = (names: ReadonlySet<string> = new Set()) => [...names].sort();
      const asked = { names: sorted(this.names.get(path)), detailed: sorted(this.detailed.get(path)) };
      work.set(path, { path, asked });
    };
    for (const [path, lookups] of this.lookups) {
      for (const { lookup, answer } of lookups) {
        const wanted = this.index.wanted(path, lookup);
        if (wanted !== undefined && this.ask(wanted.path, wanted.name, lookup.question)) add(wanted.path);
        if (this.index.answer(path, lookup) !== answer) add(path);
      }
    }
    return work;
  }

  /** Notes a question about a definition; false when it was asked before, or reading the file is of no use. */
  private ask(path: string, name: string, question: Question): boolean {
    const wanted = question === 'function' || question === 'attributes' ? [this.names, this.detailed] : [this.names];
    const missing = wanted.filter((names) => names.get(path)?.has(name) !== true);
    if (missing.length === 0 || !this.mayMatter(path, question)) return false;
    for (const names of missing) names.set(path, (names.get(path) ?? new Set()).add(name));
    return true;
  }
}
