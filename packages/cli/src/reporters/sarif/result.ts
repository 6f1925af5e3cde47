import { positionAt, type SourceFile } from '@pylint-leaks/core';
import type { Fix, Location, Result } from 'sarif';
import type { FileReport, Finding } from '../../finding';
import { describe } from '../../recording/observation';
import { cellPrefix } from '../place';
import type { FileLocations } from './locations';

/** GitHub shows a thousand locations of a result, and refuses more. */
const MAX_STEPS = 1000;

/** One finding: the place, the path to the leak as a code flow, the fix, a fingerprint. */
export function toResult(
  report: FileReport,
  finding: Finding,
  { location, id, ruleIndex }: { readonly location: FileLocations; readonly id: string; readonly ruleIndex: number },
): Result {
  const { ruleId, messageId, severity, message, data, related, fix, refused } = finding;
  const steps = related
    .slice(0, MAX_STEPS)
    .map((step) => location.at(step, cellPrefix(report.source, step.start) + step.message));
  return {
    ruleId,
    ruleIndex,
    level: severity,
    message: { text: cellPrefix(report.source, finding.start) + message },
    locations: [{ ...location.at(finding), ...scopeOf(finding) }],
    ...(steps.length === 0 ? {} : pathOf(steps)),
    partialFingerprints: { 'pylintLeaks/v1': id },
    ...(fix === undefined || !canBeApplied(report.source) ? {} : { fixes: [toFix(fix, report.source, location)] }),
    ...recordedOf(finding, location),
    properties: {
      messageId,
      ...data,
      ...(finding.observation === undefined ? {} : { leakEvidence: finding.observation }),
      ...(fix === undefined ? {} : { applicability: fix.applicability }),
      ...(refused === undefined ? {} : { notFixed: refused }),
    },
  };
}

/** How much a finding matters by what was recorded, how often it happened, and where the program was then. */
function recordedOf(finding: Finding, location: FileLocations): Pick<Result, 'rank' | 'occurrenceCount' | 'stacks'> {
  const { observation } = finding;
  if (observation === undefined) return {};
  if (observation.label !== 'confirmed') return { rank: observation.rank };
  const frame = { ...location.at(finding), logicalLocations: [{ fullyQualifiedName: observation.function }] };
  return {
    rank: observation.rank,
    occurrenceCount: observation.leaked,
    stacks: [{ message: { text: describe(observation) }, frames: [{ location: frame }] }],
  };
}

function scopeOf({ fingerprint }: Finding): Pick<Location, 'logicalLocations'> {
  if (fingerprint === undefined || fingerprint.scope === '<module>') return {};
  return { logicalLocations: [{ fullyQualifiedName: fingerprint.scope }] };
}

/** As a flow for viewers that step through it, and as related locations for those that do not. */
function pathOf(steps: readonly Location[]): Pick<Result, 'codeFlows' | 'relatedLocations'> {
  return {
    codeFlows: [
      {
        threadFlows: [
          {
            locations: steps.map((step, index) => ({
              location: step,
              executionOrder: index + 1,
              importance: 'essential',
            })),
          },
        ],
      },
    ],
    relatedLocations: steps.map((step, id) => ({ id, ...step })),
  };
}

/** Edits of a notebook are edits of Python, which nobody can apply to the JSON. */
function canBeApplied(source: FileReport['source']): source is SourceFile {
  return source !== undefined && source.notebook === undefined;
}

function toFix(
  fix: NonNullable<Finding['fix']>,
  source: NonNullable<FileReport['source']>,
  { artifact, region }: FileLocations,
): Fix {
  const [from, to] = fix.range;
  return {
    description: { text: fix.title },
    artifactChanges: [
      {
        artifactLocation: artifact,
        replacements: [
          {
            deletedRegion: region({ start: positionAt(source, from), end: positionAt(source, to) }),
            insertedContent: { text: fix.text },
          },
        ],
      },
    ],
  };
}
