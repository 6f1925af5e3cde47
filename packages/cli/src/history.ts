import { resolve } from 'node:path';
import type { HistoryEntry } from '@pylint-leaks/report';
import { z } from 'zod';
import { CliError } from './cli-error';
import { errorCode, failureReason } from './disk';
import type { FileReport, Finding } from './finding';
import type { Io } from './io';

const counts = z.record(z.string(), z.int().min(0));

const Entry = z.object({
  date: z.iso.datetime({ offset: true }),
  commit: z.string().optional(),
  files: z.int().min(0),
  errors: z.int().min(0),
  warnings: z.int().min(0),
  fixable: z.int().min(0),
  rules: counts,
  impacts: counts,
});

/**
 * The figures of a run.
 *
 * @param date - when it was.
 * @param commit - of the checkout, when there is one.
 */
export function historyEntry(reports: readonly FileReport[], date: Date, commit: string | undefined): HistoryEntry {
  const findings = reports.flatMap((report) => report.findings);
  const number = (test: (finding: Finding) => boolean) => findings.filter(test).length;
  return {
    date: date.toISOString(),
    ...(commit === undefined ? {} : { commit }),
    files: reports.length,
    errors: number(({ severity }) => severity === 'error'),
    warnings: number(({ severity }) => severity === 'warning'),
    fixable: number(({ fix }) => fix?.applicability === 'safe'),
    rules: countBy(findings, ({ ruleId }) => ruleId),
    impacts: countBy(findings, ({ data }) => data.impact),
  };
}

function countBy(findings: readonly Finding[], key: (finding: Finding) => string): Readonly<Record<string, number>> {
  const counted = new Map<string, number>();
  for (const finding of findings) counted.set(key(finding), (counted.get(key(finding)) ?? 0) + 1);
  return Object.fromEntries([...counted].filter(([name]) => name !== '').sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Reads a history file: one JSON object on each line, in order of time. Lines that are not (a merge conflict, a broken
 * write) are left out and reported.
 *
 * @throws CliError when the file exists and cannot be read.
 */
export async function readHistory(
  file: string,
  io: Io,
): Promise<{ readonly entries: readonly HistoryEntry[]; readonly badLines: readonly number[] }> {
  const text = await read(file, io);
  const entries: HistoryEntry[] = [];
  const badLines: number[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const entry = parseLine(line);
    if (entry === undefined) badLines.push(index + 1);
    else entries.push(entry);
  }
  return { entries: entries.sort((a, b) => Date.parse(a.date) - Date.parse(b.date)), badLines };
}

async function read(file: string, io: Io): Promise<string> {
  try {
    return Buffer.from(await io.disk.read(resolve(io.cwd, file))).toString('utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw new CliError(`${file}: the history cannot be read: ${failureReason(error)}`);
  }
}

function parseLine(line: string): HistoryEntry | undefined {
  try {
    const result = Entry.safeParse(JSON.parse(line));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Adds a run to a history file; nothing that is in it changes.
 *
 * @throws CliError when it cannot be written.
 */
export async function appendHistory(file: string, entry: HistoryEntry, io: Io): Promise<void> {
  const path = resolve(io.cwd, file);
  try {
    const before = await read(file, io);
    const separator = before === '' || before.endsWith('\n') ? '' : '\n';
    await io.disk.append(path, `${separator}${JSON.stringify(entry)}\n`);
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`${file}: the history cannot be written: ${failureReason(error)}`);
  }
}
