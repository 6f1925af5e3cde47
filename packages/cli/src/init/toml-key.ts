import { isDeepStrictEqual } from 'node:util';
import { parse, type TomlTable } from 'smol-toml';

const HEADER =
  /^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*(?:"pylint-leaks"|'pylint-leaks'|pylint-leaks)[ \t]*\][ \t]*(?:#.*)?$/m;

/**
 * Sets a text in `[tool.pylint-leaks]` of a pyproject.toml and leaves everything else as it is, byte for byte. No library
 * edits TOML in place, so this knows the usual ways to write it, and reads the result again to see that it means what it
 * should.
 *
 * @param text - of the file; its line ends and byte-order mark stay.
 * @param key - a bare key.
 * @returns the new text; undefined when the file is written in a way that is not known, or is no TOML.
 */
export function setToolKey(text: string, key: string, value: string): string | undefined {
  const edited = edit(text, key, value);
  const before = read(text);
  const after = read(edited);
  if (before === undefined || after === undefined) return undefined;
  return isDeepStrictEqual(plain(after), plain(withKey(before, key, value))) ? edited : undefined;
}

/** The parser's tables have no prototype, and copies of them have one. */
function plain(document: TomlTable): unknown {
  return JSON.parse(JSON.stringify(document));
}

function edit(text: string, key: string, value: string): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const line = `${key} = ${JSON.stringify(value)}`;
  const header = HEADER.exec(text);
  if (header === null) {
    const gap = text === '' || text.endsWith('\n') ? '' : newline;
    const blank = text.trim() === '' ? '' : newline;
    return `${text}${gap}${blank}[tool.pylint-leaks]${newline}${line}${newline}`;
  }
  const start = header.index + header[0].length;
  const rest = text.slice(start);
  const next = /^[ \t]*\[/m.exec(rest);
  const table = rest.slice(0, next?.index ?? rest.length);
  const existing = new RegExp(`^([ \\t]*${key}[ \\t]*=[ \\t]*)("(?:[^"\\\\\\r\\n]|\\\\.)*"|'[^'\\r\\n]*')`, 'm').exec(
    table,
  );
  if (existing === null) return `${text.slice(0, start)}${newline}${line}${rest}`;
  const at = start + existing.index + (existing[1] ?? '').length;
  return text.slice(0, at) + JSON.stringify(value) + text.slice(at + (existing[2] ?? '').length);
}

function read(text: string): TomlTable | undefined {
  try {
    return parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}

function withKey(document: TomlTable, key: string, value: string): TomlTable {
  const tool = tableIn(document, 'tool');
  return { ...document, tool: { ...tool, 'pylint-leaks': { ...tableIn(tool, 'pylint-leaks'), [key]: value } } };
}

function tableIn(table: TomlTable, key: string): TomlTable {
  const value = table[key];
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date) ? value : {};
}
