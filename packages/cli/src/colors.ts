import pc from 'picocolors';
import type { Io, Output } from './io';
import type { ColorChoice } from './options';

/** Functions that colour text, or leave it alone. */
export type Colors = ReturnType<typeof pc.createColors>;

/**
 * The colours for an output. An explicit `--color` wins; `auto` asks NO_COLOR (no-color.org), then FORCE_COLOR, then
 * whether a terminal that can show them is there.
 *
 * @param output - undefined when the report goes to a file.
 */
export function colorsFor(choice: ColorChoice, env: Io['env'], output: Output | undefined): Colors {
  return pc.createColors(choice === 'auto' ? isColorful(env, output) : choice === 'always');
}

function isColorful(env: Io['env'], output: Output | undefined): boolean {
  if ((env['NO_COLOR'] ?? '') !== '' || output === undefined) return false;
  const force = env['FORCE_COLOR'];
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  return output.isTTY && env['TERM'] !== 'dumb';
}
