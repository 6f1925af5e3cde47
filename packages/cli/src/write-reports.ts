import { resolve } from 'node:path';
import { version } from '../package.json';
import { CliError } from './cli-error';
import { isGitRoot, nearestUpward } from './climb';
import { colorsFor } from './colors';
import { failureReason } from './disk';
import type { Engine } from './engine';
import type { FileReport } from './finding';
import type { Io } from './io';
import type { LintCommand } from './options';
import { loadReporter } from './reporters/load-reporter';
import type { ReportContext } from './reporters/reporter';

/**
 * Writes each report of a run to where it goes.
 *
 * @throws CliError when a file cannot be written.
 */
export async function writeReports(
  reports: readonly FileReport[],
  command: LintCommand,
  io: Io,
  engine: Pick<Engine, 'rules' | 'pages'>,
): Promise<void> {
  // Fixed standard input is what standard output is for.
  const output = command.input.kind === 'stdin' && command.mode === 'fix' ? io.stderr : io.stdout;
  const root = await checkoutRoot(io);
  for (const { format, file } of command.outputs) {
    const context: ReportContext = {
      command,
      colors: colorsFor(command.color, io.env, file === undefined ? output : undefined),
      version,
      rules: engine.rules,
      pages: engine.pages,
      root,
    };
    const text = (await loadReporter(format))(reports, context);
    if (file === undefined) output.write(text);
    else await writeFile(file, text, io);
  }
}

async function writeFile(file: string, text: string, io: Io): Promise<void> {
  try {
    await io.disk.create(resolve(io.cwd, file), text);
  } catch (error) {
    throw new CliError(`${file}: the report cannot be written: ${failureReason(error)}`);
  }
}

async function checkoutRoot({ disk, cwd }: Io): Promise<string> {
  const find = nearestUpward(disk, async (directory) => ((await isGitRoot(disk, directory)) ? directory : undefined));
  return (await find(cwd)) ?? cwd;
}
