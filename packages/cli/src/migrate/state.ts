import { z } from 'zod';
import { CliError } from '../cli-error';
import { errorCode, failureReason } from '../disk';
import type { Disk } from '../io';
import { GROUPINGS } from './command';

/** A finding that was fixed, at its line in the text that the fix was made for. */
const fixedSite = z.strictObject({
  rule: z.string(),
  line: z.int(),
  title: z.string(),
  applicability: z.enum(['safe', 'unsafe']),
});

const migratedFile = z.strictObject({
  file: z.string(),
  /** `unchanged`: there was nothing left to fix. `skipped`: it may not be touched. `failed`: its fixes were put back. */
  kind: z.enum(['fixed', 'unchanged', 'skipped', 'failed']),
  reason: z.string().optional(),
  fixes: z.array(fixedSite),
  sha256: z.strictObject({ before: z.string(), after: z.string() }).optional(),
});

const batchResult = z.strictObject({
  /** The commit's hash or the patch file's name; absent when no file was changed. */
  made: z.string().optional(),
  files: z.array(migratedFile),
});

const batch = z.strictObject({
  group: z.string(),
  part: z.int(),
  parts: z.int(),
  rule: z.string().optional(),
  files: z.array(z.string()),
  sites: z.int(),
  result: batchResult.optional(),
});

const settings = z.strictObject({
  paths: z.array(z.string()),
  rules: z.array(z.string()),
  by: z.enum(GROUPINGS),
  maxFiles: z.int().optional(),
  unsafeFixes: z.boolean(),
  output: z.string(),
});

const state = z.strictObject({
  version: z.literal(1),
  settings,
  batches: z.array(batch),
  /** Old contents (base64) of files that are being changed just now, for when the program does not live to put them back. */
  inFlight: z.array(z.strictObject({ path: z.string(), before: z.string(), after: z.string() })),
});

/** What became of one file of a batch. */
export type MigratedFile = Readonly<z.infer<typeof migratedFile>>;
/** What became of a batch. */
export type BatchResult = Readonly<z.infer<typeof batchResult>>;
/** A batch of the plan; without `result` it is still to be done. */
export type PlannedBatch = Readonly<z.infer<typeof batch>>;
/** Options that have to be the same when a migration goes on. */
export type MigrateSettings = Readonly<z.infer<typeof settings>>;
/** Everything that a later run needs to go on. */
export type MigrateState = Readonly<z.infer<typeof state>>;

/**
 * Reads a state file.
 * @returns undefined when there is none.
 * @throws CliError when it is not one.
 */
export async function readState(path: string, shown: string, disk: Disk): Promise<MigrateState | undefined> {
  let text: string;
  try {
    text = Buffer.from(await disk.read(path)).toString('utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw new CliError(`${shown}: the state file cannot be read: ${failureReason(error)}`);
  }
  const parsed = state.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new CliError(`${shown}: it is not a state file of this version; delete it to start again`);
}

/**
 * Writes it in one step.
 * @throws CliError when it cannot be written: without it nothing could be resumed.
 */
export async function writeState(path: string, shown: string, value: MigrateState, disk: Disk): Promise<void> {
  try {
    await disk.replace(path, Buffer.from(`${JSON.stringify(value, null, 2)}\n`));
  } catch (error) {
    throw new CliError(`${shown}: the state file cannot be written: ${failureReason(error)}`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
