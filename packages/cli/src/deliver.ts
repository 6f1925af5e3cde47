import { unifiedDiff } from './diff';
import type { Target } from './discover';
import type { FileReport } from './finding';
import type { Io } from './io';
import { unwritable, withFinding, type Change, type FileResult } from './lint-file';
import type { LintCommand } from './options';
import type { FixOutcome } from '@pylint-leaks/fixers';
import { proveFile, type FileProof } from './proof';
import { count } from './reporters/summary';
import { createVerifyCommand } from './verify-command';
import { journalPath, keepJournal } from './unfinished/journal';
import { writeFixed } from './write';
import { writeVerified, type WriteOutcome } from './write-verified';

/** Where results go: changes to disk or into a diff, and what is true afterwards into the reports. */
export interface Delivery {
  /** Takes the result of one file. */
  readonly take: (target: Target, before: Uint8Array, result: FileResult) => Promise<void>;
  /**
   * Ends the run: writes what has waited for the user's command.
   * @returns whether the user stopped it.
   * @throws CliError when that command fails before anything was written.
   */
  readonly finish: () => Promise<{ readonly stopped: boolean }>;
}

/** What a delivery adds to. */
export interface Delivered {
  readonly reports: FileReport[];
  readonly diffs: Uint8Array[];
  readonly notes: string[];
  /** Of every file that a fix would change. */
  readonly proofs: FileProof[];
}

interface Waiting {
  readonly target: Target;
  readonly before: Uint8Array;
  readonly report: FileReport;
  readonly change: Change;
  readonly outcome: FixOutcome;
}

/** Without `--verify-cmd` each file is written as soon as it is fixed; with it, all together at the end. */
export function createDelivery(command: LintCommand, into: Delivered, io: Io): Delivery {
  const waiting: Waiting[] = [];
  const conclude = ({ target, before, report, change, outcome }: Waiting, written: WriteOutcome) => {
    if (written.kind === 'written') {
      into.notes.push(`${target.display}: ${count(report.fixed, 'problem')} fixed`);
      if (command.showFixes) into.notes.push(...fixNotes(target, outcome));
      const revealed = [...new Set(outcome.applied.flatMap(({ fix }) => fix.reveals ?? []))];
      if (revealed.length > 0)
        into.notes.push(
          `${target.display}: ${revealed.join(', ')} can be closed now; another run looks at who uses it`,
        );
    }
    into.reports.push(reportAfter(report, change, written));
    const reports = { before: change.unfixed, after: report };
    into.proofs.push(proveFile({ before, after: change.bytes, outcome, reports, written }));
  };
  return {
    take: async (target, before, { report, change, outcome }) => {
      if (change === undefined || outcome === undefined) into.reports.push(report);
      else if (command.mode === 'diff') {
        into.diffs.push(unifiedDiff(target.display, change.before.file, change.after));
        into.reports.push(report);
        if (command.showFixes) into.notes.push(...fixNotes(target, outcome));
      } else if (command.verify !== undefined) waiting.push({ target, before, report, change, outcome });
      else {
        const written = await writeFixed(target.path, before, change.bytes, io);
        conclude({ target, before, report, change, outcome }, written);
      }
    },
    finish: async () => {
      if (command.verify === undefined) return { stopped: false };
      const writes = waiting.map(({ target, before, change }) => ({ path: target.path, before, after: change.bytes }));
      const remember = keepJournal(await journalPath(io), io);
      const outcomes = await writeVerified(writes, createVerifyCommand(command.verify, io), io, remember);
      for (const each of waiting) conclude(each, outcomes.get(each.target.path) ?? { kind: 'stopped' });
      return { stopped: [...outcomes.values()].some(({ kind }) => kind === 'stopped') };
    },
  };
}

/** One line for each fix that went in. */
export function fixNotes({ display }: Target, { applied }: FixOutcome): readonly string[] {
  return applied.map(({ diagnostic, fix, line }) => `${display}:${line}: ${diagnostic.ruleId}: ${fix.title}`);
}

/** The report of a file whose change was or was not written. */
function reportAfter(report: FileReport, { unfixed }: Change, outcome: WriteOutcome): FileReport {
  switch (outcome.kind) {
    case 'written':
      return report;
    case 'stopped':
      return unfixed;
    case 'reverted':
      return withFinding(unfixed, unwritable('verify-failed', outcome.reason));
    case 'refused':
      return withFinding(unfixed, unwritable(outcome.messageId, outcome.reason));
  }
}
