import type { Reporter } from './reporter';
import { shownPlace } from './place';
import { printable } from './printable';
import { summary } from './summary';

/** One line for each finding below the name of its file, in columns; then a summary. */
export const grouped: Reporter = (reports, { command, colors }) => {
  const blocks = reports
    .filter(({ findings }) => findings.length > 0)
    .map(({ display, source, findings }) => {
      const places = findings.map(({ start }) => shownPlace(source, start));
      const width = Math.max(...places.map((place) => place.length));
      const rows = findings.map(({ severity, ruleId, message }, index) => {
        const paint = severity === 'error' ? colors.red : colors.yellow;
        const place = (places[index] ?? '').padStart(width);
        return `  ${colors.dim(place)}  ${paint(severity.padEnd(7))}  ${colors.bold(ruleId)}  ${printable(message)}`;
      });
      return `${colors.bold(printable(display))}\n${rows.join('\n')}\n`;
    });
  return [...blocks, summary(reports, command, colors)].join('\n');
};
