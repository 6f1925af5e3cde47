import { join } from 'node:path';
import { cosmiconfig, defaultLoaders, type CosmiconfigResult, type Loader } from 'cosmiconfig';
import { parse as parseToml, TomlError } from 'smol-toml';
import type { PythonVersion, Rule } from '@pylint-leaks/core';
import { CliError } from './cli-error';
import { nearestUpward } from './climb';
import { layersOf, mergeLayers, type ConfigLayer, type MergedConfig } from './config-layers';
import { checkConfig, knownRules } from './config-schema';
import { errorCode, failureReason } from './disk';
import type { Disk } from './io';
import { jsonProblem } from './json-problem';
import { lowestVersion } from './python-version';

/** A configuration and the file it comes from. */
export interface LoadedConfig {
  readonly file: string;
  /** What that file extends, and itself last. */
  readonly layers: readonly ConfigLayer[];
  readonly config: MergedConfig;
}

/** Answers questions about configuration; every directory is looked at once. */
export interface ConfigFinder {
  /**
   * The nearest configuration at or above a directory, up to the root of its git checkout or of the file system.
   * @throws CliError when the file is not valid.
   */
  readonly nearest: (directory: string) => Promise<LoadedConfig | undefined>;
  /**
   * The file that `--config` names.
   * @throws CliError when it does not exist, has nothing for this tool, or is not valid.
   */
  readonly load: (file: string) => Promise<LoadedConfig>;
  /** The lower bound of `requires-python` in the nearest pyproject.toml that states one in its `[project]` table. */
  readonly requiredPython: (directory: string) => Promise<PythonVersion | undefined>;
}

const NAME = 'pylint-leaks';

/** Names that are looked for in each directory; the first that exists counts, files are not merged. */
export const CONFIG_FILES = [
  `.${NAME}rc.json`,
  `.${NAME}rc.yaml`,
  `.${NAME}rc.yml`,
  `.${NAME}rc.toml`,
  `${NAME}.config.json`,
  `${NAME}.config.yaml`,
  `${NAME}.config.toml`,
  'pyproject.toml',
] as const;

/** A table that can only be meant for us. */
const MISSPELT = /^[ \t]*\[\[?tool\.["']?(pylint[-_]?leaks?)(?=["'.\]])/im;

/** TOML; of a pyproject.toml only `[tool.pylint-leaks]`. `null` tells cosmiconfig that there is nothing here. */
const loadToml: Loader = (file, content) => {
  if (!file.endsWith('pyproject.toml')) return parseToml(content);
  // Other tools' broken files are not ours to complain about.
  const misspelt = MISSPELT.exec(content)?.[1];
  if (misspelt !== undefined && misspelt !== NAME)
    throw new Error(`[tool.${misspelt}] is not read; write [tool.${NAME}]`);
  if (!content.includes(NAME)) return null;
  return property(property(parseToml(content), 'tool'), NAME) ?? null;
};

/** JSON; the error of the parser that cosmiconfig has does not say what is wrong. */
const loadJson: Loader = (_file, content) => {
  const problem = jsonProblem(content);
  if (problem !== undefined) throw new Error(`line ${problem.line}, column ${problem.column}: ${problem.what}`);
  return JSON.parse(content) as unknown;
};

function createExplorer() {
  const { '.yaml': yaml } = defaultLoaders;
  const loaders = { '.toml': loadToml, '.json': loadJson, '.yaml': yaml, '.yml': yaml };
  return cosmiconfig(NAME, { searchPlaces: [...CONFIG_FILES], loaders, cache: false });
}

/**
 * @param rules - those that a configuration may name.
 * @param show - how errors name a path.
 */
export function createConfigFinder(disk: Disk, rules: readonly Rule[], show: (path: string) => string): ConfigFinder {
  const explorer = createExplorer();
  const known = knownRules(rules);

  const check = (file: string, value: unknown): ConfigLayer => {
    const checked = checkConfig(value, known);
    if (checked.kind === 'valid') return { file, config: checked.config };
    const where = `${show(file)}${file.endsWith('pyproject.toml') ? ` [tool.${NAME}]` : ''}`;
    throw new CliError(checked.problems.map((problem) => `${where}: ${problem}`).join('\n'));
  };

  const read = async (fallback: string, reading: () => Promise<CosmiconfigResult>): Promise<CosmiconfigResult> => {
    try {
      return await reading();
    } catch (error) {
      const file = property(error, 'filepath');
      throw new CliError(`${show(typeof file === 'string' ? file : fallback)}: ${parseFailure(error)}`);
    }
  };

  const load = async (file: string): Promise<ConfigLayer> => {
    const result = await read(file, () => explorer.load(file));
    if (result === null) throw new CliError(`${show(file)}: it has no [tool.${NAME}] table`);
    return check(file, result.isEmpty === true ? {} : result.config);
  };

  const merged = async (layer: ConfigLayer): Promise<LoadedConfig> => {
    const layers = await layersOf(layer, load, show);
    return { file: layer.file, layers, config: mergeLayers(layers) };
  };

  return {
    nearest: nearestUpward(disk, async (directory) => {
      const result = await read(directory, () => explorer.search(directory));
      return result === null ? undefined : merged(check(result.filepath, result.config));
    }),

    load: async (file) => merged(await load(file)),

    requiredPython: nearestUpward(disk, async (directory) => {
      try {
        const content = Buffer.from(await disk.read(join(directory, 'pyproject.toml'))).toString('utf8');
        const specifier = property(property(parseToml(content), 'project'), 'requires-python');
        return typeof specifier === 'string' ? lowestVersion(specifier) : undefined;
      } catch {
        // A missing or broken file says nothing about the version.
        return undefined;
      }
    }),
  };
}

/** A property of anything; undefined when there is none. */
function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

/** The parsers' errors run over many lines (a code frame); the first that says something is enough. */
function parseFailure(error: unknown): string {
  if (errorCode(error) !== undefined) return `cannot be read: ${failureReason(error)}`;
  const message = error instanceof Error ? error.message : String(error);
  const said = firstLine(message.replace(/^(?:JSON|YAML) Error in .*:\s*\n/, ''));
  return error instanceof TomlError ? `line ${error.line}, column ${error.column}: ${said}` : said;
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message;
}
