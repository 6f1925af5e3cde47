import { createSourceFile, lintSource, type LintOptions, type LintResult, type Parser } from '@pylint-leaks/core';
import { rules } from '@pylint-leaks/rules';
import type { FixOptions } from '@pylint-leaks/fixers';

/** Settings as the command line makes them. */
export const OPTIONS: FixOptions = { targetVersion: [3, 9], runtimeModule: 'pylint_leaks_runtime' };

export function lintOptions(parser: Parser): LintOptions {
  return { parser, rules, targetVersion: [3, 9], ownerCalls: ['pylint_leaks_runtime.thread_manager.track'] };
}

/** Lints code with all rules. */
export function lint(parser: Parser, code: string): LintResult {
  return lintSource(createSourceFile('code.py', code), lintOptions(parser));
}
