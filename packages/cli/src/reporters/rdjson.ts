import { positionAt, type Position, type SourceFile } from '@pylint-leaks/core';
import type { FileReport, Finding, Range } from '../finding';
import { cellPrefix, filePlace } from './place';
import type { Reporter } from './reporter';

/** The Reviewdog Diagnostic Format. Its columns count bytes of UTF-8; paths are relative to the working directory. */
export const rdjson: Reporter = (reports) => {
  const diagnostics = reports.flatMap((report) => report.findings.map((finding) => toDiagnostic(report, finding)));
  return `${JSON.stringify({ source: { name: 'pylint-leaks' }, diagnostics }, undefined, 2)}\n`;
};

function toDiagnostic({ display, source }: FileReport, finding: Finding): object {
  const { message, severity, ruleId, related, fix } = finding;
  const location = (range: Range) => ({ path: display, range: toBytes(source, range) });
  return {
    message: cellPrefix(source, finding.start) + message,
    location: location(finding),
    severity: severity === 'error' ? 'ERROR' : 'WARNING',
    code: { value: ruleId },
    ...(fix === undefined || source === undefined || source.notebook !== undefined
      ? {}
      : {
          suggestions: [
            {
              range: toBytes(source, {
                start: positionAt(source, fix.range[0]),
                end: positionAt(source, fix.range[1]),
              }),
              text: fix.text,
            },
          ],
        }),
    relatedLocations: related.map((step) => ({
      message: cellPrefix(source, step.start) + step.message,
      location: location(step),
    })),
  };
}

function toBytes(source: SourceFile | undefined, { start, end }: Range): object {
  const { line, endLine, columns } = filePlace(source, { start, end });
  if (columns === undefined) return { start: { line }, end: { line: endLine } };
  return { start: byteColumn(source, start), end: byteColumn(source, end) };
}

function byteColumn(source: SourceFile | undefined, { line, column }: Position): Position {
  const from = source?.lineStarts[line - 1];
  if (source === undefined || from === undefined) return { line, column };
  return { line, column: Buffer.byteLength(source.text.slice(from, from + column - 1)) + 1 };
}
