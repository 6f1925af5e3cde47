import type { Diagnostic, FixResult, LintResult, PythonVersion } from '@pylint-leaks/core';

/** Choices of the project that fixes must respect. */
export interface FixOptions {
  /** Lowest Python version the fixed program must run on. */
  readonly targetVersion: PythonVersion;
  /** Module that `thread_manager` is imported from. */
  readonly runtimeModule: string;
}

/** Turns one diagnostic of its rule into a fix, or says why not. Pure. */
export interface Fixer {
  readonly ruleId: string;
  readonly fix: (diagnostic: Diagnostic, lint: LintResult, options: FixOptions) => FixResult;
}
