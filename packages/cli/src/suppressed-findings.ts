import { fingerprintsOf, type LintResult, type Severity } from '@pylint-leaks/core';
import { compareFindings, toFinding, type FileReport } from './finding';

/** What comments take out of the report of a file, for those who want to see it all the same; nothing when there is none. */
export function suppressedFindings(
  lint: LintResult,
  severities: ReadonlyMap<string, Severity>,
): Pick<FileReport, 'suppressed'> {
  if (lint.suppressed.length === 0) return {};
  const fingerprints = fingerprintsOf({ ...lint, diagnostics: lint.suppressed.map(({ diagnostic }) => diagnostic) });
  const suppressed = lint.suppressed.map(({ diagnostic, reason }) => {
    const offered = { diagnostic, fix: undefined, refused: 'a comment suppresses it' };
    const severity = severities.get(diagnostic.ruleId);
    return { finding: toFinding(lint.file, offered, severity, fingerprints.get(diagnostic)), reason };
  });
  return { suppressed: suppressed.sort((a, b) => compareFindings(a.finding, b.finding)) };
}
