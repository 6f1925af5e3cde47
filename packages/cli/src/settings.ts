import { dirname, resolve } from 'node:path';
import type { ProjectRows, PythonVersion, Rule, RuleOptions, Severity } from '@pylint-leaks/core';
import { CliError } from './cli-error';
import { createConfigFinder, type ConfigFinder, type LoadedConfig } from './config';
import { mergeLayers, withOverride } from './config-layers';
import { ALL_RULES, DEFAULT_RUNTIME_MODULE, type FileConfig, type Preset } from './config-schema';
import { createExclusion, type Exclusion } from './exclusion';
import type { Disk } from './io';
import type { ConfigChoice, LintCommand } from './options';
import { createPackageVersions, type PackageVersions } from './package-versions';
import { projectRows } from './resource-config';
import { DEFAULT_TARGET, parsePythonVersion } from './python-version';
import { hasModule } from './runtime-note';
import { levelOf, optionsOf } from './rule-setting';
import { didYouMean } from './suggest';

/** What holds for a file: options first, then the nearest configuration with its overrides, then defaults. */
export interface Settings {
  /** Rules to run. */
  readonly rules: readonly Rule[];
  /** Severities that replace those of the rules. */
  readonly severities: ReadonlyMap<string, Severity>;
  /** Options of rules, by id. */
  readonly ruleOptions: Readonly<Record<string, RuleOptions>>;
  readonly targetVersion: PythonVersion;
  readonly runtimeModule: string;
  /** Whether the project has a file for that module, so that nothing has to be installed. */
  readonly ownsRuntime: boolean;
  /** Report what may be wrong, too. */
  readonly strict: boolean;
  /** Rows that the project adds to the resource tables. */
  readonly rows: ProjectRows | undefined;
  /** Versions of packages whose behaviour depends on them. */
  readonly packages: PackageVersions | undefined;
  /** Patterns of files and directories to leave out. */
  readonly exclusions: readonly Exclusion[];
  readonly maxWarnings: number | undefined;
  /** The configuration file that it comes from, when there is one. */
  readonly configFile: string | undefined;
  /** Path of the baseline file. */
  readonly baseline: string | undefined;
}

/** Looks up the settings of a directory, or of a file in it when one is given: only then overrides count. */
export type SettingsFor = (directory: string, file?: string) => Promise<Settings>;

/**
 * Makes the look-up for one run.
 *
 * @param rules - every rule there is.
 * @param show - how errors name a path.
 * @throws CliError (also later, from the look-up) when an option or a configuration file is not valid.
 */
export function createSettings(
  command: LintCommand,
  rules: readonly Rule[],
  place: { readonly disk: Disk; readonly cwd: string; readonly show: (path: string) => string },
): SettingsFor {
  const ruleIds = rules.map((rule) => rule.id);
  checkRuleIds('--select', command.select ?? [], ruleIds);
  checkRuleIds('--ignore', command.ignore ?? [], ruleIds);
  const finder = createConfigFinder(place.disk, rules, place.show);
  const fromOptions = createExclusion(place.cwd, command.exclude);

  const configFor = configLookup(command.config, place.cwd, finder);
  const packagesOf = createPackageVersions(place.disk);

  // Files of different directories mostly share a configuration; the rule list is made once for each.
  const combined = new Map<string, Settings>();
  return async (directory, file) => {
    const loaded = await configFor(directory);
    const { overrides, ...config } = loaded?.config ?? NO_CONFIG;
    const matching = overrides.filter(({ matches }) => file !== undefined && matches(file));
    const perFile = matching.reduce((base, override) => withOverride(base, override.config), config.perFile);
    const targetVersion =
      command.targetVersion ?? configuredVersion(perFile) ?? (await finder.requiredPython(directory)) ?? DEFAULT_TARGET;
    const packages = await packagesOf(directory);
    const which = matching.map((override) => overrides.indexOf(override));
    const isStub = file?.endsWith('.pyi') === true;
    const key = JSON.stringify([loaded?.file, which, isStub, targetVersion, [...(packages ?? [])]]);
    const known = combined.get(key);
    if (known !== undefined) return known;
    const base = loaded === undefined ? place.cwd : dirname(loaded.file);
    const runtimeModule = perFile['runtime-module'] ?? DEFAULT_RUNTIME_MODULE;
    const settings: Settings = {
      configFile: loaded?.file,
      rules: chooseRules(rules, command, perFile).filter(({ id }) => !isStub || STUB_RULES.includes(id)),
      severities: severitiesOf(perFile),
      ruleOptions: ruleOptionsOf(perFile),
      targetVersion,
      runtimeModule,
      ownsRuntime: hasModule(runtimeModule, base, place.disk),
      strict: presetOf(command, perFile) !== 'recommended',
      rows: projectRows(config.resources),
      packages,
      exclusions: [fromOptions, ...config.exclusions],
      maxWarnings: command.maxWarnings ?? config.maxWarnings,
      baseline: config.baseline,
    };
    combined.set(key, settings);
    return settings;
  };
}

