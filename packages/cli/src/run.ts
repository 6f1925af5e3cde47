import { dirname, resolve } from 'node:path';
import type { Parser } from '@pylint-leaks/core';
import { CliError } from './cli-error';
import { conclude, type RunResult } from './conclude';
import { createDelivery } from './deliver';
import { unifiedDiff } from './diff';
import { discover, displayPath, unreadableReport, type Target } from './discover';
import { failureReason } from './disk';
import type { Engine } from './engine';
import { isExcluded } from './exclusion';
import type { FileReport } from './finding';
import type { Io } from './io';
import { lintFile, MAX_BYTES, tooLarge } from './lint-file';
import type { LintCommand } from './options';
import { startProgress } from './progress';
import { createSettings, type SettingsFor } from './settings';

/**
 * A lint run: find the files, take each through the pipeline, write what is asked for, report.
 *
 * @returns the exit code: 0 clean, 1 findings, 2 a path does not exist, 130 interrupted.
 * @throws CliError when the run cannot start.
 */
export async function run(command: LintCommand, io: Io, engine: Engine): Promise<number> {
  const show = (path: string) => displayPath(io.cwd, path);
  const settingsFor = createSettings(command, engine.rules, { disk: io.disk, cwd: io.cwd, show });
  const { maxWarnings } = await settingsFor(io.cwd);
  const { input } = command;
  const result =
    input.kind === 'stdin'
      ? await lintStdin(input.filename, command, settingsFor, io, engine)
      : await lintPaths(input.paths, command, settingsFor, io, engine);
  return conclude(result, command, maxWarnings, io, engine);
}

async function lintPaths(
  paths: readonly string[],
  command: LintCommand,
  settingsFor: SettingsFor,
  io: Io,
  engine: Engine,
): Promise<RunResult> {
  const found = await discover(paths, command, settingsFor, io);
  const reports: FileReport[] = [...found.unreadable];
  const diffs: Uint8Array[] = [];
  const notes: string[] = [...found.notes];
  const result = { reports, diffs, notes, missing: found.missing, interrupted: false };
  if (found.targets.length === 0) return result;

  const parser = await loadParser(command, engine);
  const delivery = createDelivery(command, result, io);
  let interrupted = false;
  const progress = startProgress(found.targets.length, io);
  try {
    for (const target of found.targets) {
      if (io.signal.aborted) {
        interrupted = true;
        break;
      }
      progress.step();
      const bytes = await readBytes(target, io);
      if ('findings' in bytes) {
        reports.push(bytes);
        continue;
      }
      const settings = await settingsFor(dirname(target.path));
      const linted = lintFile(target, bytes, settings, parser, command, engine);
      notes.push(...linted.notes.filter((note) => !notes.includes(note)));
      await delivery.take(target, bytes, linted);
    }
  } finally {
    progress.stop();
  }
  const { stopped } = await delivery.finish();
  return { ...result, interrupted: interrupted || stopped };
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
  const settings = await settingsFor(dirname(target.path));
  const bytes = await io.stdin();
  if (command.forceExclude && isExcluded(settings.exclusions, target.path, false, undefined)) {
    if (command.mode === 'fix') io.stdout.write(bytes);
    return { reports: [], diffs: [], notes: [], missing: [], interrupted: false };
  }
  const parser = await loadParser(command, engine);
  const { report, change, notes } = lintFile(target, bytes, settings, parser, command, engine);
  if (command.mode === 'fix') io.stdout.write(change?.bytes ?? bytes);
  const diffs =
    change !== undefined && command.mode === 'diff' ? [unifiedDiff(filename, change.before, change.after)] : [];
  return { reports: [report], diffs, notes, missing: [], interrupted: false };
}

/** The bytes of a file, or the report that says why there are none. */
async function readBytes(target: Target, { disk }: Io): Promise<Uint8Array | FileReport> {
  try {
    const { size } = await disk.stat(target.path);
    if (size > MAX_BYTES) return { ...target, source: undefined, findings: [tooLarge(size)], fixed: 0 };
    return await disk.read(target.path);
  } catch (error) {
    return unreadableReport(target, failureReason(error));
  }
}

async function loadParser(command: LintCommand, engine: Engine): Promise<Parser> {
  try {
    return await engine.loadParser({ prefer: command.parser });
  } catch (error) {
    throw new CliError(`the parser cannot be loaded: ${failureReason(error)}`);
  }
}
