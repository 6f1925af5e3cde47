import type { Rule } from '@pylint-leaks/core';
import type { HistoryEntry } from '@pylint-leaks/report';
import type { Colors } from '../colors';
import type { FileReport } from '../finding';
import type { LintCommand } from '../options';

/** What reporters know besides the findings. */
export interface ReportContext {
  readonly command: Pick<LintCommand, 'applicability' | 'mode' | 'shard' | 'fixOnly'>;
  readonly colors: Colors;
  /** Version of this program. */
  readonly version: string;
  /** Every rule there is. */
  readonly rules: readonly Rule[];
  /** Pages of the rules as Markdown, by id. */
  readonly pages: Readonly<Record<string, string>>;
  /** The directory that reports for code hosts name files from: the root of the git checkout, else the working directory. */
  readonly root: string;
  /** The run went to its end and saw everything that it was to see. */
  readonly isComplete: boolean;
  /** When the run was. */
  readonly date: Date;
  /** The commit that is checked out, when one is known. */
  readonly commit: string | undefined;
  /** Earlier runs and this one, in order of time; empty when no history is kept. */
  readonly history: readonly HistoryEntry[];
  /** Who owns a file, named from the root with `/`. */
  readonly ownersOf: (path: string) => readonly string[];
}

/** Turns the results of a run into the text of a report. Pure. */
export type Reporter = (reports: readonly FileReport[], context: ReportContext) => string;
