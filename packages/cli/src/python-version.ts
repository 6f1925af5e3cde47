import type { PythonVersion } from '@pylint-leaks/core';

/** Used when neither option, configuration nor `requires-python` says anything: the oldest version the runtime runs on. */
export const DEFAULT_TARGET: PythonVersion = [3, 9];

/** Reads `3.9` or `py39`; undefined when it is neither. */
export function parsePythonVersion(text: string): PythonVersion | undefined {
  const match = /^(?:(\d)\.(\d{1,2})|py(\d)(\d{1,2}))$/.exec(text);
  if (match === null) return undefined;
  return [Number(match[1] ?? match[3]), Number(match[2] ?? match[4])];
}

/** Writes a version as people do. */
export function showPythonVersion([major, minor]: PythonVersion): string {
  return `${major}.${minor}`;
}

/**
 * The lowest version that a `requires-python` specifier lets in (PEP 440 version specifiers): the highest of its lower
 * bounds; upper bounds and exclusions do not matter. Undefined when it has no lower bound.
 */
export function lowestVersion(specifier: string): PythonVersion | undefined {
  let lowest: PythonVersion | undefined;
  for (const clause of specifier.split(',')) {
    // `>3.8` lets 3.8.1 in, so it bounds like `>=3.8`.
    const match = /^\s*(?:>=|>|~=|===?)\s*v?(\d+)(?:\.(\d+))?/.exec(clause);
    if (match === null) continue;
    const bound: PythonVersion = [Number(match[1]), Number(match[2] ?? 0)];
    if (lowest === undefined || bound[0] > lowest[0] || (bound[0] === lowest[0] && bound[1] > lowest[1]))
      lowest = bound;
  }
  return lowest;
}
