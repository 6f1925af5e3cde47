/** What the page shows. The command line writes it into the page as JSON; everything in it is text, never markup. */
export interface ReportData {
  /** What was looked at, such as the name of the checkout. */
  readonly title: string;
  readonly version: string;
  /** When the run was, as ISO 8601. */
  readonly date: string;
  readonly commit: string | undefined;
  /** How many files were looked at, clean ones too. */
  readonly checkedFiles: number;
  /** What each rule that found something is about. */
  readonly rules: Readonly<Record<string, string>>;
  /** Files with findings. */
  readonly files: readonly ReportFile[];
  readonly findings: readonly ReportFinding[];
  /** Earlier runs and, last, this one, in order of time. Empty when no history is kept. */
  readonly history: readonly HistoryEntry[];
}

/** A file with findings. */
export interface ReportFile {
  /** With `/`, from the root of the checkout. */
  readonly path: string;
  /** From CODEOWNERS; empty when nobody owns it. */
  readonly owners: readonly string[];
  /** The lines that findings show, by number. */
  readonly lines: Readonly<Record<number, string>>;
  /** Of a notebook: the cell of each of these lines, and the line in it. */
  readonly cells?: Readonly<Record<number, readonly [cell: number, line: number]>>;
}

/** A stretch of text; from 1, in UTF-16 units, the end is exclusive. */
export interface ReportPlace {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A step on the way to the leak. */
export interface ReportStep extends ReportPlace {
  readonly message: string;
}

/** A line of a diff. */
export interface DiffRow {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Lines that belong together: changes and what stands around them. */
export type DiffHunk = readonly DiffRow[];

/** What would repair a finding. */
export interface ReportFix {
  readonly title: string;
  readonly applicability: 'safe' | 'unsafe' | 'display';
  readonly diff: readonly DiffHunk[];
}

/** How a finding came to be accepted. */
export interface ReportAcceptance {
  readonly by: 'baseline' | 'comment';
  readonly reason: string | undefined;
  readonly owner: string | undefined;
  /** Last day, YYYY-MM-DD. */
  readonly expires: string | undefined;
}

/** What a recording can say of a finding. */
export type Recorded = 'confirmed' | 'clean' | 'never executed' | 'unknown';

/** One finding. */
export interface ReportFinding extends ReportPlace {
  /** Unique in the report, and the same in the next one. */
  readonly id: string;
  /** Index into `files`. */
  readonly file: number;
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  /** `high`, `medium`, `low`; empty when nothing is said. */
  readonly impact: string;
  readonly message: string;
  /** Qualified name of the function or class; empty for the module. */
  readonly scope: string;
  readonly steps: readonly ReportStep[];
  readonly fix: ReportFix | undefined;
  /** Why there is no fix. */
  readonly refused: string | undefined;
  /** Set when the baseline or a comment accepts it: it is not open. */
  readonly accepted?: ReportAcceptance;
  /** What a recording of the running program says. */
  readonly recorded?: { readonly label: Recorded; readonly words: string };
}

/** The figures of one run: a line of the history file. */
export interface HistoryEntry {
  /** ISO 8601. */
  readonly date: string;
  readonly commit?: string | undefined;
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  /** Findings that `--fix` would repair. */
  readonly fixable: number;
  readonly rules: Readonly<Record<string, number>>;
  readonly impacts: Readonly<Record<string, number>>;
}
