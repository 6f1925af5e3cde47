import { positionAt } from '@pylint-leaks/core';
import type { Finding } from '../finding';
import { isApplicable, type FileResult } from '../lint-file';
import { fixWith, placeOf, type Session } from './session';
import type { MigrateState } from './state';
import type { Found } from './survey';

/** A finding that is still there, with the reason. */
export interface LeftSite {
  readonly file: string;
  readonly finding: Finding;
  /** True when it was fixed and taken back, because the file could not be written, checked or committed. */
  readonly failed: boolean;
  readonly reason: string;
}

/**
 * Says of every finding that is left why it is, from what is on disk now (or in the patches), so that lines are those of
 * the text after the migration.
 *
 * @param found - files that had findings.
 */
export async function leftSites(
  found: readonly Found[],
  state: MigrateState,
  session: Session,
): Promise<readonly LeftSite[]> {
  const left: LeftSite[] = [];
  for (const { file, report } of found) {
    const bytes = file === undefined ? undefined : await textOf(file, session);
    if (file === undefined || bytes === undefined) {
      const why = (finding: Finding) => (isApplicable(finding, 'unsafe') ? OUTSIDE : whyNoFix(finding));
      const sites = report.findings.map((finding) => ({ finding, failed: false, reason: why(finding) }));
      left.push(...sites.map((site) => ({ file: report.display, ...site })));
      continue;
    }
    const result = await fixWith(file, bytes, undefined, session);
    for (const finding of (result.change?.unfixed ?? result.report).findings) {
      left.push({ file, finding, ...whyLeft(file, finding, result, state, session) });
    }
  }
  return left;
}

const OUTSIDE = 'the file is not one of this checkout';

async function textOf(file: string, session: Session): Promise<Uint8Array | undefined> {
  return session.patched.get(file) ?? session.io.disk.read(placeOf(session, file)).catch(() => undefined);
}

function whyLeft(
  file: string,
  finding: Finding,
  { outcome }: FileResult,
  state: MigrateState,
  { command }: Session,
): Pick<LeftSite, 'failed' | 'reason'> {
  if (!isApplicable(finding, command.lint.applicability)) return { failed: false, reason: whyNoFix(finding) };
  const batches = state.batches.filter(
    (batch) => batch.files.includes(file) && (batch.rule ?? finding.ruleId) === finding.ruleId,
  );
  for (const { result } of batches) {
    const done = result?.files.find((each) => each.file === file);
    if (done?.reason !== undefined) return { failed: done.kind === 'failed', reason: done.reason };
  }
  const rejected = outcome?.rejected.find(({ diagnostic }) => {
    const { line, column } = positionAt(outcome.lint.file, diagnostic.span.start);
    // Places of what was taken back are those of the fixed text, which is this one unless something else can be fixed.
    return diagnostic.ruleId === finding.ruleId && line === finding.start.line && column === finding.start.column;
  });
  if (rejected !== undefined) return { failed: true, reason: `its fix was taken back: ${rejected.reason}` };
  if (batches.some(({ result }) => result === undefined)) return { failed: false, reason: 'not done yet (--resume)' };
  return { failed: false, reason: 'it can be fixed now: run it again' };
}

function whyNoFix({ fix, refused, message, ruleId }: Finding): string {
  if (fix?.applicability === 'unsafe') return 'its fix may change behaviour (--unsafe-fixes)';
  if (fix?.applicability === 'display') return 'its fix is only shown';
  if (refused !== undefined) return refused;
  return ruleId === 'unreadable-file' || ruleId === 'internal-error' ? message : 'there is no fix for it';
}
