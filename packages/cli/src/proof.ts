import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { FixOutcome } from '@pylint-leaks/fixers';
import { z } from 'zod';
import { version } from '../package.json';
import { CliError } from './cli-error';
import { failureReason } from './disk';
import type { FileReport, Finding } from './finding';
import type { Io } from './io';
import type { WriteOutcome } from './write-verified';

const text = (description: string) => z.string().describe(description);
const lineNumber = z.int().min(1).describe('from 1');
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const finding = z.strictObject({
  rule: text('id of the rule'),
  messageId: text('which of its messages'),
  line: lineNumber,
  column: lineNumber,
  message: z.string(),
});

const checkedPrecondition = z.strictObject({
  precondition: text('what has to hold for the rewrite to change nothing but the release'),
  holds: z.boolean().describe('false makes the fix unsafe'),
  detail: z.string().optional().describe('what speaks against it'),
});

const appliedFix = z.strictObject({
  rule: z.string(),
  messageId: z.string(),
  message: text('the finding that is gone'),
  line: lineNumber.describe('of the finding, in the text before its pass'),
  pass: z.int().min(1).describe('edits of a pass refer to the text that the passes before it made'),
  title: text('what the fix does'),
  applicability: z.enum(['safe', 'unsafe']),
  checked: z.array(checkedPrecondition),
  edits: z.array(
    z.strictObject({
      range: z
        .tuple([z.int().min(0), z.int().min(0)])
        .describe('from and to (exclusive), in UTF-16 units of the text without byte-order mark'),
      text: text('what is there afterwards'),
    }),
  ),
});

const fileProof = z.strictObject({
  file: text('path, relative to the working directory when inside'),
  result: z
    .enum(['written', 'reverted', 'refused', 'stopped'])
    .describe('anything but "written" means that the file has the bytes it had'),
  reason: z.string().optional().describe('why it was not written'),
  sha256: z.strictObject({ before: sha256, after: sha256 }).describe('of the bytes of the file'),
  passes: z.int().min(1),
  fixes: z.array(appliedFix),
  takenBack: z
    .array(z.strictObject({ rule: z.string(), title: z.string(), reason: z.string() }))
    .describe('fixes that were tried and failed verification'),
  findings: z
    .strictObject({ before: z.array(finding), after: z.array(finding) })
    .describe('what the analysis finds in the text before and in the text after'),
});

const proof = z.strictObject({
  version: z.literal(1),
  tool: text('name and version'),
  verifyCommand: z.string().nullable().describe('the command of --verify-cmd, which passes with the written files'),
  files: z.array(fileProof).describe('every file that a fix would change, in order of their names'),
});

/** What was checked and done in one file. */
export type FileProof = Readonly<z.infer<typeof fileProof>>;

/** The schema of a proof as JSON Schema. */
export function proofJsonSchema(): object {
  return z.toJSONSchema(proof);
}

/** Everything that is known about the change of one file. */
export interface ProvenChange {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  readonly outcome: FixOutcome;
  readonly reports: { readonly before: FileReport; readonly after: FileReport };
  readonly written: WriteOutcome;
}

/** The entry of one file in a proof. */
export function proveFile({ before, after, outcome, reports, written }: ProvenChange): FileProof {
  return {
    file: reports.before.display,
    result: written.kind,
    ...('reason' in written ? { reason: written.reason } : {}),
    sha256: { before: hash(before), after: hash(after) },
    passes: outcome.passes,
    fixes: outcome.applied.map(({ diagnostic, fix, line, pass }) => ({
      rule: diagnostic.ruleId,
      messageId: diagnostic.messageId,
      message: diagnostic.message,
      line,
      pass,
      title: fix.title,
      applicability: fix.applicability === 'safe' ? 'safe' : 'unsafe',
      checked: fix.checked.map(({ precondition, holds, detail }) => ({
        precondition,
        holds,
        ...(detail === undefined ? {} : { detail }),
      })),
      edits: fix.edits.map((edit) => ({ range: [edit.span.start, edit.span.end], text: edit.text })),
    })),
    takenBack: outcome.rejected.map(({ diagnostic, fix, reason }) => ({
      rule: diagnostic.ruleId,
      title: fix.title,
      reason,
    })),
    findings: { before: reports.before.findings.map(brief), after: reports.after.findings.map(brief) },
  };
}

/**
 * Writes the proof file.
 * @throws CliError when it cannot be written.
 */
export async function writeProof(
  path: string,
  files: readonly FileProof[],
  verifyCommand: string | undefined,
  io: Io,
): Promise<void> {
  const sorted = [...files].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  const whole = { version: 1, tool: `pylint-leaks ${version}`, verifyCommand: verifyCommand ?? null, files: sorted };
  try {
    await io.disk.create(resolve(io.cwd, path), `${JSON.stringify(whole, null, 2)}\n`);
  } catch (error) {
    throw new CliError(`${path}: the proof cannot be written: ${failureReason(error)}`);
  }
}

/** SHA-256 of bytes, in hexadecimal digits. */
export function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function brief({ ruleId, messageId, start, message }: Finding): FileProof['findings']['before'][number] {
  return { rule: ruleId, messageId, line: start.line, column: start.column, message };
}
