import type { FileResult } from '../lint-file';
import { hash } from '../proof';
import type { WriteOutcome } from '../write-verified';
import type { MigratedFile } from './state';

/** A file of a batch with its fixed text, not written yet. */
export interface Prepared {
  readonly file: string;
  readonly path: string;
  /** The bytes on disk. */
  readonly onDisk: Uint8Array;
  /** What the fix starts from: the bytes on disk, or what the patches so far make of them. */
  readonly before: Uint8Array;
  readonly fixed: FileResult;
  readonly after: Uint8Array;
}

/** A file that has its fixed text. */
export interface Kept extends Prepared {
  /** Where it was written to, links resolved. */
  readonly real: string;
}

/**
 * What the state file remembers of it.
 * @param refusal - why the whole batch could not be committed.
 */
export function resultOf(
  { file, before, after, fixed }: Prepared,
  outcome: WriteOutcome,
  refusal?: string,
): MigratedFile {
  if (outcome.kind !== 'written' || refusal !== undefined) {
    return { file, kind: 'failed', reason: refusal ?? ('reason' in outcome ? outcome.reason : 'stopped'), fixes: [] };
  }
  const fixes = (fixed.outcome?.applied ?? []).map(({ diagnostic, fix, line }) => ({
    rule: diagnostic.ruleId,
    line,
    title: fix.title,
    applicability: fix.applicability === 'safe' ? ('safe' as const) : ('unsafe' as const),
  }));
  return { file, kind: 'fixed', fixes, sha256: { before: hash(before), after: hash(after) } };
}
