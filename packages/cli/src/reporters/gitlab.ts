import type { Finding } from '../finding';
import { findingIds } from './finding-ids';
import { cellPrefix, filePlace, pathFromRoot, type FilePlace } from './place';
import type { Reporter } from './reporter';

/** GitLab's code quality report, a subset of Code Climate's. Of findings with one fingerprint GitLab shows the first only. */
export const gitlab: Reporter = (reports, { root }) => {
  const ids = findingIds(reports, root);
  const issues = reports.flatMap(({ path, source, findings }) =>
    findings.map((finding) => ({
      type: 'issue',
      description: cellPrefix(source, finding.start) + finding.message,
      check_name: finding.ruleId,
      categories: ['Bug Risk'],
      severity: severityOf(finding),
      fingerprint: ids.get(finding),
      location: {
        path: pathFromRoot(root, path),
        lines: linesOf(filePlace(source, finding)),
      },
    })),
  );
  return `${JSON.stringify(issues, undefined, 2)}\n`;
};

function linesOf({ line, endLine }: FilePlace) {
  return { begin: line, end: endLine };
}

function severityOf({ severity, data }: Finding): 'critical' | 'major' | 'minor' | 'info' {
  if (severity === 'error') return data.impact === 'high' ? 'critical' : 'major';
  return data.impact === 'low' ? 'info' : 'minor';
}
