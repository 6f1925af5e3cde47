/** One finding as the cases see it: what a rule reported, on the line it reported it. */
export interface Finding {
  readonly ruleId: string;
  readonly messageId: string;
  readonly severity: 'error' | 'warning';
  /** 1-based line in the code of the case. */
  readonly line: number;
  /** `data.path` of the diagnostic. */
  readonly path: string | undefined;
}

/** What one comment in the code of a case demands. */
export type Expectation =
  | {
      readonly kind: 'error' | 'warning';
      readonly ruleId: string;
      readonly line: number;
      readonly path: 'all' | 'some' | 'exception' | undefined;
      readonly messageId: string | undefined;
    }
  /** A known mistake: reported (or not reported) against better knowledge, with the reason why it is so. */
  | {
      readonly kind: 'false-positive' | 'false-negative';
      readonly ruleId: string;
      readonly line: number;
      readonly reason: string;
    };

/** Settings of one case; what is left out has the value that users get by default. */
export interface CaseConfig {
  /** Lowest Python version: `"3.9"`. */
  readonly targetVersion?: string;
  readonly ownerCalls?: readonly string[];
  readonly runtimeModule?: string;
  /** Path of the code within its project: `case.py` unless said. */
  readonly path?: string;
  readonly strict?: boolean;
}

/** Another file of the project that the code of a case belongs to. */
export interface NeighbourFile {
  readonly path: string;
  readonly code: string;
}

/** One `##` section of a `cases.md`. */
export interface Case {
  readonly name: string;
  /** The file as it is named in messages. */
  readonly file: string;
  /** 1-based line of the heading. */
  readonly line: number;
  /** 1-based line in the file of the first line of code; line `n` of the code is line `codeLine + n - 1` of the file. */
  readonly codeLine: number;
  readonly config: CaseConfig;
  /** The text between the heading and the code, for the documentation. */
  readonly prose: string;
  /** The code with line ends, tabs and byte-order mark as the attributes of its fence say. */
  readonly code: string;
  /** Further files of the project; what is reported in them is no part of the case. */
  readonly beside: readonly NeighbourFile[];
  readonly expectations: readonly Expectation[];
  /** The code after all safe fixes. */
  readonly fixed: string | undefined;
  /** The code after all safe and unsafe fixes. */
  readonly fixedUnsafe: string | undefined;
  /** Parts of reasons with which a fixer must refuse. */
  readonly refusals: readonly string[];
}

/** A `cases.md` that does not follow the format; a typing mistake must not turn an expectation into prose. */
export class CaseFormatError extends Error {
  override readonly name = 'CaseFormatError';

  constructor(file: string, line: number, problem: string) {
    super(`${file}:${line}: ${problem}`);
  }
}
