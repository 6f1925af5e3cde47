import { relative, resolve } from 'node:path';
import { z } from 'zod';
import { CliError } from '../cli-error';
import { failureReason } from '../disk';
import { isOutside } from '../exclusion';
import type { Io } from '../io';

/** A finding of a report, as far as a comparison needs it. */
export interface ReportedFinding {
  /** From the root of the tree that was linted, with `/`; in full when it lies outside. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly ruleId: string;
  /** 2 error, 1 warning. */
  readonly severity: number;
  readonly message: string;
  /** What stays the same while lines move. */
  readonly fingerprint: string;
}

/** A report of the format `json`. */
export interface ReadReport {
  /** Every file that was looked at. */
  readonly files: ReadonlySet<string>;
  readonly findings: readonly ReportedFinding[];
}

const SCHEMA = z.array(
  z.object({
    filePath: z.string(),
    messages: z.array(
      z.object({
        ruleId: z.string(),
        messageId: z.string(),
        severity: z.int(),
        message: z.string(),
        line: z.int(),
        column: z.int(),
        fingerprint: z.string().optional(),
      }),
    ),
  }),
);

/**
 * Reads a report of the format `json`.
 *
 * @param root - the directory that files are named from.
 * @throws CliError when it cannot be read or is no such report.
 */
export async function readReport(file: string, root: string, io: Io): Promise<ReadReport> {
  const report = SCHEMA.safeParse(await readJson(file, io));
  if (!report.success) throw new CliError(`${file}: not a report of --format json`);
  const nameOf = (path: string) => {
    const inner = relative(root, path);
    return (isOutside(inner) ? path : inner).replaceAll('\\', '/');
  };
  return {
    files: new Set(report.data.map(({ filePath }) => nameOf(filePath))),
    findings: report.data.flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, messageId, severity, message, line, column, fingerprint }) => ({
        file: nameOf(filePath),
        line,
        column,
        ruleId,
        severity,
        message,
        fingerprint: fingerprint ?? `${ruleId} ${messageId}`,
      })),
    ),
  };
}

/** @throws CliError when the file cannot be read or is not JSON. */
export async function readJson(file: string, io: Io): Promise<unknown> {
  let text: string;
  try {
    text = Buffer.from(await io.disk.read(resolve(io.cwd, file))).toString('utf8');
  } catch (error) {
    throw new CliError(`${file}: the report cannot be read: ${failureReason(error)}`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new CliError(`${file}: not JSON`);
  }
}
