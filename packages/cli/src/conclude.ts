import { byDisplay } from './discover';
import type { Engine } from './engine';
import { FILE_PROBLEMS, type FileReport } from './finding';
import type { Io } from './io';
import type { LintCommand } from './options';
import { concise } from './reporters/concise';
import { printable } from './reporters/printable';
import { count } from './reporters/summary';
import { writeReports } from './write-reports';

/** Everything a run found out and did. */
export interface RunResult {
  readonly reports: readonly FileReport[];
  /** One for each file that a fix would change. */
  readonly diffs: readonly Uint8Array[];
  /** Lines for people, on stderr. */
  readonly notes: readonly string[];
  /** Paths that do not exist, as given. */
  readonly missing: readonly string[];
  readonly interrupted: boolean;
  /** Reasons for exit code 1 besides findings. */
  readonly failures: readonly string[];
  /** The order of files in the report; by path unless given. */
  readonly order?: (a: FileReport, b: FileReport) => number;
}

/**
 * Prints what a run came to. Standard output gets the report, or the diff, or (when fixing standard input) has got the
 * text already; everything else goes to stderr.
 *
 * @returns the exit code.
 */
export async function conclude(
  result: RunResult,
  command: LintCommand,
  maxWarnings: number | undefined,
  io: Io,
  engine: Pick<Engine, 'rules' | 'pages'>,
): Promise<number> {
  const reports = [...result.reports].sort(result.order ?? byDisplay);
  const say = (kind: string, text: string) => io.stderr.write(`${kind}: ${printable(text)}\n`);
  for (const note of result.notes) say('note', note);
  for (const path of result.missing) say('error', `${path}: no such file or directory`);
  for (const failure of result.failures) say('error', failure);
  if (result.interrupted) say('note', `interrupted after ${count(result.reports.length, 'file')}`);
  if (reports.length === 0 && result.missing.length === 0 && !result.interrupted)
    say('warning', command.changes.kind === 'all' ? 'no Python files found' : 'no changed Python files found');

  if (command.mode === 'diff') printDiffs(result, reports, io);
  else {
    const isComplete = !result.interrupted && result.missing.length === 0;
    for (const note of await writeReports({ reports, isComplete }, command, io, engine)) say('note', note);
  }

  const warnings = countOf(reports, 'warning');
  const tooMany = maxWarnings !== undefined && warnings > maxWarnings;
  if (tooMany && command.mode !== 'diff')
    say('error', `too many warnings: ${warnings}, and the maximum is ${maxWarnings}`);

  if (result.interrupted) return 130;
  if (result.missing.length > 0) return 2;
  if (result.failures.length > 0 && !command.exitZero) return 1;
  const isFixed = command.mode === 'fix' && reports.some(({ fixed }) => fixed > 0);
  if (isFixed && command.exitNonZeroOnFix) return 1;
  // Nobody asked for what is left; but what could not be looked at or written was to be fixed.
  if (command.mode === 'fix' && command.fixOnly) {
    const isProblem = reports.some(({ findings }) => findings.some(({ ruleId }) => ruleId in FILE_PROBLEMS));
    return isProblem && !command.exitZero ? 1 : 0;
  }
  const found = command.mode === 'diff' ? result.diffs.length > 0 : countOf(reports, 'error') > 0 || tooMany;
  return found && !command.exitZero ? 1 : 0;
}

/** The diff is all of standard output, so that it can be applied; what kept a file from being looked at is said besides. */
function printDiffs(result: RunResult, reports: readonly FileReport[], io: Io): void {
  for (const diff of result.diffs) io.stdout.write(diff);
  const problems = reports.filter(({ source }) => source === undefined);
  io.stderr.write(concise(problems));
  const fixed = reports.reduce((sum, report) => sum + report.fixed, 0);
  if (fixed > 0)
    io.stderr.write(`note: ${count(fixed, 'problem')} in ${count(result.diffs.length, 'file')} would be fixed\n`);
}

function countOf(reports: readonly FileReport[], severity: 'error' | 'warning'): number {
  return reports.reduce(
    (sum, report) => sum + report.findings.filter((finding) => finding.severity === severity).length,
    0,
  );
}
