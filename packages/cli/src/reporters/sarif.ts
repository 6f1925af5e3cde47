import type { Log, Result, Run, Suppression } from 'sarif';
import { compareFindings, type FileReport, type Finding } from '../finding';
import { findingIds } from './finding-ids';
import type { ReportContext, Reporter } from './reporter';
import { ruleDescriptors } from './sarif/rule-descriptors';
import { locationOf, ROOT_ID } from './sarif/locations';
import { toResult } from './sarif/result';
import { pathToFileURL } from 'node:url';
import { count } from './summary';

/**
 * More results than this make GitHub refuse the whole file
 * (https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning).
 */
export const MAX_RESULTS = 25_000;

/** SARIF 2.1.0 within the limits of GitHub's code scanning. Columns count UTF-16 units. */
export const sarif: Reporter = (reports, context) => write(reports, context, new Map());

/**
 * The same, with what the baseline and comments accept as results that are suppressed (3.27.23). GitHub shows such results
 * as open alerts, so this is for tools that know better.
 */
export const sarifAll: Reporter = (reports, context) => {
  const suppressions = new Map<Finding, Suppression>();
  const whole = reports.map((report): FileReport => {
    const { accepted = [], suppressed = [] } = report;
    for (const { finding, reason } of accepted) suppressions.set(finding, suppression('external', reason));
    for (const { finding, reason } of suppressed) suppressions.set(finding, suppression('inSource', reason));
    const hidden = [...accepted, ...suppressed].map(({ finding }) => finding);
    return { ...report, findings: [...report.findings, ...hidden].sort(compareFindings) };
  });
  return write(whole, context, suppressions);
};

function suppression(kind: Suppression['kind'], reason: string | undefined): Suppression {
  return { kind, ...(reason === undefined ? {} : { justification: reason }) };
}

function write(
  reports: readonly FileReport[],
  context: ReportContext,
  suppressions: ReadonlyMap<Finding, Suppression>,
): string {
  const all = reports.flatMap((report) => report.findings.map((finding) => ({ report, finding })));
  // When not all fit, errors go first; what stays keeps its order.
  const kept = new Set(all.length <= MAX_RESULTS ? all : bySeverity(all).slice(0, MAX_RESULTS));
  const ids = findingIds(reports, context.root);
  const descriptors = ruleDescriptors(
    all.map(({ finding }) => finding),
    context,
  );
  const indices = new Map(descriptors.map(({ id }, index) => [id, index]));
  const results = all
    .filter((each) => kept.has(each))
    .map(({ report, finding }): Result => {
      const location = locationOf(context.root, report);
      const by = suppressions.get(finding);
      const result = toResult(report, finding, {
        location,
        id: ids.get(finding) ?? '',
        ruleIndex: indices.get(finding.ruleId) ?? -1,
      });
      return by === undefined ? result : { ...result, suppressions: [by] };
    });
  const run: Run = {
    tool: {
      driver: {
        name: 'pylint-leaks',
        fullName: `pylint-leaks ${context.version}`,
        version: context.version,
        semanticVersion: context.version,
        rules: [...descriptors],
      },
    },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: {
      [ROOT_ID]: {
        uri: directoryUri(context.root),
        description: { text: 'The root of the checkout, or the directory that the run started in.' },
      },
    },
    invocations: [
      {
        executionSuccessful: true,
        ...(kept.size < all.length ? { toolExecutionNotifications: [leftOut(all.length - kept.size)] } : {}),
      },
    ],
    results,
  };
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [run],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

interface Each {
  readonly report: FileReport;
  readonly finding: Finding;
}

function bySeverity(all: readonly Each[]): readonly Each[] {
  const isError = ({ finding }: Each) => finding.severity === 'error';
  return [...all.filter(isError), ...all.filter((each) => !isError(each))];
}

function leftOut(number: number) {
  return {
    level: 'warning' as const,
    message: { text: `${count(number, 'finding')} left out: code hosts refuse more than ${MAX_RESULTS} results.` },
  };
}

function directoryUri(path: ReportContext['root']): string {
  const { href } = pathToFileURL(path);
  return href.endsWith('/') ? href : `${href}/`;
}
