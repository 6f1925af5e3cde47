import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { capture, lastLine, root } from './command';

/** A Python that runs, and its version. */
export interface Interpreter {
  readonly command: string;
  readonly version: readonly [number, number];
}

/** A Python that can run some modules with `-m`, or why there is none. */
export type PythonWithModules = { readonly command: string } | { readonly missing: string };

/** Asks a command whether it is a Python, and which. */
export function interpreterAt(command: string): Interpreter | undefined {
  const { code, output } = capture(command, ['-c', 'import sys; print(*sys.version_info[:2])'], { timeoutSeconds: 20 });
  const [, major, minor] = /^(\d+) (\d+)\s*$/.exec(output) ?? [];
  return code === 0 && major !== undefined ? { command, version: [Number(major), Number(minor)] } : undefined;
}

/** The first Python >= 3.9 on the path. */
export function findPython(): Interpreter | undefined {
  return ['python3', 'python'].map(interpreterAt).find((found) => found !== undefined && isSupported(found));
}

/** Every supported Python that can be found besides: version commands on the path and pyenv's. One for each version. */
export function findOtherPythons(first: Interpreter): readonly Interpreter[] {
  const pyenv = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions');
  const commands = [
    ...['3.9', '3.10', '3.11', '3.12', '3.13', '3.14'].map((version) => `python${version}`),
    ...(existsSync(pyenv) ? readdirSync(pyenv).map((name) => join(pyenv, name, 'bin', 'python')) : []),
  ];
  const byVersion = new Map<string, Interpreter>();
  for (const found of commands.map(interpreterAt)) {
    if (found !== undefined && isSupported(found) && !byVersion.has(versionText(found))) {
      byVersion.set(versionText(found), found);
    }
  }
  byVersion.delete(versionText(first));
  return [...byVersion.values()].sort((a, b) => a.version[1] - b.version[1]);
}

/** `3.11`. */
export const versionText = ({ version }: Interpreter): string => version.join('.');

const isSupported = ({ version: [major, minor] }: Interpreter): boolean => major === 3 && minor >= 9;

const venvPython = (folder: string): string =>
  join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

/**
 * Finds a Python that has all of some modules: the given one, or a virtual environment, into which they are installed when
 * missing.
 *
 * @param folder - where the virtual environment is or will be.
 */
export function pythonWith(
  modules: readonly string[],
  python: Interpreter,
  folder = join(root, '.venv'),
): PythonWithModules {
  const has = (command: string): boolean =>
    modules.every((module) => capture(command, ['-m', module, '--version']).code === 0);
  if (has(python.command)) return { command: python.command };
  const command = venvPython(folder);
  if (existsSync(command) && has(command)) return { command };
  if (interpreterAt(command) === undefined) {
    const made = capture(python.command, ['-m', 'venv', '--clear', folder]);
    if (made.code !== 0) return { missing: `no virtual environment can be made: ${lastLine(made.output)}` };
  }
  const installed = capture(command, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...modules], {
    timeoutSeconds: 180,
  });
  return has(command) ? { command } : { missing: `pip cannot install it: ${lastLine(installed.output)}` };
}
