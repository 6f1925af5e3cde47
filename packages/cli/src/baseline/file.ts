import { CliError } from '../cli-error';
import { errorCode, failureReason } from '../disk';
import type { Disk } from '../io';
import { formatBaseline, parseBaseline, type BaselineEntry } from './entry';

/** Name of the file when none is given. */
export const DEFAULT_BASELINE = 'pylint-leaks-baseline.jsonl';

/**
 * Reads a baseline.
 *
 * @param show - how errors name the path.
 * @returns undefined when there is no such file.
 * @throws CliError when it cannot be read or has a line that is no entry.
 */
export async function readBaseline(
  path: string,
  disk: Disk,
  show: (path: string) => string,
): Promise<readonly BaselineEntry[] | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await disk.read(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw new CliError(`${show(path)}: the baseline cannot be read: ${failureReason(error)}`);
  }
  const parsed = parseBaseline(
    Buffer.from(bytes)
      .toString('utf8')
      .replace(/^\uFEFF/, ''),
  );
  if (parsed.kind === 'valid') return parsed.entries;
  throw new CliError(parsed.problems.map((problem) => `${show(path)}: ${problem}`).join('\n'));
}

/**
 * Writes a baseline in one step.
 *
 * @throws CliError when it cannot be written.
 */
export async function writeBaseline(
  path: string,
  entries: readonly BaselineEntry[],
  disk: Disk,
  show: (path: string) => string,
): Promise<void> {
  try {
    await disk.replace(path, Buffer.from(formatBaseline(entries)));
  } catch (error) {
    throw new CliError(`${show(path)}: the baseline cannot be written: ${failureReason(error)}`);
  }
}
