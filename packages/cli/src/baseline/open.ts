import { dirname, relative, resolve } from 'node:path';
import { CliError } from '../cli-error';
import type { RunResult } from '../conclude';
import { displayPath } from '../discover';
import { errorCode } from '../disk';
import type { Engine } from '../engine';
import { isOutside } from '../exclusion';
import type { FileReport } from '../finding';
import type { Io } from '../io';
import type { LintCommand } from '../options';
import type { Settings, SettingsFor } from '../settings';
import { DEFAULT_BASELINE, readBaseline, writeBaseline } from './file';
import type { BaselineEntry } from './entry';
import { matchBaseline } from './match';
import { settle, type BaselineUse, type Looked } from './settle';

/** The baseline of a run. */
export interface Baseline {
  /** Takes accepted findings out of a result, and writes the file when it should be another. */
  readonly settle: (result: RunResult) => Promise<RunResult>;
}

/** For a run without one. */
export const NONE: Baseline = { settle: (result) => Promise.resolve(result) };

/**
 * Reads the baseline that counts for a run, before anything is linted.
 *
 * @param settings - what holds in the working directory.
 * @throws CliError when there is none where one was named, or it is not valid, or it may not be written.
 */
export async function openBaseline(
  command: LintCommand,
  settings: Settings,
  settingsFor: SettingsFor,
  engine: Pick<Engine, 'rules'>,
  io: Io,
): Promise<Baseline> {
  const path = pathOf(command, settings, io.cwd);
  if (path === undefined) return NONE;
  const show = (file: string) => displayPath(io.cwd, file);
  const use = useOf(command, isCi(io.env));
  const entries = await readBaseline(path, io.disk, show);
  if (entries === undefined && use !== 'write')
    throw new CliError(`${show(path)}: there is no such baseline; --write-baseline makes it`);
  return {
    settle: async (result) => {
      const nameOf = ({ path: file }: Pick<FileReport, 'path'>) => entryPath(path, file);
      const known = entries ?? [];
      const gone = await missingFiles(path, known, io);
      const today = io.now().toISOString().slice(0, 10);
      const match = matchBaseline(result.reports, known, { nameOf, isGone: (file) => gone.has(file), today });
      const isPartial = result.interrupted || result.missing.length > 0;
      const looked = await whatWasSeen(path, result.reports, gone, command, settingsFor, engine, io);
      const effective: BaselineUse = isPartial && use !== 'locked' ? 'read' : use;
      const settled = settle(result.reports, known, match, effective, looked, show(path));
      if (settled.entries !== undefined || (effective === 'write' && entries === undefined))
        await writeBaseline(path, settled.entries ?? [], io.disk, show);
      return {
        ...result,
        reports: settled.reports,
        notes: [...result.notes, ...settled.notes],
        failures: [...result.failures, ...settled.failures],
      };
    },
  };
}

/** The file that is named, else the configured one; for writing there is a name by default. */
function pathOf({ baseline, baselineTask }: LintCommand, settings: Settings, cwd: string): string | undefined {
  switch (baseline.kind) {
    case 'file':
      return resolve(cwd, baseline.path);
    case 'none':
      return undefined;
    case 'configured':
      return settings.baseline ?? (baselineTask === 'none' ? undefined : resolve(cwd, DEFAULT_BASELINE));
  }
}

/** Only an ordinary run of the work tree shortens the file: others see a part of the tree, or another text. */
function useOf({ baselineTask, frozen, changes, mode, input, shard }: LintCommand, inCi: boolean): BaselineUse {
  if (baselineTask !== 'none') {
    if (inCi)
      throw new CliError(
        `--${baselineTask}-baseline is for a person: with CI set nothing is written (CI= pylint-leaks … does it all the same)`,
      );
    return baselineTask;
  }
  if (changes.kind !== 'all' || mode === 'diff' || input.kind === 'stdin') return 'read';
  if (frozen || inCi) return 'locked';
  // Parts run at the same time, and would write over each other.
  return shard === undefined ? 'shrink' : 'read';
}

/** Whether this is a machine that nobody commits from. CI services set the variable to `true`. */
function isCi(env: Io['env']): boolean {
  return !['', '0', 'false'].includes((env['CI'] ?? '').toLowerCase());
}

function entryPath(baseline: string, file: string): string {
  return relative(dirname(baseline), file).replaceAll('\\', '/');
}

async function missingFiles(baseline: string, entries: readonly BaselineEntry[], io: Io): Promise<ReadonlySet<string>> {
  const gone = new Set<string>();
  for (const file of new Set(entries.map((entry) => entry.file))) {
    const isMissing = await io.disk.stat(resolve(dirname(baseline), file)).then(
      () => false,
      (error: unknown) => errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR',
    );
    if (isMissing) gone.add(file);
  }
  return gone;
}

/** A file that does not exist was looked for when a directory above it was named. */
async function whatWasSeen(
  baseline: string,
  reports: readonly FileReport[],
  gone: ReadonlySet<string>,
  { input }: LintCommand,
  settingsFor: SettingsFor,
  { rules }: Pick<Engine, 'rules'>,
  io: Io,
): Promise<Looked> {
  const linted = new Set(
    reports.filter(({ source }) => source !== undefined).map(({ path }) => entryPath(baseline, path)),
  );
  const roots = input.kind === 'paths' ? input.paths.map((path) => resolve(io.cwd, path)) : [];
  const isBelow = (file: string) => roots.some((root) => !isOutside(relative(root, resolve(dirname(baseline), file))));
  const { rules: run } = await settingsFor(io.cwd);
  return {
    sawFile: (file) => linted.has(file) || (gone.has(file) && isBelow(file)),
    wasRun: (rule) => run.some(({ id }) => id === rule),
    isRule: (rule) => rules.some(({ id }) => id === rule),
  };
}
