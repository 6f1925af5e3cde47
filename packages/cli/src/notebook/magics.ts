import type { Masked } from '@pylint-leaks/core';

/** What is run below these is Python (`%%time`); below any other cell magic it is another language or a file's text. */
const PYTHON_CELL_MAGICS: ReadonlySet<string> = new Set([
  'capture',
  'debug',
  'ipytest',
  'memit',
  'prun',
  'pypy',
  'python',
  'python3',
  'time',
  'timeit',
]);

const CELL_MAGIC = /^\s*%%(\w+)/;

/**
 * A logical line that only IPython understands, up to its end: `%magic`, `!shell`, `?help`, `/call`, `,quoted call`,
 * `help?` (https://ipython.readthedocs.io/en/stable/interactive/reference.html). Python refuses all of them.
 */
const MAGIC_LINE = /^(?:[%!?/,;].*|%{0,2}[A-Za-z_][\w.*]*\?\??[ \t]*)$/;

/** `names = %magic` and `names = !shell`: only the right side is not Python. */
const MAGIC_VALUE = /^([A-Za-z_][\w.,[\]() \t]*=[ \t]*)([%!].*)$/;

/**
 * The code of a cell with all that is not Python replaced by a name of the same length (blanks follow), so that nothing
 * moves; undefined for a cell in another language.
 *
 * @param code - source of one cell.
 */
export function maskMagics(code: string): { readonly text: string; readonly masked: readonly Masked[] } | undefined {
  const cellMagic = CELL_MAGIC.exec(code)?.[1];
  if (cellMagic !== undefined && !PYTHON_CELL_MAGICS.has(cellMagic)) return undefined;
  if (!/[%!?/,;]/.test(code)) return { text: code, masked: [] };
  let text = code;
  const masked: Masked[] = [];
  for (const start of statementStarts(code)) {
    const line = lineFrom(code, start);
    const prefix = MAGIC_LINE.test(line) ? '' : MAGIC_VALUE.exec(line)?.[1];
    if (prefix === undefined) continue;
    const from = start + prefix.length;
    const original = code.slice(from, endOfMagic(code, from));
    masked.push({ start: from, text: original });
    text = text.slice(0, from) + maskOf(original) + text.slice(from + original.length);
  }
  return { text, masked };
}

/** A name that nothing is known about. Lines stay. */
function maskOf(original: string): string {
  return `_${original.slice(1).replace(/[^\r\n]/g, ' ')}`;
}

function lineFrom(code: string, start: number): string {
  return /^[^\r\n]*/.exec(code.slice(start))?.[0] ?? '';
}

/** A backslash continues a magic, too. */
function endOfMagic(code: string, from: number): number {
  return from + (/^(?:[^\r\n]*\\\r?\n)*[^\r\n]*/.exec(code.slice(from))?.[0].length ?? 0);
}

/** Where logical lines begin, behind their indentation. What follows a magic is not read, since it may be no Python. */
function* statementStarts(code: string): Generator<number> {
  let depth = 0;
  let offset = 0;
  let isStart = true;
  while (offset < code.length) {
    if (isStart) {
      offset += /^[ \t\f\r\n]*/.exec(code.slice(offset))?.[0].length ?? 0;
      if (offset >= code.length) return;
      yield offset;
      const line = lineFrom(code, offset);
      isStart = false;
      if (MAGIC_LINE.test(line) || MAGIC_VALUE.test(line)) {
        offset = endOfMagic(code, offset);
        isStart = true;
        continue;
      }
    }
    const skipped = /^(?:#[^\r\n]*|"""|'''|["'\\]|[([{]|[)\]}]|\r?\n|[^#"'\\()[\]{}\r\n]+|\r)/.exec(code.slice(offset));
    const token = skipped?.[0] ?? ' ';
    offset += token.length;
    if (token === '\\') offset += /^\r?\n|^[^]/.exec(code.slice(offset))?.[0].length ?? 0;
    else if (/^["']/.test(token)) offset = endOfString(code, offset, token);
    else if (/^[([{]$/.test(token)) depth++;
    else if (/^[)\]}]$/.test(token)) depth = Math.max(0, depth - 1);
    else if (token.endsWith('\n')) isStart = depth === 0;
  }
}

/** Behind a string whose opening quotes end at `offset`; a string of one line ends with it. */
function endOfString(code: string, offset: number, quote: string): number {
  for (let at = offset; at < code.length; at++) {
    if (code[at] === '\\') at++;
    else if (quote.length === 1 && (code[at] === '\n' || code[at] === '\r')) return at;
    else if (code.startsWith(quote, at)) return at + quote.length;
  }
  return code.length;
}
