import type { FileReport } from '../finding';
import { describe } from '../recording/observation';
import { shownPlace } from './place';
import { printable } from './printable';

/** One line for each finding: `path:line:column: severity rule message`. */
export function concise(reports: readonly FileReport[]): string {
  return reports
    .flatMap(({ display, source, findings }) =>
      findings.map(({ start, severity, ruleId, message, observation }) => {
        const recorded = observation === undefined ? '' : ` [${describe(observation)}]`;
        return `${printable(display)}:${shownPlace(source, start)}: ${severity} ${ruleId} ${printable(message)}${recorded}\n`;
      }),
    )
    .join('');
}
