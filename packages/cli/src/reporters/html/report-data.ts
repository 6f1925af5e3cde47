import { basename } from 'node:path';
import type { ReportAcceptance, ReportData, ReportFile, ReportFinding, ReportPlace } from '@pylint-leaks/report';
import { describe } from '../../recording/observation';
import { compareFindings, FILE_PROBLEMS, type FileReport, type Finding, type Range } from '../../finding';
import { findingIds } from '../finding-ids';
import { pathFromRoot } from '../place';
import { printable } from '../printable';
import type { ReportContext } from '../reporter';
import { diffHunks } from './diff-hunks';
import { shownCells, shownSource } from './shown-source';

/** What the page shows of a run. */
export function reportData(given: readonly FileReport[], context: ReportContext): ReportData {
  const acceptances = new Map<Finding, ReportAcceptance>();
  const reports = given.map((report) => withAccepted(report, acceptances));
  const { root, version, rules, history, ownersOf, date, commit } = context;
  const affected = reports.filter(({ findings }) => findings.length > 0);
  const ids = findingIds(reports, root);
  const found = new Set(affected.flatMap(({ findings }) => findings.map(({ ruleId }) => ruleId)));
  const summaries = [...rules.map(({ id, meta }) => [id, meta.summary] as const), ...Object.entries(FILE_PROBLEMS)];
  return {
    title: basename(root),
    version,
    date: date.toISOString(),
    commit,
    checkedFiles: reports.length,
    rules: Object.fromEntries(summaries.filter(([id]) => found.has(id))),
    files: affected.map((report): ReportFile => {
      const path = pathFromRoot(root, report.path);
      const lines = shownSource(report);
      const cells = shownCells(report, lines);
      const owners = ownersOf(path).map(printable);
      return { path: printable(path), owners, lines, ...(cells === undefined ? {} : { cells }) };
    }),
    findings: affected.flatMap((report, file) =>
      report.findings.map((finding) => ({
        ...toReportFinding(report, finding, file, ids.get(finding) ?? ''),
        ...acceptedBy(acceptances.get(finding)),
        ...recordedOf(finding),
      })),
    ),
    history,
  };
}

function toReportFinding(report: FileReport, finding: Finding, file: number, id: string): ReportFinding {
  const { ruleId, severity, message, data, fingerprint, related, fix, refused } = finding;
  return {
    id,
    file,
    rule: ruleId,
    severity,
    impact: data.impact,
    message: printable(message),
    scope: fingerprint === undefined || fingerprint.scope === '<module>' ? '' : fingerprint.scope,
    ...placeOf(finding),
    steps: related.map((step) => ({ ...placeOf(step), message: printable(step.message) })),
    fix:
      fix === undefined
        ? undefined
        : {
            title: printable(fix.title),
            applicability: fix.applicability,
            diff: report.source === undefined ? [] : diffHunks(report.source, fix),
          },
    refused: refused === undefined ? undefined : printable(refused),
  };
}

/** The report with its accepted findings among the others. */
function withAccepted(report: FileReport, acceptances: Map<Finding, ReportAcceptance>): FileReport {
  const { accepted = [], suppressed = [] } = report;
  if (accepted.length + suppressed.length === 0) return report;
  for (const { finding, reason, owner, expires } of accepted)
    acceptances.set(finding, { by: 'baseline', reason: forEyes(reason), owner: forEyes(owner), expires });
  for (const { finding, reason } of suppressed)
    acceptances.set(finding, { by: 'comment', reason: forEyes(reason), owner: undefined, expires: undefined });
  const hidden = [...accepted, ...suppressed].map(({ finding }) => finding);
  return { ...report, findings: [...report.findings, ...hidden].sort(compareFindings) };
}

function forEyes(text: string | undefined): string | undefined {
  return text === undefined ? undefined : printable(text);
}

function acceptedBy(accepted: ReportAcceptance | undefined): Pick<ReportFinding, 'accepted'> {
  return accepted === undefined ? {} : { accepted };
}

function recordedOf({ observation }: Finding): Pick<ReportFinding, 'recorded'> {
  if (observation === undefined) return {};
  const label = observation.label === 'never-executed' ? 'never executed' : observation.label;
  return { recorded: { label, words: printable(describe(observation)) } };
}

function placeOf({ start, end }: Range): ReportPlace {
  return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}
