import { CliError } from '../cli-error';
import type { Io } from '../io';
import type { InitCommand } from './command';
import { vendorRuntime } from './vendor-runtime';

/**
 * Sets a project up: each thing that is asked for is a step of its own.
 *
 * @param ruleIds - ids that a configuration may name.
 * @returns the exit code.
 * @throws CliError when a step cannot be done; steps before it are.
 */
export async function init(command: InitCommand, ruleIds: readonly string[], io: Io): Promise<number> {
  if (command.vendorRuntime === undefined)
    throw new CliError('init: say what to set up: --vendor-runtime src/app/resources.py');
  await vendorRuntime(command.vendorRuntime, command.force, ruleIds, io);
  return 0;
}
