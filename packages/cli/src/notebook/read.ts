import type { Cell, Masked, Notebook, Span } from '@pylint-leaks/core';
import { visit, type JSONPath } from 'jsonc-parser';
import { wordsFor } from '../json-problem';
import { maskMagics } from './magics';

/** A code cell as it stands in the file. */
export interface CellSource {
  /** From 1, counted over all cells. */
  readonly number: number;
  /** Of the value of `source` in the JSON. */
  readonly value: Span;
  readonly form: 'list' | 'string';
  /** The strings in it, whose texts together are the code. */
  readonly pieces: readonly Piece[];
  readonly code: string;
}

/** One string of the JSON. */
export interface Piece {
  /** Of the string with its quotes. */
  readonly span: Span;
  /** Line of the file, from 1. */
  readonly line: number;
  readonly text: string;
}

/** A notebook with its code as one text. */
export interface NotebookText {
  readonly kind: 'notebook';
  /** Code of all Python cells, joined by line ends, without what is only for IPython. */
  readonly text: string;
  readonly layout: Notebook;
  /** Those of `layout.cells`, in that order. */
  readonly cells: readonly CellSource[];
}

/** Why a file is no notebook that can be read; the place counts from 1. */
export interface BrokenNotebook {
  readonly kind: 'broken';
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Reads a notebook of format 4 (https://nbformat.readthedocs.io/en/latest/format_description.html). Outputs, which can be
 * large, are passed over. Of a notebook in another language there is no code.
 *
 * @param json - contents of the `.ipynb` file.
 */
export function readNotebook(json: string): NotebookText | BrokenNotebook {
  const found = collect(json);
  if ('kind' in found) return found;
  const { version, hasCells, language, cells } = found;
  if (!hasCells || version === undefined || version < 4) {
    const message =
      version !== undefined && version < 4
        ? `it is a notebook of format ${version}; open and save it with Jupyter`
        : 'it is no notebook: there are no "cells" and "nbformat" in it';
    return { kind: 'broken', message, line: 1, column: 1 };
  }
  return joined(language === undefined || /^i?python/i.test(language) ? cells.filter(isCode) : []);
}

interface FoundCell extends CellSource {
  readonly type: unknown;
  readonly language: unknown;
}

interface Found {
  readonly version: number | undefined;
  readonly hasCells: boolean;
  readonly language: string | undefined;
  readonly cells: readonly FoundCell[];
}

function isCode({ type, language, value }: FoundCell): boolean {
  return type === 'code' && value.end > 0 && (language === undefined || language === 'python');
}

/** What is looked at of a cell while its JSON goes by. */
interface OpenCell {
  type: unknown;
  language: unknown;
  value: { start: number; end: number };
  form: 'list' | 'string';
  pieces: Piece[];
}

function collect(json: string): Found | BrokenNotebook {
  let problem: BrokenNotebook | undefined;
  let version: number | undefined;
  let hasCells = false;
  const languages: Record<string, unknown> = {};
  const cells: OpenCell[] = [];
  const cellOf = (path: JSONPath): OpenCell | undefined => {
    const index = path[0] === 'cells' ? path[1] : undefined;
    if (typeof index !== 'number') return undefined;
    return (cells[index] ??= {
      type: undefined,
      language: undefined,
      value: { start: 0, end: 0 },
      form: 'list',
      pieces: [],
    });
  };
  let source: OpenCell | undefined;
  const value = (literal: unknown, offset: number, length: number, startLine: number, path: JSONPath): void => {
    const [first, second, third, fourth] = path;
    const name = path.map(String).join('.');
    if (name === 'nbformat' && typeof literal === 'number') version = literal;
    if (first === 'metadata') languages[name] = literal;
    const cell = cellOf(path);
    if (cell === undefined || second === undefined) return;
    if (path.length === 3 && third === 'cell_type') cell.type = literal;
    if (name.endsWith('.metadata.vscode.languageId')) cell.language = literal;
    if (third !== 'source' || typeof literal !== 'string') return;
    const piece = { span: { start: offset, end: offset + length }, line: startLine + 1, text: literal };
    if (path.length === 3) Object.assign(cell, { form: 'string', value: piece.span, pieces: [piece] });
    else if (path.length === 4 && typeof fourth === 'number') cell.pieces.push(piece);
  };
  visit(
    json,
    {
      onObjectBegin: (_offset, _length, _line, _column, path) => !isPassedOver(path()),
      // Without it the end of what is passed over is not noticed.
      onObjectEnd: () => undefined,
      onArrayBegin: (offset, _length, _line, _column, path) => {
        const at = path();
        if (at.length === 1 && at[0] === 'cells') hasCells = true;
        if (at.length === 3 && at[2] === 'source') {
          source = cellOf(at);
          if (source !== undefined) source.value = { start: offset, end: offset };
        }
        return !isPassedOver(at);
      },
      onArrayEnd: (offset, length) => {
        if (source !== undefined) source.value.end = offset + length;
        source = undefined;
      },
      onLiteralValue: (literal, offset, length, line, _column, path) => value(literal, offset, length, line, path()),
      onError: (code, _offset, _length, line, column) => {
        const what = wordsFor(code);
        problem ??= { kind: 'broken', message: `it is no valid JSON: ${what}`, line: line + 1, column: column + 1 };
      },
    },
    { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false },
  );
  if (problem !== undefined) return problem;
  if (!isJson(json)) return { kind: 'broken', message: 'it is no valid JSON', line: 1, column: 1 };
  const stated = languages['metadata.language_info.name'] ?? languages['metadata.kernelspec.language'];
  return {
    version,
    hasCells,
    language: typeof stated === 'string' ? stated : undefined,
    cells: cells.map((cell, index) => ({
      ...cell,
      number: index + 1,
      code: cell.pieces.map(({ text }) => text).join(''),
    })),
  };
}

/** Of what is passed over nobody has said whether it is well formed. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Outputs and attachments hold pictures and tables; nothing in them is code. */
function isPassedOver(path: JSONPath): boolean {
  if (path[0] === 'metadata') return path[1] === 'widgets';
  return path.length >= 3 && path[0] === 'cells' && (path[2] === 'outputs' || path[2] === 'attachments');
}

function joined(found: readonly CellSource[]): NotebookText {
  let text = '';
  const cells: Cell[] = [];
  const masked: Masked[] = [];
  const fileLines: number[] = [];
  const kept: CellSource[] = [];
  for (const source of found) {
    const mask = maskMagics(source.code);
    if (mask === undefined) continue;
    if (cells.length > 0) text += '\n';
    const start = text.length;
    masked.push(...mask.masked.map((each) => ({ ...each, start: start + each.start })));
    text += mask.text;
    cells.push({ number: source.number, span: { start, end: text.length } });
    fileLines.push(...linesInFile(source));
    kept.push(source);
  }
  return { kind: 'notebook', text, layout: { cells, masked, fileLines }, cells: kept };
}

/** For each line of the code the line of the file that it begins in. */
function linesInFile({ code, pieces }: CellSource): readonly number[] {
  const starts = [0, ...Array.from(code.matchAll(/\r\n|\r|\n/g), ({ index, 0: end }) => index + end.length)];
  let piece = 0;
  let behind = pieces[0]?.text.length ?? 0;
  return starts.map((start) => {
    while (start >= behind && piece + 1 < pieces.length) behind += pieces[++piece]?.text.length ?? 0;
    return pieces[piece]?.line ?? 1;
  });
}
