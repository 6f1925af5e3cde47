import { printable } from './printable';

/** The lines of a table. */
export function table(head: readonly string[], rule: readonly string[], rows: readonly string[]): readonly string[] {
  return [row(head), row(rule), ...rows];
}

/** A line of a table. */
export function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** As many of the rows, from the first, as fit into a number of characters. */
export function fitting(rows: readonly string[], length: number): readonly string[] {
  let left = length;
  const end = rows.findIndex((text) => (left -= text.length + 1) < 0);
  return end === -1 ? rows : rows.slice(0, end);
}

/** A code span, with more backquotes around than there are in a row inside; a table ends a cell at `|` even in code. */
export function code(text: string): string {
  const inner = printable(text).replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...inner.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${inner}${fence}` : `${fence} ${inner} ${fence}`;
}

/** Messages quote code in backquotes, which are kept; everything else that Markdown or HTML would read is escaped. */
export function prose(text: string): string {
  return printable(text)
    .split(/(`[^`]*`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? code(part.slice(1, -1)) : part.replace(/[\\`*_{}[\]<>#|!~&@]/g, '\\$&')))
    .join('');
}
