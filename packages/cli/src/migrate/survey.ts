import type { Target } from '../discover';
import type { FileReport } from '../finding';
import { judgeProject } from '../judge-project';
import { isApplicable, type FileContext } from '../lint-file';
import { startProgress } from '../progress';
import type { FixableFile } from './plan';
import { pathInside } from './repository';
import { placeOf, type Ground } from './session';

/** A file with findings. */
export interface Found {
  /** Relative to the top of the checkout; undefined for one outside, which is not for us to commit. */
  readonly file: string | undefined;
  readonly report: FileReport;
}

/** What the linter says before anything is changed. */
export interface Survey {
  readonly found: readonly Found[];
  /** What a file is linted with, by its path relative to the top of the checkout. */
  readonly contextOf: (file: string) => Promise<FileContext>;
  readonly interrupted: boolean;
}

/** Lints every file, with what the project says about itself, and keeps those with findings. */
export async function surveyTargets(targets: readonly Target[], ground: Ground): Promise<Survey> {
  const { io, parser, engine, settingsFor, repository } = ground;
  const progress = startProgress(targets.length, io);
  const keep = () => false;
  try {
    const judged = await judgeProject(targets, {
      parser,
      engine,
      settingsFor,
      io,
      keep,
      keepsTexts: true,
      looksAtRegions: true,
      step: progress.step,
    });
    const byFile = new Map<string, Target>();
    const found: Found[] = [];
    for (const target of targets) {
      const real = await io.disk.realpath(target.path).catch(() => target.path);
      const file = pathInside(repository.root, real);
      if (file !== undefined) byFile.set(file, target);
      const report = judged.reports.get(target.path);
      if (report !== undefined && report.findings.length > 0) found.push({ file, report });
    }
    const contextOf = (file: string) =>
      judged.contextOf(byFile.get(file) ?? { path: placeOf(ground, file), display: file });
    return { found, contextOf, interrupted: judged.interrupted };
  } finally {
    progress.stop();
  }
}

/** Files that a fix is offered for. */
export function fixableFiles(found: readonly Found[], applicability: 'safe' | 'unsafe'): readonly FixableFile[] {
  return found.flatMap(({ file, report }) => {
    const sites = new Map<string, number>();
    for (const finding of report.findings) {
      if (isApplicable(finding, applicability)) sites.set(finding.ruleId, (sites.get(finding.ruleId) ?? 0) + 1);
    }
    return file === undefined || sites.size === 0 ? [] : [{ path: file, sites }];
  });
}
