import { dirname } from 'node:path';
import {
  createSourceFile,
  NOTHING_ASKED,
  NOTHING_OUTSIDE,
  ProjectPlan,
  type Analysed,
  type Asked,
  type Parser,
  type Work,
} from '@pylint-leaks/core';
import { unreadableReport, type Target } from './discover';
import { failureReason } from './disk';
import type { Engine } from './engine';
import type { FileReport } from './finding';
import type { Io } from './io';
import { answerFor, checkFile, MAX_BYTES, tooLarge, type FileCheck, type FileContext } from './lint-file';
import { Relevance } from './relevance';
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
  /** Whether the texts of files without findings will be asked for. */
  readonly keepsTexts: boolean;
  /** Look only at what can matter. */
  readonly looksAtRegions: boolean;
  /** Called before each file. */
  readonly step: () => void;
}

/**
 * Lints the targets until every answer that one file has got about another is final; files that are no targets are read as
 * far as a target asks about them. Nothing that goes wrong with one file ends it.
 */
export async function judgeProject(targets: readonly Target[], workshop: Workshop): Promise<JudgedProject> {
  const { io, engine } = workshop;
  const byPath = new Map(targets.map((target) => [slashed(target.path), target]));
  /** Targets that were not analysed whole: another name that matters makes them be looked at again. */
  const unseen = new Map<string, Exclude<FileCheck['extent'], 'whole'>>();
  const plan = new ProjectPlan(
    [...byPath.keys()],
    remembered(io.disk.hasFile),
    (path, question) => question !== 'acquires' || unseen.get(path) !== 'nothing',
  );
  const reports = new Map<string, FileReport>();
  const texts = new Map<string, Uint8Array>();
  const relevance = new Relevance(engine);
  const contextOf = async (path: string, asked: Asked): Promise<FileContext> => {
    const settings = await workshop.settingsFor(dirname(path), path);
    const relevant = workshop.looksAtRegions ? relevance.namesFor(settings) : undefined;
    return { settings, parser: workshop.parser, engine, outside: plan.index.outside(slashed(path)), asked, relevant };
  };
  const judge = async (
    { path, asked }: Work,
    mentions?: (bytes: Uint8Array) => boolean,
  ): Promise<Analysed | undefined> => {
    const target = byPath.get(path);
    const of = target ?? { path, display: path };
    const bytes = await readBytes(of, io);
    if ('findings' in bytes) {
      if (target !== undefined) reports.set(target.path, bytes);
      return { path, ...NOTHING_LEARNED };
    }
    if (mentions?.(bytes) === false) return undefined;
    const context = await contextOf(of.path, asked);
    if (target === undefined) return { path, ...(answerFor(of, bytes, context) ?? NOTHING_LEARNED) };
    const { report, learned, extent } = checkFile(of, bytes, context);
    if (extent === 'whole') unseen.delete(path);
    else unseen.set(path, extent);
    const isForgotten = report.findings.length === 0 && report.source !== undefined && !workshop.keepsTexts;
    reports.set(target.path, isForgotten ? { ...report, source: NO_TEXT } : report);
    if (workshop.keep(report)) texts.set(target.path, bytes);
    return { path, ...(learned ?? (extent === 'nothing' ? NOTHING_SAID : NOTHING_LEARNED)) };
  };

  const judged = { reports, texts, contextOf: (target: Target) => contextOf(target.path, NOTHING_ASKED) };
  for (;;) {
    for (let work = plan.next(); work.length > 0; work = plan.next()) {
      const results: Analysed[] = [];
      for (const item of work) {
        if (io.signal.aborted) return { ...judged, interrupted: true };
        workshop.step();
        const result = await judge(item);
        if (result !== undefined) results.push(result);
      }
      plan.accept(results);
    }
    const mentions = relevance.add(plan.index.acquiringNames());
    if (mentions === undefined || unseen.size === 0) return { ...judged, interrupted: false };
    const results: Analysed[] = [];
    for (const path of [...unseen.keys()]) {
      if (io.signal.aborted) return { ...judged, interrupted: true };
      const result = await judge({ path, asked: NOTHING_ASKED }, mentions);
      if (result !== undefined) results.push(result);
    }
    plan.accept(results);
  }
}

/** The context of a single text, without a project around it. */
export function aloneContext(parts: Pick<FileContext, 'settings' | 'parser' | 'engine'>): FileContext {
  return { ...parts, outside: NOTHING_OUTSIDE, asked: NOTHING_ASKED, relevant: undefined };
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

/** Of a file that opens nothing, nothing else is known until somebody asks. */
const NOTHING_SAID: typeof NOTHING_LEARNED = {
  ...NOTHING_LEARNED,
  summary: { ...NOTHING_LEARNED.summary, covers: [] },
};

/** Files without findings are most of a project, and nobody looks at their texts again. */
const NO_TEXT = createSourceFile('', '');

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
