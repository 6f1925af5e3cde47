import { cellPosition, type Position } from '@pylint-leaks/core';
import type { FileReport, Finding } from '../finding';
import type { Observation } from '../recording/observation';
import type { RecordedSite } from '../recording/record';
import { isApplicable } from '../lint-file';
import { fingerprintId } from '../fingerprint-id';
import type { Reporter } from './reporter';

/** A finding in the shape of ESLint's `json` formatter, with what a leak needs besides. Lines and columns are 1-based. */
export interface JsonMessage {
  readonly ruleId: string;
  readonly messageId: string;
  /** 2 error, 1 warning. */
  readonly severity: 1 | 2;
  readonly message: string;
  /** Of a notebook, from 1 over all its cells; lines are those of the cell. */
  readonly cell?: number;
  /** Of the acquiring call. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  /** Exclusive. */
  readonly endColumn: number;
  readonly data: { readonly resource: string; readonly path: string; readonly impact: string };
  readonly related: readonly {
    readonly cell?: number;
    readonly line: number;
    readonly column: number;
    readonly message: string;
  }[];
  /** Qualified name of the function or class around it. */
  readonly scope?: string;
  /** Stays the same while lines move and files are renamed; see `fingerprintId`. */
  readonly fingerprint?: string;
  /** One replacement; `range` counts UTF-16 units of the text without its byte-order mark, of a notebook of its code. */
  readonly fix?: { readonly range: readonly [number, number]; readonly text: string };
  readonly applicability?: string;
  /** With --evidence: what the recording says. `rank` is 0 to 100. */
  readonly observation?: Observation;
}

/** All that is said about one file. */
export interface JsonFile {
  readonly filePath: string;
  readonly messages: readonly JsonMessage[];
  readonly errorCount: number;
  readonly warningCount: number;
  /** Errors that this run's options would fix. */
  readonly fixableErrorCount: number;
  readonly fixableWarningCount: number;
  /** With --evidence: what leaked in this file without a finding. */
  readonly leaksWithoutFinding?: readonly JsonLeak[];
}

/** A recorded leak that no finding is about. */
export interface JsonLeak {
  readonly kind: string;
  readonly line: number;
  readonly endLine: number | null;
  readonly function: string;
  readonly created: number;
  readonly leaked: number;
  readonly maxAgeSeconds: number;
}

/** The report for other tools: every file that was looked at, clean ones too. */
export const json: Reporter = (reports, { command: { applicability } }) => {
  const files = reports.map(({ path, source, findings, unreported }): JsonFile => {
    const errors = findings.filter(({ severity }) => severity === 'error');
    const warnings = findings.filter(({ severity }) => severity === 'warning');
    const fixable = (finding: Finding) => isApplicable(finding, applicability);
    return {
      filePath: path,
      messages: findings.map((finding) => toMessage(finding, source)),
      errorCount: errors.length,
      warningCount: warnings.length,
      fixableErrorCount: errors.filter(fixable).length,
      fixableWarningCount: warnings.filter(fixable).length,
      ...(unreported === undefined ? {} : { leaksWithoutFinding: unreported.map(toLeak) }),
    };
  });
  return `${JSON.stringify(files)}\n`;
};

function toLeak({ kind, line, endLine, function: name, created, leaked, maxAgeSeconds }: RecordedSite): JsonLeak {
  return { kind, line, endLine, function: name, created, leaked, maxAgeSeconds };
}

function lineOf(position: Position, source: FileReport['source']): { readonly cell?: number; readonly line: number } {
  const inCell = source && cellPosition(source, position);
  return inCell === undefined ? { line: position.line } : { cell: inCell.cell, line: inCell.line };
}

/** One finding in that shape. */
export function toMessage(finding: Finding, source: FileReport['source']): JsonMessage {
  const { ruleId, messageId, severity, message, start, end, data, related, fix, fingerprint } = finding;
  return {
    ruleId,
    messageId,
    severity: severity === 'error' ? 2 : 1,
    message,
    ...lineOf(start, source),
    column: start.column,
    endLine: lineOf(end, source).line,
    endColumn: end.column,
    data,
    related: related.map((step) => ({
      ...lineOf(step.start, source),
      column: step.start.column,
      message: step.message,
    })),
    ...(fingerprint === undefined ? {} : { scope: fingerprint.scope, fingerprint: fingerprintId(fingerprint) }),
    ...(fix === undefined ? {} : { fix: { range: fix.range, text: fix.text }, applicability: fix.applicability }),
    ...(finding.observation === undefined ? {} : { observation: finding.observation }),
  };
}
