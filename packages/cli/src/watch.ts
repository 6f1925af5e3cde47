import { basename, resolve } from 'node:path';
import type { Parser } from '@pylint-leaks/core';
import { CONFIG_FILES } from './config';
import { displayPath } from './discover';
import type { Engine } from './engine';
import { isExcluded } from './exclusion';
import type { Io } from './io';
import type { LintCommand } from './options';
import { printable } from './reporters/printable';
import { count } from './reporters/summary';
import { run } from './run';
import { createSettings } from './settings';
import { PYTHON_FILE } from './walk';

/** Saving all files of an editor is one change. */
const QUIET_MILLISECONDS = 100;

/** Clears the screen and what can be scrolled back to, and goes to the top. */
const CLEAR = '\u001b[2J\u001b[3J\u001b[H';

/**
 * Lints, and again after each change of a Python file or a configuration, until the user stops it. Each time everything is
 * linted, because what one file says decides what is found in others.
 *
 * @returns the exit code: 0 after Ctrl-C.
 * @throws CliError when the run cannot start.
 */
export async function watch(command: LintCommand, paths: readonly string[], io: Io, engine: Engine): Promise<number> {
  const { signal } = io;
  const changes = createChanges(signal);
  const settings = await createSettings(command, engine.rules, {
    disk: io.disk,
    cwd: io.cwd,
    show: (path) => displayPath(io.cwd, path),
  })(io.cwd);
  const stop = await io.watch(
    paths.map((path) => resolve(io.cwd, path)),
    {
      isLeftOut: (path, isFile) => (isFile ? !isRelevant(path) : isExcluded(settings.exclusions, path, true, io.cwd)),
      onChange: changes.add,
    },
  );
  const once: Engine = { ...engine, loadParser: keepParser(engine) };
  try {
    for (let changed: readonly string[] = []; !signal.aborted; changed = await changes.next()) {
      if (io.stdout.isTTY) io.stdout.write(CLEAR);
      for (const path of changed) io.stderr.write(`note: changed: ${printable(displayPath(io.cwd, path))}\n`);
      await run(command, io, once);
      if (!signal.aborted) io.stderr.write(`note: watching ${count(paths.length, 'path')}; Ctrl-C ends\n`);
    }
    return 0;
  } finally {
    await stop();
  }
}

function isRelevant(path: string): boolean {
  const name = basename(path);
  return PYTHON_FILE.test(name) || CONFIG_FILES.some((known) => known === name);
}

/** Loading a parser takes longer than most runs. */
function keepParser(engine: Engine): Engine['loadParser'] {
  let loaded: Promise<Parser> | undefined;
  return (options) => (loaded ??= engine.loadParser(options));
}

/** Collects changes until it has been quiet for a moment. */
function createChanges(signal: AbortSignal) {
  const changed = new Set<string>();
  let wake: () => void = () => undefined;
  return {
    add: (path: string) => {
      changed.add(path);
      wake();
    },
    /** Resolves with what has changed since it was last asked; with nothing when the user stops the program. */
    next: async (): Promise<readonly string[]> => {
      const asked = new Promise<void>((resolve) => {
        wake = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
        if (changed.size > 0 || signal.aborted) resolve();
      });
      await asked;
      for (let seen = -1; seen !== changed.size && !signal.aborted;) {
        seen = changed.size;
        await new Promise((resolve) => setTimeout(resolve, QUIET_MILLISECONDS));
      }
      const result = [...changed].sort();
      changed.clear();
      return result;
    },
  };
}
