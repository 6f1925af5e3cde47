import type { SourceFile } from '@pylint-leaks/core';
import type { Finding } from '../finding';
import { cellPrefix, filePlace, pathFromRoot } from './place';
import type { Reporter } from './reporter';
import { printable } from './printable';

/**
 * Workflow commands, which GitHub Actions turns into annotations. The escapes are those of the runner: `%`, carriage
 * return and line feed in the text, `:` and `,` besides in properties.
 */
export const github: Reporter = (reports, { root }) =>
  reports
    .flatMap(({ path, source, findings }) =>
      findings.map((finding) => {
        const { severity, ruleId } = finding;
        const { line, endLine, columns } = filePlace(source, finding);
        const place = {
          title: ruleId,
          file: printable(pathFromRoot(root, path)),
          line,
          endLine,
          // Columns of a range over several lines are refused.
          ...(columns !== undefined && line === endLine ? { col: columns.start, endColumn: columns.end } : {}),
        };
        const properties = Object.entries(place).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
        return `::${severity} ${properties.join(',')}::${escapeText(textOf(finding, source))}\n`;
      }),
    )
    .join('');

/** The message, and a line for each step to the leak. */
function textOf({ message, start, related }: Finding, source: SourceFile | undefined): string {
  const steps = related.map(
    (step) => `${cellPrefix(source, step.start) || `line ${step.start.line}: `}${printable(step.message)}`,
  );
  return [cellPrefix(source, start) + printable(message), ...steps].join('\n');
}

function escapeText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
