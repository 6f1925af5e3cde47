import { CliError } from '../cli-error';
import type { Engine } from '../engine';
import type { Io } from '../io';
import { parseArguments } from '../options';
import { run } from '../run';
import type { InitCommand } from './command';
import { setUp } from './set-up';
import { vendorRuntime } from './vendor-runtime';

/**
 * Sets a project up: each thing that is asked for is a step of its own; without any, baseline, configuration and hook.
 *
 * @returns the exit code.
 * @throws CliError when a step cannot be done; steps before it are.
 */
export async function init(command: InitCommand, io: Io, engine: Engine): Promise<number> {
  if (command.vendorRuntime !== undefined) await vendorRuntime(command.vendorRuntime, command.force, engine.rules, io);
  else await setUp(command.isDry, engine.rules, io, (path) => writeBaseline(path, io, engine));
  return 0;
}

async function writeBaseline(path: string, io: Io, engine: Engine): Promise<void> {
  const command = parseArguments(['--write-baseline', '--baseline', path, '--format', 'concise'], 100);
  if (command.kind !== 'lint') throw new Error('these are arguments for linting');
  const code = await run(command, io, engine);
  if (code > 1) throw new CliError('init: the baseline was not written');
}
