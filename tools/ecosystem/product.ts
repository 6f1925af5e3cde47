import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';

const Message = z.object({
  ruleId: z.string(),
  messageId: z.string(),
  severity: z.union([z.literal(1), z.literal(2)]),
  message: z.string(),
  line: z.number(),
  column: z.number(),
  endLine: z.number().optional(),
  endColumn: z.number().optional(),
  data: z.object({ resource: z.string(), path: z.string(), impact: z.string() }),
  applicability: z.string().optional(),
});
const Report = z.array(z.object({ filePath: z.string(), messages: z.array(Message) }));

/** One finding as `--format json` prints it. */
export type Message = z.infer<typeof Message>;

/** A finding and its file, relative to the tree. */
export interface Finding extends Message {
  readonly file: string;
}

/** What one run of the command line came to. */
export interface Run {
  readonly code: number;
  readonly findings: readonly Finding[];
  /** Paths of all files in the report, relative to the tree. */
  readonly files: readonly string[];
  readonly stderr: string;
  readonly seconds: number;
}

/** Nothing of the tree, and nothing that is left out by default, may change what is measured. */
const EVERYTHING = JSON.stringify({ exclude: [] });

/**
 * Runs the bundled command line on paths of a tree, as a process of its own.
 *
 * @param cli - path of the bundle.
 * @param root - the tree, and the working directory.
 * @param options - `--fix` and the like.
 * @throws Error when it could not run (exit code 2 or above, or no report).
 */
export function runProduct(
  cli: string,
  root: string,
  options: readonly string[] = [],
  paths: readonly string[] = ['.'],
): Run {
  const scratch = mkdtempSync(join(tmpdir(), 'pylint-leaks-report-'));
  try {
    const report = join(scratch, 'report.json');
    const config = join(scratch, 'config.json');
    writeFileSync(config, EVERYTHING);
    const args = [cli, '--config', config, '--format', 'json', '--output-file', report, ...options, ...paths];
    const start = process.hrtime.bigint();
    const { status, stderr, error } = spawnSync(process.execPath, args, {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
    });
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    if (status !== 0 && status !== 1) {
      throw new Error(`pylint-leaks ended with ${String(status)}: ${error?.message ?? stderr.slice(0, 2000)}`);
    }
    const files = Report.parse(JSON.parse(readFileSync(report, 'utf8'))).map(({ filePath, messages }) => ({
      file: relative(root, filePath).split(sep).join('/'),
      messages,
    }));
    const findings = files.flatMap(({ file, messages }) => messages.map((message) => ({ ...message, file })));
    return { code: status, findings, files: files.map(({ file }) => file), stderr, seconds };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** How many problems a run says that it fixed. */
export function fixesIn({ stderr }: Run): number {
  return [...stderr.matchAll(/^note: .*: (\d+) problems? fixed$/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
}

/** Fixes that a run tried and took back, as it says them. */
export function takenBackIn({ stderr }: Run): readonly string[] {
  return [...stderr.matchAll(/^note: (.* was taken back: .*)$/gm)].map(([, text]) => text ?? '');
}
