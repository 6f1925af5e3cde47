import { dirname, resolve } from 'node:path';
import { discover, displayPath } from './discover';
import type { Io } from './io';
import type { LintCommand } from './options';
import { settingOf } from './rule-setting';
import { concise } from './reporters/concise';
import { printable } from './reporters/printable';
import type { SettingsFor } from './settings';

/**
 * Prints the files that a run would look at, one on a line.
 *
 * @returns the exit code: 0, or 2 when a path does not exist.
 */
export async function showFiles(
  paths: readonly string[],
  command: LintCommand,
  settingsFor: SettingsFor,
  io: Io,
): Promise<number> {
  const { targets, missing, unreadable } = await discover(paths, command, settingsFor, io);
  for (const { display } of targets) io.stdout.write(`${printable(display)}\n`);
  io.stderr.write(concise(unreadable));
  for (const path of missing) io.stderr.write(`error: ${printable(path)}: no such file or directory\n`);
  return missing.length > 0 ? 2 : 0;
}

/** Prints what holds for the first path, as JSON with the keys of a configuration file. */
export async function showSettings(paths: readonly string[], settingsFor: SettingsFor, io: Io): Promise<number> {
  const [first = '.'] = paths;
  const path = resolve(io.cwd, first);
  const isDirectory = await io.disk.stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
  const settings = await (isDirectory ? settingsFor(path) : settingsFor(dirname(path), path));
  const show = (file: string | undefined) => (file === undefined ? null : displayPath(io.cwd, file));
  const shown = {
    path: displayPath(io.cwd, path),
    configuration: show(settings.configFile),
    'target-version': settings.targetVersion.join('.'),
    'runtime-module': settings.runtimeModule,
    'max-warnings': settings.maxWarnings ?? null,
    baseline: show(settings.baseline),
    exclude: settings.exclusions.flatMap(({ texts }) => texts),
    rules: Object.fromEntries(
      settings.rules.map(({ id, meta }) => {
        const severity = settings.severities.get(id) ?? meta.severity;
        return [id, settingOf(severity, settings.ruleOptions[id])];
      }),
    ),
  };
  io.stdout.write(`${JSON.stringify(shown, undefined, 2)}\n`);
  return 0;
}
