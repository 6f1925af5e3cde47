import type { Rule } from '@pylint-leaks/core';
import { basename, dirname, join, resolve } from 'node:path';
import { CliError } from '../cli-error';
import { isGitRoot, nearestUpward } from '../climb';
import { createConfigFinder } from '../config';
import { DEFAULT_RUNTIME_MODULE } from '../config-schema';
import { displayPath } from '../discover';
import { failureReason } from '../disk';
import type { Io } from '../io';
import { writeFixed } from '../write';
import { moduleName } from './module-name';
import { runtimeSource } from './runtime-source';
import { setToolKey } from './toml-key';

/**
 * Writes the runtime package as one file, and lets the configuration name it as `runtime-module`, so that fixes import
 * from it. What it has done is said on standard error, and what is left to do as well.
 *
 * @param given - where to write it.
 * @param force - replaces a file that is there.
 * @throws CliError when the file cannot be imported under its name, is there already, or cannot be written.
 */
export async function vendorRuntime(given: string, force: boolean, rules: readonly Rule[], io: Io): Promise<void> {
  const file = resolve(io.cwd, given);
  const show = (path: string) => displayPath(io.cwd, path);
  const say = (line: string) => io.stderr.write(`note: ${line}\n`);
  // Read first: a configuration that is not valid ends this before anything is written.
  const config = await createConfigFinder(io.disk, rules, show).nearest(dirname(file));
  const top = await projectOf(dirname(file), io);
  const module = file.endsWith('.py') ? moduleName(file, top ?? io.cwd, io.disk) : undefined;
  if (module === undefined)
    throw new CliError(
      `--vendor-runtime must name a Python file that can be imported, such as src/app/resources.py, not "${given}"`,
    );

  const content = await io.disk.read(runtimeSource());
  say(`${show(file)}: ${await writeRuntime(file, content, force, given, io)}`);
  if ((config?.config.perFile['runtime-module'] ?? DEFAULT_RUNTIME_MODULE) === module) {
    say(`fixes import from ${module}`);
    return;
  }
  const pyproject = config?.file ?? (top === undefined ? undefined : join(top, 'pyproject.toml'));
  if (pyproject !== undefined && basename(pyproject) === 'pyproject.toml' && (await setKey(pyproject, module, io))) {
    say(`${show(pyproject)}: runtime-module = "${module}", so fixes import from ${module}`);
    return;
  }
  const where = pyproject === undefined ? 'pyproject.toml, below [tool.pylint-leaks]' : show(pyproject);
  say(`to let fixes import from ${module}, add to ${where}: runtime-module = "${module}"`);
}

/** The nearest directory, at or above, with a pyproject.toml, else the top of the checkout. */
async function projectOf(directory: string, { disk }: Io): Promise<string | undefined> {
  return nearestUpward(disk, async (candidate) =>
    disk.hasFile(join(candidate, 'pyproject.toml')) || (await isGitRoot(disk, candidate)) ? candidate : undefined,
  )(directory);
}

async function writeRuntime(
  file: string,
  content: Uint8Array,
  force: boolean,
  given: string,
  io: Io,
): Promise<'written' | 'replaced' | 'up to date'> {
  const status = await io.disk.lstat(file).catch(() => undefined);
  try {
    if (status === undefined) {
      await io.disk.create(file, content);
      return 'written';
    }
    const present = await io.disk.read(file);
    if (Buffer.from(present).equals(content)) return 'up to date';
    if (!force) throw new CliError(`${given}: there is such a file already; --force replaces it`);
    const replaced = await writeFixed(file, present, content, io);
    if (replaced.kind === 'refused') throw new CliError(`${given}: not replaced: ${replaced.reason}`);
    return 'replaced';
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`${given}: the runtime cannot be written: ${failureReason(error)}`);
  }
}

/** @returns whether the file says so now. */
async function setKey(pyproject: string, module: string, io: Io): Promise<boolean> {
  const before = await io.disk.read(pyproject).catch(() => undefined);
  if (before === undefined) return false;
  const after = setToolKey(Buffer.from(before).toString('utf8'), 'runtime-module', module);
  // Bytes that are not UTF-8 would not survive.
  if (after === undefined || !Buffer.from(Buffer.from(before).toString('utf8')).equals(before)) return false;
  return (await writeFixed(pyproject, before, Buffer.from(after), io)).kind === 'written';
}
