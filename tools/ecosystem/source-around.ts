import { readFileSync } from 'node:fs';

/** Characters of a line that are shown. */
const WIDTH = 130;

/**
 * The lines of a file around a place, numbered, for somebody who decides by hand.
 *
 * @param line - 1-based line of the place.
 * @param last - last line that matters, e.g. where the path ends; what lies further than `after` lines away is not shown.
 */
export function sourceAround(path: string, line: number, last: number, after = 14): string {
  const lines = readFileSync(path, 'utf8').split('\n');
  const from = Math.max(0, line - 4);
  const to = Math.min(lines.length, Math.max(line + 5, Math.min(last + 1, line + after)));
  return lines
    .slice(from, to)
    .map((text, index) => `${from + index + 1}: ${text.slice(0, WIDTH)}`)
    .join('\n');
}
