import { dirname } from 'node:path';
import { NOTHING_OUTSIDE, ProjectPlan, type Analysed, type Parser, type Work } from '@pylint-leaks/core';
import { unreadableReport, type Target } from './discover';
import { failureReason } from './disk';
import type { Engine } from './engine';
import type { FileReport } from './finding';
import type { Io } from './io';
import { answerFor, checkFile, MAX_BYTES, tooLarge, type FileContext } from './lint-file';
import type { SettingsFor } from './settings';

/** The files of a run, judged with what the project says about itself. */
export interface JudgedProject {
  /** Reports by path, for every target that was reached. */
  readonly reports: ReadonlyMap<string, FileReport>;
  /** What was judged, for the targets that `keep` asked for. */
  readonly texts: ReadonlyMap<string, Uint8Array>;
  /** What a target is linted with, for fixing it. */
  readonly contextOf: (target: Target) => Promise<FileContext>;
  readonly interrupted: boolean;
}

/** What a run works with. */
export interface Workshop {
  readonly parser: Parser;
  readonly engine: Engine;
  readonly settingsFor: SettingsFor;
  readonly io: Io;
  /** Whether the bytes of a file will be needed again, to be fixed. */
  readonly keep: (report: FileReport) => boolean;
  /** Called before each file. */
  readonly step: () => void;
}

/**
 * Lints the targets until every answer that one file has got about another is final; files that are no targets are read as
 * far as a target asks about them. Nothing that goes wrong with one file ends it.
 */
export async function judgeProject(targets: readonly Target[], workshop: Workshop): Promise<JudgedProject> {
  const { io } = workshop;
  const byPath = new Map(targets.map((target) => [slashed(target.path), target]));
  const plan = new ProjectPlan([...byPath.keys()], remembered(io.disk.hasFile));
  const reports = new Map<string, FileReport>();
  const texts = new Map<string, Uint8Array>();
  const contextOf = async (path: string, asked: readonly string[]): Promise<FileContext> => ({
    settings: await workshop.settingsFor(dirname(path), path),
    parser: workshop.parser,
    engine: workshop.engine,
    outside: plan.index.outside(slashed(path)),
    asked,
  });
  const judge = async ({ path, asked }: Work): Promise<Analysed> => {
    const target = byPath.get(path);
    const of = target ?? { path, display: path };
    const bytes = await readBytes(of, io);
    if (!('findings' in bytes)) {
      const context = await contextOf(of.path, asked);
      if (target === undefined) return { path, ...(answerFor(of, bytes, context) ?? NOTHING_LEARNED) };
      const { report, learned } = checkFile(of, bytes, context);
      reports.set(target.path, report);
      if (workshop.keep(report)) texts.set(target.path, bytes);
      return { path, ...(learned ?? NOTHING_LEARNED) };
    }
    if (target !== undefined) reports.set(target.path, bytes);
    return { path, ...NOTHING_LEARNED };
  };

  const judged = { reports, texts, contextOf: (target: Target) => contextOf(target.path, []) };
  for (let work = plan.next(); work.length > 0; work = plan.next()) {
    const results: Analysed[] = [];
    for (const item of work) {
      if (io.signal.aborted) return { ...judged, interrupted: true };
      workshop.step();
      results.push(await judge(item));
    }
    plan.accept(results);
  }
  return { ...judged, interrupted: false };
}

/** The context of a single text, without a project around it. */
export function aloneContext(parts: Pick<FileContext, 'settings' | 'parser' | 'engine'>): FileContext {
  return { ...parts, outside: NOTHING_OUTSIDE, asked: [] };
}

/** The bytes of a file, or the report that says why there are none. */
export async function readBytes(target: Target, { disk }: Pick<Io, 'disk'>): Promise<Uint8Array | FileReport> {
  try {
    const { size } = await disk.stat(target.path);
    if (size > MAX_BYTES) return { ...target, source: undefined, findings: [tooLarge(size)], fixed: 0 };
    return await disk.read(target.path);
  } catch (error) {
    return unreadableReport(target, failureReason(error));
  }
}

const NOTHING_LEARNED: Pick<Analysed, 'summary' | 'lookups'> = {
  summary: {
    path: '',
    covers: 'all',
    imports: {},
    stars: [],
    factories: {},
    classes: {},
    functions: {},
    attributes: {},
  },
  lookups: [],
};

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}

function remembered(hasFile: (path: string) => boolean): (path: string) => boolean {
  const known = new Map<string, boolean>();
  return (path) => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const answer = hasFile(path);
    known.set(path, answer);
    return answer;
  };
}
