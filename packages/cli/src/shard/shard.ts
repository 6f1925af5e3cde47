import { createHash } from 'node:crypto';
import { CliError } from '../cli-error';

/** One of several parts of a run. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** @throws CliError when it is not such as 2/4. */
export function parseShard(value: string | undefined): Shard | undefined {
  if (value === undefined) return undefined;
  const [, index, count] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(value) ?? [];
  if (index === undefined || count === undefined || Number(index) > Number(count))
    throw new CliError(`--shard must be such as 2/4 (the second of four), not "${value}"`);
  return { index: Number(index), count: Number(count) };
}

/**
 * Whether a file belongs to a part: by a hash of its path, so that every machine divides in the same way without asking.
 *
 * @param display - the path as reports name it.
 */
export function isInShard({ index, count }: Shard, display: string): boolean {
  const hash = createHash('sha256').update(display).digest();
  return hash.readUInt32BE(0) % count === index - 1;
}
