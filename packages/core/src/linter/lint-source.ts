import type { Diagnostic } from '../diagnostics/diagnostic';
import type { PythonVersion, Rule } from '../diagnostics/define-rule';
import type { Lifetime } from '../lifetimes/lifetime';
import type { SemanticModel } from '../semantic/model';
import type { SyntaxTree } from '../syntax/ast';
import type { Parser } from '../syntax/parser';
import type { SourceFile } from '../text/source-file';

/** What a lint run needs besides the text. */
export interface LintOptions {
  readonly parser: Parser;
  /** Rules to run; their order does not matter, diagnostics come sorted by place. */
  readonly rules: readonly Rule[];
  /** Lowest Python version the program must run on. */
  readonly targetVersion: PythonVersion;
  /** Calls that take ownership of what they are given besides the built-in tables (import path of the thread manager…). */
  readonly ownerCalls: readonly string[];
}

/** Everything later stages need to know about one file. */
export interface LintResult {
  readonly file: SourceFile;
  readonly tree: SyntaxTree;
  readonly model: SemanticModel;
  readonly lifetimes: readonly Lifetime[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Runs the pipeline `SourceFile → SyntaxTree → SemanticModel → Cfg → Lifetimes → Diagnostic[]` on one file. */
export declare function lintSource(file: SourceFile, options: LintOptions): LintResult;
