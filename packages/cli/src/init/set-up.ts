import type { Rule } from '@pylint-leaks/core';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { DEFAULT_BASELINE } from '../baseline/file';
import { CliError } from '../cli-error';
import { isGitRoot, nearestUpward } from '../climb';
import { createConfigFinder } from '../config';
import { displayPath } from '../discover';
import { failureReason } from '../disk';
import type { Io } from '../io';
import { writeFixed } from '../write';
import { addHook, HOOK_FILE, newHookFile } from './hook-entry';
import { setToolKey } from './toml-key';

/** One file of the set-up: what is done to it, or why nothing is. */
type Step = { readonly file: string } & (
  | { readonly kind: 'write'; readonly before: Uint8Array | undefined; readonly after: string; readonly what: string }
  | { readonly kind: 'keep'; readonly why: string }
);

/** The configuration file of a project that has none and no pyproject.toml. */
const NEW_CONFIG = '.pylint-leaksrc.toml';

/**
 * Sets a repository up: a baseline of what is found today, a configuration that names it, a hook for pre-commit. What is
 * there stays as it is; what is done, and what to do next, is said on standard error.
 *
 * @param writeBaseline - accepts all findings into a file.
 * @throws CliError when a file cannot be written.
 */
export async function setUp(
  isDry: boolean,
  rules: readonly Rule[],
  io: Io,
  writeBaseline: (path: string) => Promise<void>,
): Promise<void> {
  const show = (path: string) => displayPath(io.cwd, path);
  const say = (line: string) => io.stderr.write(`note: ${line}\n`);
  const found = await createConfigFinder(io.disk, rules, show).nearest(io.cwd);
  const named = found?.config.baseline;
  const base = found === undefined ? io.cwd : dirname(found.file);
  const baseline = resolve(base, named ?? DEFAULT_BASELINE);
  const steps = [
    await configStep(found?.file, named, relative(base, baseline).replaceAll('\\', '/'), io),
    await hookStep(io),
  ];

  // First, because it is what may fail.
  if (io.disk.hasFile(baseline)) say(`${show(baseline)}: kept`);
  else if (isDry) say(`${show(baseline)}: would be written, with all findings there are`);
  else {
    await writeBaseline(baseline);
    say(`${show(baseline)}: written`);
  }
  for (const step of steps) {
    if (step.kind === 'keep') say(`${show(step.file)}: ${step.why}`);
    else if (isDry)
      say(`${show(step.file)}: would be ${step.before === undefined ? 'written' : 'added to'}, ${step.what}`);
    else {
      await write(step, show, io);
      say(`${show(step.file)}: ${step.before === undefined ? 'written' : 'added'}, ${step.what}`);
    }
  }
  if (isDry) return;
  say(
    'next: look at the files and commit them; pre-commit install, if nobody has; pylint-leaks --diff shows what can be fixed',
  );
}

async function configStep(file: string | undefined, named: string | undefined, value: string, io: Io): Promise<Step> {
  const line = `baseline = ${JSON.stringify(value)}`;
  if (named !== undefined && file !== undefined) return { file, kind: 'keep', why: 'kept' };
  const pyproject = file ?? join(io.cwd, 'pyproject.toml');
  const before = basename(pyproject) === 'pyproject.toml' ? await readText(pyproject, io) : undefined;
  if (before !== undefined) {
    const after = setToolKey(before.text, 'baseline', value);
    if (after !== undefined) return { file: pyproject, kind: 'write', before: before.bytes, after, what: line };
  }
  if (file !== undefined || before !== undefined)
    return { file: pyproject, kind: 'keep', why: `kept; add ${line} to it` };
  return { file: join(io.cwd, NEW_CONFIG), kind: 'write', before: undefined, after: `${line}\n`, what: line };
}

async function hookStep(io: Io): Promise<Step> {
  const find = nearestUpward(io.disk, async (directory) =>
    (await isGitRoot(io.disk, directory)) ? directory : undefined,
  );
  const file = join((await find(io.cwd)) ?? io.cwd, HOOK_FILE);
  const what = 'the hook pylint-leaks';
  const before = await readText(file, io);
  if (before === undefined) {
    if (io.disk.hasFile(file)) return { file, kind: 'keep', why: 'kept; it is not UTF-8' };
    return { file, kind: 'write', before: undefined, after: newHookFile(), what };
  }
  if (before.text.includes('pylint-leaks')) return { file, kind: 'keep', why: 'kept' };
  const after = addHook(before.text);
  if (after === undefined) return { file, kind: 'keep', why: `kept; add ${what} to it by hand` };
  return { file, kind: 'write', before: before.bytes, after, what };
}

/** A text that survives being written back; undefined when there is no such file. */
async function readText(file: string, { disk }: Io) {
  const bytes = await disk.read(file).catch(() => undefined);
  if (bytes === undefined) return undefined;
  const text = Buffer.from(bytes).toString('utf8');
  return Buffer.from(text).equals(bytes) ? { bytes, text } : undefined;
}

async function write(
  { file, before, after }: Extract<Step, { kind: 'write' }>,
  show: (path: string) => string,
  io: Io,
): Promise<void> {
  try {
    if (before === undefined) {
      await io.disk.create(file, after);
      return;
    }
  } catch (error) {
    throw new CliError(`${show(file)}: it cannot be written: ${failureReason(error)}`);
  }
  const written = await writeFixed(file, before, Buffer.from(after), io);
  if (written.kind === 'refused') throw new CliError(`${show(file)}: not changed: ${written.reason}`);
}
