import { createHash } from 'node:crypto';
import { z } from 'zod';
import { version } from '../../package.json';
import { CliError } from '../cli-error';
import { readJson } from '../compare/read-report';
import type { FileReport } from '../finding';
import type { Io } from '../io';
import { readSource, sourceFileOf } from '../source-text';
import type { Shard } from './shard';

/** The report of one file without its text; a hash says which text it was. */
export type PartReport = Omit<FileReport, 'source'> & { readonly sha256: string | null };

/** What one part of a run found. */
export interface Part {
  readonly format: 'pylint-leaks-part';
  /** Of the program that wrote it. */
  readonly version: string;
  readonly shard: Shard;
  /** The part went to its end and saw everything that it was to see. */
  readonly isComplete: boolean;
  readonly reports: readonly PartReport[];
}

const SCHEMA = z.object({
  format: z.literal('pylint-leaks-part'),
  version: z.string(),
  shard: z.object({ index: z.int(), count: z.int() }),
  isComplete: z.boolean(),
  // Written by this very version, which is checked.
  reports: z.array(z.custom<PartReport>((value) => typeof value === 'object' && value !== null)),
});

/**
 * Reads a file of the format `part`.
 * @throws CliError when it cannot be read, is none, is of another version, or is not complete.
 */
export async function readPart(file: string, io: Io): Promise<Part> {
  const part = SCHEMA.safeParse(await readJson(file, io));
  if (!part.success) throw new CliError(`${file}: not a report of --format part`);
  if (part.data.version !== version)
    throw new CliError(`${file}: written by version ${part.data.version}, and this is ${version}`);
  if (!part.data.isComplete) throw new CliError(`${file}: that run did not go to its end`);
  return part.data;
}

/**
 * The report with its text, read again.
 * @throws CliError when the file is not what was linted.
 */
export async function withSource({ sha256, ...report }: PartReport, io: Io): Promise<FileReport> {
  if (sha256 === null) return { ...report, source: undefined };
  const bytes = await io.disk.read(report.path).catch(() => undefined);
  const decoded = bytes === undefined ? undefined : readSource(report.path, bytes);
  if (decoded?.kind === 'text' && createHash('sha256').update(decoded.text).digest('hex') === sha256)
    return { ...report, source: sourceFileOf(report.display, decoded) };
  throw new CliError(`${report.display}: not what was linted; merge where the same commit is checked out`);
}
