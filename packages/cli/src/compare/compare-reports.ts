import type { ReadReport, ReportedFinding } from './read-report';

/** What became of findings between two runs. */
export interface Comparison {
  readonly introduced: readonly ReportedFinding[];
  readonly fixed: readonly ReportedFinding[];
  /** As the newer run has them. */
  readonly existing: readonly ReportedFinding[];
}

/**
 * Tells what is new from what moved: findings are matched by file and fingerprint, then, for files that only one of the
 * runs has (renamed ones), by fingerprint. A warning does not excuse an error.
 */
export function compareReports(before: ReadReport, after: ReadReport): Comparison {
  const inFile = ({ file, fingerprint }: ReportedFinding) => `${file}\0${fingerprint}`;
  const sameFile = pair(before.findings, after.findings, inFile);
  const isGone = ({ file }: ReportedFinding) => !after.files.has(file);
  const isNew = ({ file }: ReportedFinding) => !before.files.has(file);
  const renamed = pair(sameFile.before.filter(isGone), sameFile.after.filter(isNew), ({ fingerprint }) => fingerprint);
  const existing = new Set([...sameFile.matched, ...renamed.matched]);
  return {
    introduced: after.findings.filter((finding) => !existing.has(finding)),
    fixed: [...sameFile.before.filter((finding) => !isGone(finding)), ...renamed.before],
    existing: after.findings.filter((finding) => existing.has(finding)),
  };
}

/** Pairs findings with the same key, one to one; `before` and `after` are what is left over. */
function pair(
  before: readonly ReportedFinding[],
  after: readonly ReportedFinding[],
  keyOf: (finding: ReportedFinding) => string,
) {
  const left = new Set(before);
  const byKey = new Map<string, ReportedFinding[]>();
  for (const finding of before) {
    const known = byKey.get(keyOf(finding));
    if (known === undefined) byKey.set(keyOf(finding), [finding]);
    else known.push(finding);
  }
  const matched: ReportedFinding[] = [];
  const unmatched: ReportedFinding[] = [];
  for (const finding of after) {
    const old = byKey.get(keyOf(finding))?.find((each) => left.has(each) && each.severity >= finding.severity);
    if (old === undefined) unmatched.push(finding);
    else {
      left.delete(old);
      matched.push(finding);
    }
  }
  return { matched, before: [...left], after: unmatched };
}
