import type { ReportFile, ReportFinding, ReportPlace } from './data';

/** Part of a line; a marked one is the place of a step. */
export interface Piece {
  readonly text: string;
  readonly isMarked: boolean;
}

/** A line of code with what is said about it, or a gap between lines. */
export type ListingRow =
  | { readonly kind: 'gap' }
  | {
      readonly kind: 'line';
      readonly number: number;
      /** The number as people count: of a notebook in its cell. */
      readonly label: number;
      readonly pieces: readonly Piece[];
      readonly isAcquisition: boolean;
      /** Steps on this line, with their numbers on the path, from 1. */
      readonly notes: readonly { readonly step: number; readonly message: string }[];
    };

/** The code that a finding is about: the lines that the report has of it, with the steps of the path on their lines. */
export function listing(
  finding: ReportFinding,
  { lines, cells }: Pick<ReportFile, 'lines' | 'cells'>,
): readonly ListingRow[] {
  const rows: ListingRow[] = [];
  const numbers = shownLines(finding, lines);
  const indent = commonIndent(numbers.map((number) => lines[number] ?? ''));
  let previous: number | undefined;
  for (const number of numbers) {
    if (previous !== undefined && number > previous + 1) rows.push({ kind: 'gap' });
    previous = number;
    const places = [finding, ...finding.steps].filter(({ line }) => line === number);
    rows.push({
      kind: 'line',
      number,
      label: cells?.[number]?.[1] ?? number,
      pieces: mark(lines[number] ?? '', places, indent),
      isAcquisition: number === finding.line,
      notes: finding.steps.flatMap(({ line, message }, index) =>
        line === number ? [{ step: index + 1, message }] : [],
      ),
    });
  }
  return rows;
}

/** A line of a file for people; of a notebook with the cell. */
export function lineLabel({ cells }: Pick<ReportFile, 'cells'>, line: number): string {
  const place = cells?.[line];
  return place === undefined ? String(line) : `cell ${place[0]}:${place[1]}`;
}

/** Lines around the acquisition, and one before and after each step, as far as the report has them. */
export const ACQUISITION_CONTEXT = 2;
export const STEP_CONTEXT = 1;

/** Numbers of the lines to show, sorted. */
export function shownLines(
  finding: Pick<ReportFinding, 'line' | 'steps'>,
  lines: Readonly<Record<number, unknown>>,
): readonly number[] {
  const numbers = new Set<number>();
  const around = (line: number, context: number) => {
    for (let number = line - context; number <= line + context; number++) {
      if (number in lines) numbers.add(number);
    }
  };
  around(finding.line, ACQUISITION_CONTEXT);
  for (const { line } of finding.steps) around(line, STEP_CONTEXT);
  return [...numbers].sort((a, b) => a - b);
}

/** How many blanks all lines begin with: narrow screens need the room. */
export function commonIndent(lines: readonly string[]): number {
  const written = lines.filter((line) => line.trim() !== '');
  const [first = ''] = written;
  let length = /^[ \t]*/.exec(first)?.[0].length ?? 0;
  while (!written.every((line) => line.startsWith(first.slice(0, length)))) length -= 1;
  return length;
}

/** Cuts a line where a marked stretch begins or ends. A place over several lines is marked to the end of its first. */
function mark(text: string, places: readonly ReportPlace[], indent: number): readonly Piece[] {
  const isMarked = Array.from<boolean>({ length: text.length }).fill(false);
  for (const { line, column, endLine, endColumn } of places) {
    isMarked.fill(true, column - 1, endLine > line ? text.length : endColumn - 1);
  }
  const pieces: { text: string; isMarked: boolean }[] = [];
  for (let index = indent; index < text.length; index++) {
    const last = pieces.at(-1);
    const marked = isMarked[index] === true;
    if (last?.isMarked === marked) last.text += text.charAt(index);
    else pieces.push({ text: text.charAt(index), isMarked: marked });
  }
  return pieces;
}
