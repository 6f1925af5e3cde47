import { dirname, relative, resolve } from 'node:path';
import { errorCode, failureReason } from './disk';
import { isExcluded, isOutside } from './exclusion';
import { fileFinding, type FileReport } from './finding';
import type { Io } from './io';
import type { SettingsFor } from './settings';
import { listPythonFiles, PYTHON_FILE, type Listing } from './walk';

/** A file to lint. */
export interface Target {
  readonly path: string;
  /** As the user reads it. */
  readonly display: string;
}

/** What the paths on the command line come to. */
export interface Discovery {
  /** Sorted by `display`, each file once. */
  readonly targets: readonly Target[];
  /** Paths that do not exist, as given. */
  readonly missing: readonly string[];
  /** Files and directories that exist and cannot be looked at. */
  readonly unreadable: readonly FileReport[];
  readonly notes: readonly string[];
}

/** Names a path relative to the working directory when it lies inside, else in full; with `/` everywhere. */
export function displayPath(cwd: string, path: string): string {
  const inner = relative(cwd, path);
  return (inner === '' ? '.' : isOutside(inner) ? path : inner).replaceAll('\\', '/');
}

/** The report of a file (or directory) that cannot be read. */
export function unreadableReport(target: Target, reason: string, messageId = 'io'): FileReport {
  const finding = fileFinding('unreadable-file', messageId, `The file cannot be read: ${reason}.`);
  return { ...target, source: undefined, findings: [finding], fixed: 0 };
}

/**
 * Turns paths into the files to lint. Directories are searched for .py, .pyi and .ipynb files; a file that is named is linted
 * whatever its suffix and whether excluded or not, unless `forceExclude`. Nothing that goes wrong ends the search.
 */
export async function discover(
  paths: readonly string[],
  options: { readonly forceExclude: boolean },
  settingsFor: SettingsFor,
  io: Io,
): Promise<Discovery> {
  const listing: Listing = { files: [], notes: [], unreadable: [] };
  const missing: string[] = [];
  const show = (path: string) => displayPath(io.cwd, path);

  for (const given of paths) {
    const path = resolve(io.cwd, given);
    try {
      const status = await io.disk.stat(path);
      if (status.isDirectory()) {
        await listPythonFiles({ root: path, forced: options.forceExclude, io, settingsFor, show, into: listing });
      } else if (!status.isFile()) {
        listing.unreadable.push({ path, reason: 'it is not a regular file' });
      } else if (!options.forceExclude || !(await isForcedOut(path, settingsFor))) {
        listing.files.push(path);
      }
    } catch (error) {
      if (!isFileError(error)) throw error;
      if (errorCode(error) === 'ENOENT' && !(await isDangling(path, io))) missing.push(given);
      else listing.unreadable.push({ path, reason: failureReason(error) });
    }
  }

  const targets = [...new Set(listing.files)].map((path) => ({ path, display: show(path) }));
  return {
    targets: targets.sort(byDisplay),
    missing: [...new Set(missing)],
    unreadable: listing.unreadable.map(({ path, reason }) => unreadableReport({ path, display: show(path) }, reason)),
    notes: [...new Set([...listing.notes, ...targets.flatMap(oddDirectories)])],
  };
}

/** Order of files in reports: by code unit, the same on every machine. */
export function byDisplay(a: Target, b: Target): number {
  return a.display < b.display ? -1 : a.display > b.display ? 1 : 0;
}

/** Directories on the way to a file that are named like Python files. */
function oddDirectories({ display }: Target): readonly string[] {
  const parts = display.split('/').slice(0, -1);
  return parts.flatMap((part, index) =>
    PYTHON_FILE.test(part) ? [`${parts.slice(0, index + 1).join('/')}: a directory, searched for Python files`] : [],
  );
}

async function isForcedOut(path: string, settingsFor: SettingsFor): Promise<boolean> {
  return isExcluded((await settingsFor(dirname(path))).exclusions, path, false, undefined);
}

async function isDangling(path: string, io: Io): Promise<boolean> {
  return io.disk.lstat(path).then(
    () => true,
    () => false,
  );
}

/** Configuration errors pass through: they end the run. */
function isFileError(error: unknown): boolean {
  return errorCode(error) !== undefined;
}
