import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, wrap } from 'node:module';
import { join } from 'node:path';
import { constants, Script } from 'node:vm';

/**
 * What `dist/cli.cjs` is: starts the program beside it with the machine code that V8 made of it last time. Compiling the
 * bundle is half of what a run on one file takes. V8 takes stored code only when version, flags and source fit, and
 * compiles as usual otherwise, so nothing depends on it.
 */

/** Set by the bundler: a digest of main.cjs. V8 itself compares no more than the length of the source. */
declare const PYLINT_LEAKS_BUILD: string;

/** What main.cjs exports. */
interface Program {
  /** Resolves when the run is over, with true when it has used most of the program. */
  readonly finished: Promise<boolean>;
}

const filename = join(__dirname, 'main.cjs');
const cacheFile = join(__dirname, `main-${PYLINT_LEAKS_BUILD}-${process.arch}-node-${process.versions.node}.cache`);

const cachedData = readIfThere(cacheFile);
const script = new Script(wrap(readFileSync(filename, 'utf8')), {
  filename,
  ...(cachedData === undefined ? {} : { cachedData }),
  importModuleDynamically: constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER,
});
const program = { exports: {} as Program };
const start = script.runInThisContext() as (...scope: readonly unknown[]) => void;
start.call(program.exports, program.exports, createRequire(filename), program, filename, __dirname);

void program.exports.finished.then((usedMostOfIt) => {
  // Stored code that was made under other flags stays: the next run has the usual ones again.
  if (usedMostOfIt && cachedData === undefined) writeQuietly(cacheFile, script.createCachedData());
});

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Where the program is installed may well be read-only; two runs at once each write a file of their own first. */
function writeQuietly(path: string, data: Buffer): void {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(draft, data);
    renameSync(draft, path);
  } catch {
    rmSync(draft, { force: true });
  }
}
