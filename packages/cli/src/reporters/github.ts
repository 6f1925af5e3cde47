import type { Finding } from '../finding';
import { pathFromRoot } from './place';
import type { Reporter } from './reporter';
import { printable } from './printable';

/**
 * Workflow commands, which GitHub Actions turns into annotations. The escapes are those of the runner: `%`, carriage
 * return and line feed in the text, `:` and `,` besides in properties.
 */
export const github: Reporter = (reports, { root }) =>
  reports
    .flatMap(({ path, findings }) =>
      findings.map((finding) => {
        const { severity, ruleId, start, end } = finding;
        const place = {
          title: ruleId,
          file: printable(pathFromRoot(root, path)),
          line: start.line,
          endLine: end.line,
          // Columns of a range over several lines are refused.
          ...(start.line === end.line ? { col: start.column, endColumn: end.column } : {}),
        };
        const properties = Object.entries(place).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
        return `::${severity} ${properties.join(',')}::${escapeText(textOf(finding))}\n`;
      }),
    )
    .join('');

/** The message, and a line for each step to the leak. */
function textOf({ message, related }: Finding): string {
  const steps = related.map((step) => `line ${step.start.line}: ${printable(step.message)}`);
  return [printable(message), ...steps].join('\n');
}

function escapeText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
