import type { Finding } from '../finding';
import { findingIds } from './finding-ids';
import { pathFromRoot } from './place';
import type { Reporter } from './reporter';

/** GitLab's code quality report, a subset of Code Climate's. Of findings with one fingerprint GitLab shows the first only. */
export const gitlab: Reporter = (reports, { root }) => {
  const ids = findingIds(reports, root);
  const issues = reports.flatMap(({ path, findings }) =>
    findings.map((finding) => ({
      type: 'issue',
      description: finding.message,
      check_name: finding.ruleId,
      categories: ['Bug Risk'],
      severity: severityOf(finding),
      fingerprint: ids.get(finding),
      location: {
        path: pathFromRoot(root, path),
        lines: { begin: finding.start.line, end: finding.end.line },
      },
    })),
  );
  return `${JSON.stringify(issues, undefined, 2)}\n`;
};

function severityOf({ severity, data }: Finding): 'critical' | 'major' | 'minor' | 'info' {
  if (severity === 'error') return data.impact === 'high' ? 'critical' : 'major';
  return data.impact === 'low' ? 'info' : 'minor';
}
