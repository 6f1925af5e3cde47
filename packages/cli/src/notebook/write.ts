import type { SourceFile } from '@pylint-leaks/core';
import type { CellSource, NotebookText } from './read';

/**
 * Writes changed code back into the JSON of a notebook. Only the `source` of cells that have changed is written anew, in the
 * layout that it has; strings of lines that stay are kept as they are spelt, and all else byte for byte.
 *
 * @param json - contents of the file that `before` was read from.
 * @param after - its code with changes in cells.
 * @returns the new contents; undefined when cells went missing.
 */
export function writeNotebook(
  json: string,
  before: NotebookText,
  after: Pick<SourceFile, 'text' | 'notebook'>,
): string | undefined {
  const { notebook } = after;
  if (notebook?.cells.length !== before.cells.length) return undefined;
  const restored = { text: after.text };
  for (const { start, text } of notebook.masked)
    restored.text = restored.text.slice(0, start) + text + restored.text.slice(start + text.length);
  let result = json;
  for (const [index, cell] of [...before.cells.entries()].toReversed()) {
    const span = notebook.cells[index]?.span;
    if (span === undefined) return undefined;
    const code = restored.text.slice(span.start, span.end);
    if (code === cell.code) continue;
    result = result.slice(0, cell.value.start) + valueOf(json, cell, code) + result.slice(cell.value.end);
  }
  return result;
}

function valueOf(json: string, cell: CellSource, code: string): string {
  const spellings = new Map(cell.pieces.map(({ text, span }) => [text, json.slice(span.start, span.end)]));
  const isAscii = /\\u(?!00[01])[0-9a-f]{4}/i.test(json.slice(cell.value.start, cell.value.end));
  const spell = (text: string) => spellings.get(text) ?? quoted(text, isAscii);
  if (cell.form === 'string') return spell(code);
  const [first, second] = cell.pieces;
  if (first === undefined) return `[${spell(code)}]`;
  const open = json.slice(cell.value.start, first.span.start);
  const between = second === undefined ? `,${open.slice(1)}` : json.slice(first.span.end, second.span.start);
  const last = cell.pieces.at(-1) ?? first;
  const close = json.slice(last.span.end, cell.value.end);
  const lines = code.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return open + lines.map(spell).join(between) + close;
}

/** As Python's `json` writes it, with or without `ensure_ascii`. */
function quoted(text: string, isAscii: boolean): string {
  const spelt = JSON.stringify(text);
  if (!isAscii) return spelt;
  return spelt.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
