import { fingerprintId } from '../fingerprint-id';
import type { FileReport, Finding } from '../finding';
import { pathFromRoot } from './place';

/**
 * A name for each finding that stays while the code around it moves, unique within the report: what code hosts recognise a
 * finding by from one run to the next.
 */
export function findingIds(reports: readonly FileReport[], root: string): ReadonlyMap<Finding, string> {
  const ids = new Map<Finding, string>();
  for (const { path, findings } of reports) {
    const name = pathFromRoot(root, path);
    // What belongs to a file as a whole has no scope and no subject.
    const whole = ({ ruleId, messageId }: Finding, ordinal: number) => ({
      ruleId,
      scope: '',
      subject: messageId,
      ordinal,
    });
    for (const [index, finding] of findings.entries()) {
      ids.set(finding, fingerprintId(finding.fingerprint ?? whole(finding, index), name));
    }
  }
  return ids;
}
