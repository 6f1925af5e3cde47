import { dirname, resolve } from 'node:path';
import { CliError } from './cli-error';
import type { Config, FileConfig, OverrideConfig } from './config-schema';
import { overSetting } from './rule-setting';
import { ANYWHERE, createExclusion, DEFAULT_EXCLUDES, isExcluded, type Exclusion } from './exclusion';

/** One configuration file as written; paths and patterns in it are relative to its directory. */
export interface ConfigLayer {
  readonly file: string;
  readonly config: Config;
}

/** What holds for the files that match. */
export interface Override {
  readonly matches: (file: string) => boolean;
  readonly config: OverrideConfig;
}

/** Layers put together. */
export interface MergedConfig {
  readonly perFile: FileConfig;
  readonly maxWarnings: number | undefined;
  /** Full path. */
  readonly baseline: string | undefined;
  readonly resources: Config['resources'];
  readonly exclusions: readonly Exclusion[];
  /** Later ones win. */
  readonly overrides: readonly Override[];
}

/**
 * Follows `extends`: the files that a configuration builds on, those that they build on before them, and itself last.
 *
 * @param load - reads and checks a file.
 * @param show - how errors name a path.
 * @throws CliError when a file extends itself over others, or one cannot be read.
 */
export async function layersOf(
  layer: ConfigLayer,
  load: (file: string) => Promise<ConfigLayer>,
  show: (path: string) => string,
): Promise<readonly ConfigLayer[]> {
  const follow = async (current: ConfigLayer, chain: readonly string[]): Promise<readonly ConfigLayer[]> => {
    const given = current.config.extends ?? [];
    const layers: ConfigLayer[] = [];
    for (const name of typeof given === 'string' ? [given] : given) {
      const file = resolve(dirname(current.file), name);
      const longer = [...chain, file];
      if (chain.includes(file))
        throw new CliError(`${show(current.file)}: "extends" goes in a circle: ${longer.map(show).join(' → ')}`);
      const base = await load(file).catch((error: unknown) => {
        throw error instanceof CliError ? new CliError(`${error.message} (extended by ${show(current.file)})`) : error;
      });
      layers.push(...(await follow(base, longer)));
    }
    return [...layers, current];
  };
  return follow(layer, [layer.file]);
}

/**
 * Puts layers together: a value replaces that of the layers before, `rules` rule by rule; `extend-exclude`, `resources` and
 * `overrides` are added.
 */
export function mergeLayers(layers: readonly ConfigLayer[]): MergedConfig {
  const last = <Value>(read: (layer: ConfigLayer) => Value | undefined): Value | undefined =>
    layers.reduce<Value | undefined>((value, layer) => read(layer) ?? value, undefined);
  const exclude = last(({ file, config }) =>
    config.exclude === undefined ? undefined : createExclusion(dirname(file), config.exclude),
  );
  return {
    perFile: layers.reduce<FileConfig>((merged, { config }) => mergePerFile(merged, config), {}),
    maxWarnings: last(({ config }) => config['max-warnings']),
    baseline: last(({ file, config }) =>
      config.baseline === undefined ? undefined : resolve(dirname(file), config.baseline),
    ),
    resources: mergedResources(layers),
    exclusions: [
      exclude ?? createExclusion(ANYWHERE, DEFAULT_EXCLUDES),
      ...layers.map(({ file, config }) => createExclusion(dirname(file), config['extend-exclude'] ?? [])),
    ],
    overrides: layers.flatMap(({ file, config }) =>
      (config.overrides ?? []).map((override) => ({
        matches: fileMatcher(dirname(file), override.files, override.exclude ?? []),
        config: override,
      })),
    ),
  };
}

/** What holds for a file with an override: values are replaced, `rules` rule by rule, and `ignore` is added. */
export function withOverride(base: FileConfig, override: OverrideConfig): FileConfig {
  const merged = mergePerFile(base, override);
  return override.ignore === undefined ? merged : { ...merged, ignore: [...(base.ignore ?? []), ...override.ignore] };
}

/** A pattern with `!` takes files out again, whatever its place: unlike in .gitignore also those in a directory that is in. */
function fileMatcher(base: string, patterns: readonly string[], exclude: readonly string[]): (file: string) => boolean {
  const wanted = createExclusion(
    base,
    patterns.filter((pattern) => !pattern.startsWith('!')),
  );
  const taken = createExclusion(base, [
    ...exclude,
    ...patterns.flatMap((pattern) => (pattern.startsWith('!') ? [pattern.slice(1)] : [])),
  ]);
  return (file) => isExcluded([wanted], file, false, undefined) && !isExcluded([taken], file, false, undefined);
}

function mergePerFile(base: FileConfig, over: FileConfig): FileConfig {
  return {
    preset: over.preset ?? base.preset,
    select: over.select ?? base.select,
    ignore: over.ignore ?? base.ignore,
    'target-version': over['target-version'] ?? base['target-version'],
    'runtime-module': over['runtime-module'] ?? base['runtime-module'],
    rules: mergeRules(base.rules ?? {}, over.rules ?? {}),
  };
}

function mergeRules(base: NonNullable<FileConfig['rules']>, over: NonNullable<FileConfig['rules']>) {
  const merged = { ...base };
  for (const [id, setting] of Object.entries(over))
    if (setting !== undefined) merged[id] = overSetting(base[id], setting);
  return merged;
}

function mergedResources(layers: readonly ConfigLayer[]): Config['resources'] {
  const given = layers.flatMap(({ config }) => config.resources ?? []);
  if (given.length === 0) return undefined;
  return {
    acquires: given.flatMap(({ acquires }) => acquires ?? []),
    effects: given.flatMap(({ effects }) => effects ?? []),
  };
}
