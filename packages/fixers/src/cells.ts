import {
  cellAt,
  contains,
  overlaps,
  type Cell,
  type Diagnostic,
  type Edit,
  type Fix,
  type FixResult,
  type LintResult,
  type Notebook,
  type SourceFile,
  type Span,
} from '@pylint-leaks/core';

/**
 * Makes a fix one that can be written back into the cells of a notebook. All that it does to the code (imports apart) has
 * to lie in the cell of the finding, since a statement cannot go over the end of a cell; lines of IPython stay as they are.
 *
 * @returns the fix itself for a file that is no notebook.
 */
export function fitToCells(fix: Fix, diagnostic: Diagnostic, lint: LintResult): FixResult {
  const { file } = lint;
  const { notebook } = file;
  if (notebook === undefined) return { kind: 'fix', fix };
  const home = cellAt(notebook, diagnostic.span.start);
  if (home === undefined) return { kind: 'refused', reason: 'it is in no cell' };
  const edits = fix.edits.map((edit) => fitEdit(edit, home, file, notebook));
  const isInside = ({ span, shared }: Edit): boolean =>
    shared === true ? notebook.cells.some((cell) => contains(cell.span, span)) : contains(home.span, span);
  if (!contains(home.span, diagnostic.span) || !edits.every(isInside))
    return { kind: 'refused', reason: 'it would reach over the end of a cell' };
  const touchesMagic = edits.some(({ span }) =>
    notebook.masked.some(({ start, text }) => overlaps(span, { start, end: start + text.length })),
  );
  if (touchesMagic) return { kind: 'refused', reason: 'it would change a line that is for IPython' };
  const fitted: Fix = { ...fix, edits: edits.toSorted((a, b) => a.span.start - b.span.start) };
  return { kind: 'fix', fix: showsResult(lint, home, edits) ? unsafe(fitted) : fitted };
}

/** Whole lines that are deleted or inserted take the line end before them along, not that behind the cell. */
function fitEdit(edit: Edit, home: Cell, { text }: SourceFile, notebook: Notebook): Edit {
  const { span, text: replacement } = edit;
  if (span.start === span.end) {
    const before = notebook.cells.findLast((cell) => cell.span.end < span.start);
    const startsCell = notebook.cells.some((cell) => cell.span.start === span.start);
    const isHome = edit.shared !== true && home.span.start === span.start;
    if (before === undefined || !startsCell || isHome || !replacement.endsWith('\n')) return edit;
    const { end } = before.span;
    return { ...edit, span: { start: end, end }, text: `\n${replacement.slice(0, -1)}` };
  }
  const cell = cellAt(notebook, span.start);
  if (cell === undefined || span.end !== cell.span.end + 1) return edit;
  if (replacement.endsWith('\n'))
    return { ...edit, span: { ...span, end: cell.span.end }, text: replacement.slice(0, -1) };
  if (replacement !== '') return edit;
  return { ...edit, span: { start: lineEndBefore(text, span.start, cell.span), end: cell.span.end } };
}

function lineEndBefore(text: string, offset: number, { start }: Span): number {
  if (offset <= start || text[offset - 1] !== '\n') return offset;
  return offset - 2 >= start && text[offset - 2] === '\r' ? offset - 2 : offset - 1;
}

/** What the last expression of a cell gives is shown below it; behind a semicolon it is not. */
function showsResult({ tree, file }: LintResult, cell: Cell, edits: readonly Edit[]): boolean {
  const last = tree.module.body.statements.findLast(({ span }) => contains(cell.span, span));
  if (last?.kind !== 'ExpressionStatement') return false;
  if (/^[ \t]*;/.test(file.text.slice(last.span.end, cell.span.end))) return false;
  return edits.some(({ span }) => span.start <= last.span.end && last.span.start <= span.end);
}

function unsafe(fix: Fix): Fix {
  const detail = 'the last expression of the cell would no longer be shown';
  return {
    ...fix,
    applicability: fix.applicability === 'safe' ? 'unsafe' : fix.applicability,
    checked: [
      ...fix.checked.filter(({ precondition }) => precondition !== 'release-unobserved'),
      { precondition: 'release-unobserved', holds: false, detail },
    ],
  };
}

/** Where the cells are after edits that lie in them; `fileLines` are those of the file as it was. */
export function cellsAfter(notebook: Notebook, edits: readonly Edit[]): Notebook {
  const growth = (isCounted: (edit: Edit) => boolean): number =>
    edits.filter(isCounted).reduce((sum, { span, text }) => sum + text.length - (span.end - span.start), 0);
  return {
    ...notebook,
    cells: notebook.cells.map(({ number, span }) => ({
      number,
      span: {
        start: span.start + growth((edit) => edit.span.start < span.start),
        end: span.end + growth((edit) => edit.span.start <= span.end),
      },
    })),
    // An insertion before a masked line indents it or stands above it.
    masked: notebook.masked.map(({ start, text }) => ({
      start: start + growth((edit) => edit.span.start <= start),
      text,
    })),
  };
}
