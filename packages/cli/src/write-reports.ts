import { resolve } from 'node:path';
import type { HistoryEntry } from '@pylint-leaks/report';
import { version } from '../package.json';
import { checkedOutCommit, checkoutRoot } from './checkout';
import { CliError } from './cli-error';
import { loadCodeowners } from './codeowners';
import { colorsFor } from './colors';
import { failureReason } from './disk';
import type { Engine } from './engine';
import { FILE_PROBLEMS, type FileReport, type Finding } from './finding';
import { appendHistory, historyEntry, readHistory } from './history';
import type { Io } from './io';
import type { LintCommand } from './options';
import { loadReporter, loadStatistics } from './reporters/load-reporter';
import type { ReportContext } from './reporters/reporter';

/** What a run found, as far as reports are concerned. */
export interface Reported {
  readonly reports: readonly FileReport[];
  /** The run went to its end and saw everything that it was to see. */
  readonly isComplete: boolean;
}

/**
 * Writes each report of a run to where it goes, and adds the run to the history when one is kept.
 *
 * @returns notes for people.
 * @throws CliError when a file cannot be read or written.
 */
export async function writeReports(
  { reports, isComplete }: Reported,
  command: LintCommand,
  io: Io,
  engine: Pick<Engine, 'rules' | 'pages'>,
): Promise<readonly string[]> {
  const root = await checkoutRoot(io);
  const date = dateOf(io);
  const isPage = command.outputs.some(({ format }) => format === 'html');
  const commit = isPage || command.history !== undefined ? await checkedOutCommit(io) : undefined;
  const owners = isPage ? await loadCodeowners(root, io.disk) : undefined;
  const run = isComplete ? historyEntry(reports, date, commit) : undefined;
  const { history, notes } = await recordHistory(command, run, io);
  // Fixed standard input is what standard output is for.
  const output = command.input.kind === 'stdin' && command.mode === 'fix' ? io.stderr : io.stdout;
  const shown = reports.map((report) => shownOf(report, command));
  for (const [index, { format, file }] of command.outputs.entries()) {
    const context: ReportContext = {
      command,
      colors: colorsFor(command.color, io.env, file === undefined ? output : undefined),
      version,
      rules: engine.rules,
      pages: engine.pages,
      root,
      isComplete,
      date,
      commit,
      history,
      ownersOf: owners?.ownersOf ?? (() => []),
    };
    const reporter = command.statistics && index === 0 ? await loadStatistics(format) : await loadReporter(format);
    const text = reporter(format === 'part' ? reports : shown, context);
    if (file === undefined) output.write(text);
    else await writeFile(file, text, io);
  }
  return notes;
}

/** Reproducible builds fix the time (https://reproducible-builds.org/specs/source-date-epoch/). */
function dateOf({ env, now }: Io): Date {
  const epoch = env['SOURCE_DATE_EPOCH'];
  return epoch !== undefined && /^\d{1,10}$/.test(epoch) ? new Date(Number(epoch) * 1000) : now();
}

async function recordHistory(
  { history: file }: LintCommand,
  run: HistoryEntry | undefined,
  io: Io,
): Promise<{ readonly history: readonly HistoryEntry[]; readonly notes: readonly string[] }> {
  if (file === undefined) return { history: [], notes: [] };
  const { entries, badLines } = await readHistory(file, io);
  if (run !== undefined) await appendHistory(file, run, io);
  const notes = badLines.length === 0 ? [] : [`${file}: not a run of this program: line ${badLines.join(', ')}`];
  return { history: run === undefined ? entries : [...entries, run], notes };
}

async function writeFile(file: string, text: string, io: Io): Promise<void> {
  try {
    await io.disk.create(resolve(io.cwd, file), text);
  } catch (error) {
    throw new CliError(`${file}: the report cannot be written: ${failureReason(error)}`);
  }
}

/** What the reports say of a file: with `--fix-only` no more than that it could not be looked at or written. */
function shownOf(report: FileReport, { quiet, fixOnly, mode }: LintCommand): FileReport {
  const isShown = ({ ruleId, severity }: Finding) =>
    fixOnly && mode === 'fix' ? ruleId in FILE_PROBLEMS : !quiet || severity === 'error';
  return { ...report, findings: report.findings.filter(isShown) };
}
