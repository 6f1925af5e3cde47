import {
  createSourceFile,
  lintSource,
  positionAt,
  ProjectPlan,
  type LintOptions,
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
  return (code, config, beside) => {
    const { ownerCalls = [], path = 'case.py', strict = false } = config;
    const texts = new Map([[path, code], ...beside.map((file) => [file.path, file.code] as const)]);
    const options = { parser, rules, targetVersion: caseVersion(config), ownerCalls, strict };
    return findingsOf(lintWithNeighbours(path, texts, options));
  };
}

/** Lints one file of a small project, the others as far as it asks about them. */
function lintWithNeighbours(path: string, texts: ReadonlyMap<string, string>, options: LintOptions): LintResult {
  const plan = new ProjectPlan([path], (name) => texts.has(name));
  let result: LintResult | undefined;
  for (let work = plan.next(); work.length > 0; work = plan.next()) {
    const results = work.map((item) => {
      // Decoding removes a byte-order mark before the text reaches the core.
      const file = createSourceFile(item.path, (texts.get(item.path) ?? '').replace(/^\uFEFF/, ''));
      const linted = lintSource(file, { ...options, outside: plan.index.outside(item.path), asked: item.asked });
      if (item.path === path) result = linted;
      return { ...linted, path: item.path };
    });
    plan.accept(results);
  }
  if (result === undefined) throw new Error('the plan left the file out');
  return result;
}
