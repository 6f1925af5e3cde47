import { join } from 'node:path';
import { ALL_ACQUIRE_ROWS, normalName, packagesThatMatter } from '@pylint-leaks/core';
import { parse as parseToml } from 'smol-toml';
import { nearestUpward } from './climb';
import type { Disk } from './io';

/** Versions of packages by normalised name. */
export type PackageVersions = ReadonlyMap<string, string>;

/** The packages whose version changes what the linter says. */
const WANTED: ReadonlySet<string> = new Set(packagesThatMatter(ALL_ACQUIRE_ROWS));

/** Files that pin versions, the most exact first; the first of a directory that exists counts. */
const SOURCES: readonly {
  readonly file: string;
  readonly read: (text: string) => Iterable<readonly [string, string]>;
}[] = [
  { file: 'uv.lock', read: lockedPackages },
  { file: 'poetry.lock', read: lockedPackages },
  { file: 'pdm.lock', read: lockedPackages },
  { file: 'Pipfile.lock', read: pipfilePackages },
  { file: 'requirements.txt', read: requirements },
  { file: 'requirements/base.txt', read: requirements },
  { file: 'pyproject.toml', read: projectDependencies },
];

/**
 * Looks up which versions a directory's project uses: from the nearest lock file, requirements or pyproject.toml at or
 * above it. Packages that behave the same in all versions are left out.
 */
export function createPackageVersions(disk: Disk): (directory: string) => Promise<PackageVersions | undefined> {
  return nearestUpward(disk, async (directory) => {
    for (const { file, read } of SOURCES) {
      if (!disk.hasFile(join(directory, file))) continue;
      try {
        const text = Buffer.from(await disk.read(join(directory, file))).toString('utf8');
        const found = [...read(text)].map(([name, version]) => [normalName(name), version] as const);
        const wanted = found.filter(([name]) => WANTED.has(name));
        if (wanted.length > 0) return new Map(wanted);
      } catch {
        // A broken file says nothing about versions; the tool it belongs to will complain.
      }
    }
    return undefined;
  });
}

/** `[[package]]` tables, as uv, poetry and pdm write them. */
function* lockedPackages(text: string): Iterable<readonly [string, string]> {
  const packages = property(parseToml(text), 'package');
  if (!Array.isArray(packages)) return;
  for (const each of packages) {
    const [name, version] = [property(each, 'name'), property(each, 'version')];
    if (typeof name === 'string' && typeof version === 'string') yield [name, version];
  }
}

function* pipfilePackages(text: string): Iterable<readonly [string, string]> {
  const lock: unknown = JSON.parse(text);
  for (const group of ['default', 'develop']) {
    for (const [name, entry] of Object.entries(property(lock, group) ?? {})) {
      const version = property(entry, 'version');
      if (typeof version === 'string') yield [name, version.replace(/^==/, '')];
    }
  }
}

function* requirements(text: string): Iterable<readonly [string, string]> {
  for (const line of text.split(/\r?\n/)) {
    const found = requirement(line);
    if (found !== undefined) yield found;
  }
}

function* projectDependencies(text: string): Iterable<readonly [string, string]> {
  const project = property(parseToml(text), 'project');
  const optional: readonly unknown[] = Object.values(property(project, 'optional-dependencies') ?? {});
  for (const line of [property(project, 'dependencies'), ...optional].flat()) {
    const found = typeof line === 'string' ? requirement(line) : undefined;
    if (found !== undefined) yield found;
  }
}

/**
 * `PyMySQL==0.9.3`, `PyMySQL~=0.9.1`, `PyMySQL<1.0`: the version, or one just below the upper bound (PEP 440, "Version
 * specifiers"). A lower bound alone lets the newest in.
 */
function requirement(line: string): readonly [string, string] | undefined {
  const match = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*([^#;]*)/.exec(line);
  const [, name, specifiers = ''] = match ?? [];
  if (name === undefined) return undefined;
  const exact = /(?:===?|~=)\s*v?(\d+(?:\.\d+)*)/.exec(specifiers)?.[1];
  if (exact !== undefined) return [name, exact];
  const [, operator, bound] = /(<=?)\s*v?(\d+(?:\.\d+)*)/.exec(specifiers) ?? [];
  if (bound === undefined) return undefined;
  return [name, operator === '<=' ? bound : justBelow(bound)];
}

/** The highest release number that is lower: `1.0` → `0.999999`. */
function justBelow(version: string): string {
  const numbers = version.split('.').map(Number);
  const last = numbers.findLastIndex((number) => number > 0);
  if (last < 0) return version;
  const below = numbers.slice(0, last + 1);
  below[last] = (below[last] ?? 1) - 1;
  return [...below, 999_999].join('.');
}

function property(value: unknown, key: string): object | string | undefined {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof found === 'object' && found !== null ? found : typeof found === 'string' ? found : undefined;
}
