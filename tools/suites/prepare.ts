import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture, lastLine, root } from '../test-all/command';
import type { Suite } from './projects';

/** Where things are kept between runs. */
export interface Places {
  /** Folder for virtual environments and for source distributions that are fetched. */
  readonly cache: string;
  /** Folder with source distributions; what is there is not fetched. */
  readonly sources: string;
  /** The interpreter that virtual environments are made with. */
  readonly python: string;
}

/** pip writes names of files in more than one way (PEP 625 and before). */
const plainName = (text: string): string => text.toLowerCase().replaceAll(/[-_.]+/g, '-');

/**
 * Finds the source distribution of a project, or has pip fetch it.
 *
 * @throws Error when it cannot be had.
 */
export function findSource({ name, version }: Suite, { cache, sources, python }: Places): string {
  const fetched = join(cache, 'sources');
  mkdirSync(fetched, { recursive: true });
  const wanted = plainName(`${name}-${version}`);
  const find = (folder: string): string | undefined => {
    const found = readdirSync(folder).find((file) => plainName(file.replace(/\.tar\.gz$/, '')) === wanted);
    return found === undefined ? undefined : join(folder, found);
  };
  const known = find(sources) ?? find(fetched);
  if (known !== undefined) return known;
  const flags = ['--quiet', '--disable-pip-version-check', '--no-deps', '--no-binary', ':all:', '--dest', fetched];
  run(python, ['-m', 'pip', 'download', ...flags, `${name}==${version}`], 600);
  const source = find(fetched);
  if (source === undefined) throw new Error(`pip fetched no ${wanted}.tar.gz`);
  return source;
}

/**
 * Unpacks a source distribution.
 *
 * @param to - a folder that is made; its content is what stands below the one folder of the archive.
 */
export function unpack(source: string, to: string): void {
  mkdirSync(to, { recursive: true });
  run('tar', ['-xzf', source, '-C', to, '--strip-components=1'], 120);
}

/**
 * Makes a virtual environment with the dependencies of a project and of its tests, once.
 *
 * @returns its interpreter.
 */
export function environmentFor({ name, version, needs }: Suite, { cache, python }: Places): string {
  const folder = join(cache, 'environments', `${name}-${version}`);
  const interpreter = join(folder, 'bin/python');
  const done = join(folder, 'done');
  if (existsSync(done)) return interpreter;
  run(python, ['-m', 'venv', '--clear', folder], 120);
  const packages = [`${name}==${version}`, 'pytest', 'pytest-timeout', ...needs];
  run(interpreter, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages], 900);
  writeFileSync(done, packages.join('\n'));
  return interpreter;
}

/** Copies the standard library of an interpreter, without what was installed into it. */
export function copyLibrary(library: string, to: string, isWanted: (path: string) => boolean): void {
  cpSync(library, to, {
    recursive: true,
    filter: (path) =>
      isWanted(path) && !/(?:^|\/)(?:site-packages|__pycache__|ensurepip|idlelib|turtledemo)$/.test(path),
  });
}

/** The companion package, which fixed threads import; on the path, so that its pytest plugin stays out. */
export const runtimeFolder = join(root, 'packages/runtime/src');

function run(command: string, args: readonly string[], timeoutSeconds: number): void {
  const { code, output } = capture(command, args, { timeoutSeconds });
  if (code !== 0) throw new Error(`${command} ${args.join(' ')}: ${lastLine(output)}`);
}
