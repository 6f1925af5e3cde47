import { CliError } from '../cli-error';
import { rejectForeign } from '../command-options';
import { readValues, type Values } from '../option-values';
import type { InitCommand } from './command';

/**
 * Reads the arguments of `pylint-leaks init`.
 * @throws CliError when they are not understood.
 */
export function initCommand(values: Values, positionals: readonly string[]): InitCommand {
  rejectForeign('init', values);
  const { flag, text } = readValues(values);
  if (positionals.length > 0) throw new CliError(`init takes no paths, not "${positionals[0] ?? ''}"`);
  const vendorRuntime = text('vendor-runtime');
  const isDry = flag('dry-run');
  if (isDry && vendorRuntime !== undefined) throw new CliError('--dry-run cannot be combined with --vendor-runtime');
  return { kind: 'init', vendorRuntime, force: flag('force'), isDry };
}
