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

/** A state file as it was found. */
export type FoundState =
  | { readonly kind: 'none' }
  | { readonly kind: 'state'; readonly state: MigrateState }
  /** Of another version, or damaged. `isIdle`: it says that no files were being changed, so it holds no old contents. */
  | { readonly kind: 'foreign'; readonly bytes: Uint8Array; readonly isIdle: boolean };

/** What every version of a state file says. */
const anyState = z.looseObject({ version: z.number(), inFlight: z.array(z.unknown()) });

/**
 * Reads a state file.
 * @throws CliError when it cannot be read.
 */
export async function readState(path: string, shown: string, disk: Disk): Promise<FoundState> {
  let bytes: Uint8Array;
  try {
    bytes = await disk.read(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { kind: 'none' };
    throw new CliError(`${shown}: the state file cannot be read: ${failureReason(error)}`);
  }
  const value = parseJson(Buffer.from(bytes).toString('utf8'));
  const parsed = state.safeParse(value);
  if (parsed.success) return { kind: 'state', state: parsed.data };
  const isIdle = anyState.safeParse(value).data?.inFlight.length === 0;
  return { kind: 'foreign', bytes, isIdle };
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