/** A stub is never run and opens nothing; it can only be wrong. */
const STUB_RULES: readonly string[] = ['syntax-error'];

const NO_CONFIG = mergeLayers([]);

function configLookup(
  choice: ConfigChoice,
  cwd: string,
  finder: ConfigFinder,
): (directory: string) => Promise<LoadedConfig | undefined> {
  switch (choice.kind) {
    case 'nearest':
      return finder.nearest;
    case 'file': {
      const loaded = finder.load(resolve(cwd, choice.path));
      // The first look-up reports a failure; until then it must not count as unhandled.
      loaded.catch(() => undefined);
      return () => loaded;
    }
    case 'none':
      return () => Promise.resolve(undefined);
  }
}

function presetOf(command: LintCommand, config: FileConfig): Preset {
  return command.preset ?? config.preset ?? 'recommended';
}

/** The schema has checked that the text is a version. */
function configuredVersion(config: FileConfig): PythonVersion | undefined {
  const text = config['target-version'];
  return text === undefined ? undefined : parsePythonVersion(text);
}

/**
 * Selected by option, else by configuration, else recommended ones and those given a severity; less what is ignored.
 * `off` in `rules` gives way to `--select`, because a person typed that just now.
 */
function chooseRules(rules: readonly Rule[], command: LintCommand, config: FileConfig): readonly Rule[] {
  const selected = command.select ?? config.select;
  const ignored = command.ignore ?? config.ignore ?? [];
  const setting = (id: string) => levelOf(config.rules?.[id]);
  return rules.filter(({ id, meta }) => {
    if (ignored.includes(id) || ignored.includes(ALL_RULES)) return false;
    if (setting(id) === 'off' && command.select?.includes(id) !== true) return false;
    if (selected === undefined)
      return meta.recommended || setting(id) !== undefined || presetOf(command, config) === 'all';
    return selected.includes(id) || selected.includes(ALL_RULES);
  });
}

function severitiesOf(config: FileConfig): ReadonlyMap<string, Severity> {
  const severities = new Map<string, Severity>();
  for (const [id, setting] of Object.entries(config.rules ?? {})) {
    const level = levelOf(setting);
    if (level !== undefined && level !== 'off') severities.set(id, level);
  }
  return severities;
}

function ruleOptionsOf(config: FileConfig): Readonly<Record<string, RuleOptions>> {
  const entries = Object.entries(config.rules ?? {}).flatMap(([id, setting]) => {
    const options = optionsOf(setting);
    return options === undefined ? [] : [[id, options] as const];
  });
  return Object.fromEntries(entries);
}

/** @throws CliError when an option names a rule that does not exist. */
export function checkRuleIds(option: string, given: readonly string[], known: readonly string[]): void {
  const unknown = given.find((id) => id !== ALL_RULES && !known.includes(id));
  if (unknown === undefined) return;
  throw new CliError(`${option}: unknown rule "${unknown}"${didYouMean(unknown, known)} (known: ${known.join(', ')})`);
}
