import {
  createSourceFile,
  lintSource,
  positionAt,
  type LintResult,
  type Parser,
  type PythonVersion,
  type Rule,
} from '@pylint-leaks/core';
import type { CaseConfig, Finding } from './case';
import type { LintFunction } from './run-rule-cases';

/** The version that cases are linted for unless they say otherwise: the lowest that is supported. */
export const DEFAULT_CASE_VERSION: PythonVersion = [3, 9];

/**
 * Reads `"3.11"`.
 *
 * @throws Error when the text is no Python version.
 */
export function parseVersion(text: string): PythonVersion {
  const [, major, minor] = /^(3)\.(\d+)$/.exec(text) ?? [];
  if (major === undefined || minor === undefined) throw new Error(`"${text}" is no Python version; "3.9" is one`);
  return [Number(major), Number(minor)];
}

/** The version a case asks for. */
export function caseVersion(config: CaseConfig): PythonVersion {
  return config.targetVersion === undefined ? DEFAULT_CASE_VERSION : parseVersion(config.targetVersion);
}

/** The findings of a lint result as cases see them. */
export function findingsOf(result: LintResult): readonly Finding[] {
  return result.diagnostics.map((diagnostic) => ({
    ruleId: diagnostic.ruleId,
    messageId: diagnostic.messageId,
    severity: diagnostic.severity,
    line: positionAt(result.file, diagnostic.span.start).line,
    path: diagnostic.data['path'],
  }));
}

/** A function that lints cases with the given rules, for `checkRuleCase`. */
export function caseLinter(parser: Parser, rules: readonly Rule[]): LintFunction {
  return (code, config) => {
    // Decoding removes a byte-order mark before the text reaches the core.
    const file = createSourceFile('case.py', code.replace(/^\uFEFF/, ''));
    const { ownerCalls = [] } = config;
    return findingsOf(lintSource(file, { parser, rules, targetVersion: caseVersion(config), ownerCalls }));
  };
}
