import { dirname, resolve } from 'node:path';
import { NONE, openBaseline } from './baseline/open';
import { idOf } from './changes/touched';
import { openChanges, type Changes } from './changes/open';
import { conclude, type RunResult } from './conclude';
import { createDelivery, fixNotes } from './deliver';
import { unifiedDiff } from './diff';
import { discover, displayPath, type Discovery } from './discover';
import type { Engine } from './engine';
import { isExcluded } from './exclusion';
import type { FileReport } from './finding';
import { addIgnores } from './ignores/add-ignores';
import type { Io } from './io';
import { aloneContext, judgeProject } from './judge-project';
import { checkFile, fixFile, isApplicable } from './lint-file';
import type { LintCommand } from './options';
import { startProgress } from './progress';
import { writeProof, type FileProof } from './proof';
import { openEvidence } from './recording/open';
import { requireParser } from './require-parser';
import { createSettings, type SettingsFor } from './settings';
import { isInShard, type Shard } from './shard/shard';
import { noticeUnfinished } from './unfinished/restore';
import { showFiles, showSettings } from './show';

/**
 * A lint run: find the files, take each through the pipeline, write what is asked for, report.
 *
 * @returns the exit code: 0 clean, 1 findings, 2 a path does not exist, 130 interrupted.
 * @throws CliError when the run cannot start.
 */
export async function run(command: LintCommand, io: Io, engine: Engine): Promise<number> {
  const show = (path: string) => displayPath(io.cwd, path);
  const settingsFor = createSettings(command, engine.rules, { disk: io.disk, cwd: io.cwd, show });
  const settings = await settingsFor(io.cwd);
  const baseline = await openBaseline(command, settings, settingsFor, engine, io);
  const evidence = await openEvidence(command, io);
  const changes = await openChanges(command.changes, io);
  const { input } = command;
  if (input.kind === 'paths' && command.show === 'files') return showFiles(input.paths, command, settingsFor, io);
  if (input.kind === 'paths' && command.show === 'settings') return showSettings(input.paths, settingsFor, io);
  await noticeUnfinished(command.mode === 'fix' && input.kind === 'paths', io);
  const result =
    input.kind === 'stdin'
      ? await lintStdin(input.filename, command, settingsFor, io, engine)
      : await lintPaths(input.paths, command, settingsFor, changes, io, engine, baseline !== NONE);
  const reported = await addIgnores(await baseline.settle(result), command, io, engine);
  return conclude(await evidence.join(reported), command, settings.maxWarnings, io, engine);
}

async function lintPaths(
  paths: readonly string[],
  command: LintCommand,
  settingsFor: SettingsFor,
  changes: Changes | undefined,
  io: Io,
  engine: Engine,
  keepsTexts: boolean,
): Promise<RunResult> {
  const found = partOf(await discover(paths, command, settingsFor, io), command.shard);
  const reports: FileReport[] = [...found.unreadable];
  const diffs: Uint8Array[] = [];
  const notes: string[] = [...found.notes];
  const proofs: FileProof[] = [];
  const result = { reports, diffs, notes, proofs, missing: found.missing, interrupted: false, failures: [] };
  const prove = async () => {
    if (command.proofFile !== undefined) await writeProof(command.proofFile, proofs, command.verify?.line, io);
  };
  const targets = changes?.choose(found.targets) ?? found.targets;
  if (targets.length === 0) {
    await prove();
    return result;
  }

  const parser = await requireParser(command, engine);
  const delivery = createDelivery(command, result, io);
  let interrupted = false;
  const progress = startProgress(targets.length, io);
  const keep = (report: FileReport) =>
    command.mode !== 'check' && report.findings.some((finding) => isApplicable(finding, command.applicability));
  try {
    const judged = await judgeProject(targets, {
      parser,
      engine,
      settingsFor,
      io: { ...io, disk: changes?.disk ?? io.disk },
      keep,
      keepsTexts: keepsTexts || changes !== undefined || command.shard !== undefined,
      looksAtRegions: command.regions,
      step: progress.step,
    });
    for (const target of targets) {
      const all = judged.reports.get(target.path);
      if (all === undefined) continue;
      const context = await judged.contextOf(target);
      const report = (await changes?.narrow(target, all, context)) ?? all;
      const bytes = judged.texts.get(target.path);
      if (bytes === undefined || judged.interrupted) {
        reports.push(report);
        continue;
      }
      if (io.signal.aborted) {
        interrupted = true;
        break;
      }
      const obstacle = changes?.obstacle(target);
      if (obstacle !== undefined) {
        notes.push(`${target.display}: not fixed, because ${obstacle}`);
        reports.push(report);
        continue;
      }
      const only = changes === undefined ? undefined : new Set(report.findings.flatMap((each) => idOf(each) ?? []));
      const fixed = fixFile(target, bytes, report, { ...command, only }, context);
      notes.push(...fixed.notes.filter((note) => !notes.includes(note)));
      await delivery.take(target, bytes, fixed);
    }
    interrupted ||= judged.interrupted;
  } finally {
    progress.stop();
  }
  const { stopped } = await delivery.finish();
  await prove();
  return { ...result, interrupted: interrupted || stopped };
}

/** What one machine lints; other files are read all the same as far as these ask about them. */
function partOf(found: Discovery, shard: Shard | undefined): Discovery {
  if (shard === undefined) return found;
  const isMine = ({ display }: { readonly display: string }) => isInShard(shard, display);
  return { ...found, targets: found.targets.filter(isMine), unreadable: found.unreadable.filter(isMine) };
}

/** Standard input is never written back; with --fix the text, fixed or not, goes to standard output. */
async function lintStdin(
  filename: string,
  command: LintCommand,
  settingsFor: SettingsFor,
  io: Io,
  engine: Engine,
): Promise<RunResult> {
  const target = { path: resolve(io.cwd, filename), display: filename };
  const settings = await settingsFor(dirname(target.path), target.path);
  const bytes = await io.stdin();
  if (command.forceExclude && isExcluded(settings.exclusions, target.path, false, undefined)) {
    if (command.mode === 'fix') io.stdout.write(bytes);
    return { reports: [], diffs: [], notes: [], missing: [], interrupted: false, failures: [] };
  }
  const parser = await requireParser(command, engine);
  const context = aloneContext({ settings, parser, engine });
  const checked = checkFile(target, bytes, context);
  const { report, change, notes, outcome } = fixFile(target, bytes, checked.report, command, context);
  if (command.mode === 'fix') io.stdout.write(change?.bytes ?? bytes);
  const diffs =
    change !== undefined && command.mode === 'diff' ? [unifiedDiff(filename, change.before.file, change.after)] : [];
  const named = command.showFixes && change !== undefined && outcome !== undefined ? fixNotes(target, outcome) : [];
  return { reports: [report], diffs, notes: [...notes, ...named], missing: [], interrupted: false, failures: [] };
}
