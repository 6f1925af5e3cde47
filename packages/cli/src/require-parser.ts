import type { Parser } from '@pylint-leaks/core';
import { CliError } from './cli-error';
import { failureReason } from './disk';
import type { Engine } from './engine';
import type { LintCommand } from './options';

/**
 * The parser that was asked for.
 * @throws CliError when it cannot be loaded.
 */
export async function requireParser(command: Pick<LintCommand, 'parser'>, engine: Engine): Promise<Parser> {
  try {
    return await engine.loadParser({ prefer: command.parser });
  } catch (error) {
    throw new CliError(`the parser cannot be loaded: ${failureReason(error)}`);
  }
}
