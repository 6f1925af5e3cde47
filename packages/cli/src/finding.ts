import {
  positionAt,
  type Applicability,
  type Fingerprint,
  type Fix,
  type Position,
  type Severity,
  type SourceFile,
  type Span,
} from '@pylint-leaks/core';
import type { FixedDiagnostic } from '@pylint-leaks/fixers';
import type { Observation } from './recording/observation';
import type { RecordedSite } from './recording/record';

/** A stretch of text as people count it; `end` is exclusive. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** The edits of a fix as one replacement, which is what editors and other tools take. */
export interface FindingFix {
  readonly title: string;
  readonly applicability: Applicability;
  /** UTF-16 offsets into the text without its byte-order mark. */
  readonly range: readonly [number, number];
  readonly text: string;
}

/** One line of a report: a diagnostic of a rule, or something that kept a file from being looked at. */
export interface Finding extends Range {
  readonly ruleId: string;
  readonly messageId: string;
  readonly severity: Severity;
  readonly message: string;
  readonly data: { readonly resource: string; readonly path: string; readonly impact: string };
  readonly related: readonly (Range & { readonly message: string })[];
  readonly fix: FindingFix | undefined;
  /** Why there is no fix; undefined when there is one, or when the rule has no fixer. */
  readonly refused: string | undefined;
  /** What it is called when lines move; undefined for what belongs to the file as a whole. */
  readonly fingerprint: Fingerprint | undefined;
  /** What a recording of the running program says; only when there is one. */
  readonly observation?: Observation;
}

/** A finding that stands in the baseline. */
export interface AcceptedFinding {
  readonly finding: Finding;
  readonly reason?: string | undefined;
  readonly owner?: string | undefined;
  /** Last day (YYYY-MM-DD, UTC). */
  readonly expires?: string | undefined;
}

/** A finding that a comment covers. */
export interface SuppressedFinding {
  readonly finding: Finding;
  readonly reason?: string | undefined;
}

/** Everything the reporters say about one file. */
export interface FileReport {
  readonly path: string;
  /** The path as the user reads it: relative to the working directory when inside. */
  readonly display: string;
  /** Undefined when the file could not be read. */
  readonly source: SourceFile | undefined;
  /** Sorted by place, then rule. */
  readonly findings: readonly Finding[];
  /** Findings that the baseline accepts: left out of reports and of the exit code. */
  readonly accepted?: readonly AcceptedFinding[];
  /** Findings that comments take out. */
  readonly suppressed?: readonly SuppressedFinding[];
  /** Leaks of a recording that no finding is about; only when there is a recording. */
  readonly unreported?: readonly RecordedSite[];
  /** How many findings were fixed and are gone. */
  readonly fixed: number;
}

/** Problems that belong to a file and not to a rule. Always errors: the file could not be checked or fixed. */
export const FILE_PROBLEMS = {
  'unreadable-file': 'A file could not be read, so it was not checked.',
  'unwritable-file': 'The fixes of a file could not be written.',
  'internal-error': 'pylint-leaks failed on a file, which is a bug in pylint-leaks.',
} as const;
export type FileProblem = keyof typeof FILE_PROBLEMS;

const START: Position = { line: 1, column: 1 };

/** A finding about a file as a whole, at `at` when the place is known. */
export function fileFinding(ruleId: FileProblem, messageId: string, message: string, at: Position = START): Finding {
  return {
    ruleId,
    messageId,
    severity: 'error',
    message,
    start: at,
    end: at,
    data: { resource: '', path: '', impact: 'high' },
    related: [],
    fix: undefined,
    refused: undefined,
    fingerprint: undefined,
  };
}

/** Turns a diagnostic and its fix into a finding; `severity` overrides the rule's. */
export function toFinding(
  source: SourceFile,
  fixed: FixedDiagnostic,
  severity: Severity | undefined,
  fingerprint: Fingerprint | undefined,
): Finding {
  const { diagnostic, fix, refused } = fixed;
  const { resource = '', path = '', impact = '' } = diagnostic.data;
  return {
    ruleId: diagnostic.ruleId,
    messageId: diagnostic.messageId,
    severity: severity ?? diagnostic.severity,
    message: diagnostic.message,
    ...toRange(source, diagnostic.span),
    data: { resource, path, impact },
    related: diagnostic.related.map(({ span, message }) => ({ ...toRange(source, span), message })),
    fix: fix === undefined ? undefined : mergeEdits(source, fix),
    refused,
    fingerprint,
  };
}

/** By place, then by rule: the order of every report. */
export function compareFindings(a: Finding, b: Finding): number {
  const byPlace = a.start.line - b.start.line || a.start.column - b.start.column;
  if (byPlace !== 0 || a.ruleId === b.ruleId) return byPlace;
  return a.ruleId < b.ruleId ? -1 : 1;
}

function toRange(source: SourceFile, span: Span): Range {
  return { start: positionAt(source, span.start), end: positionAt(source, span.end) };
}

/** One replacement from the first edit to the last, with the text between the edits copied. */
function mergeEdits(source: SourceFile, fix: Fix): FindingFix | undefined {
  const first = fix.edits[0];
  const last = fix.edits[fix.edits.length - 1];
  if (first === undefined || last === undefined) return undefined;
  let text = '';
  let position = first.span.start;
  for (const edit of fix.edits) {
    text += source.text.slice(position, edit.span.start) + edit.text;
    position = edit.span.end;
  }
  return { title: fix.title, applicability: fix.applicability, range: [first.span.start, position], text };
}
