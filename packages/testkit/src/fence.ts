/** What the words after ```` ```python ```` say about a block. */
export interface FenceAttributes {
  readonly role: 'code' | 'fixed' | 'fixed-unsafe' | 'beside';
  /** Path of a further file of the project, for blocks `beside` the code. */
  readonly path: string | undefined;
  readonly eol: '\n' | '\r\n' | '\r' | undefined;
  /** Width of the groups of leading spaces that stand for tabs. */
  readonly tabs: number | undefined;
  readonly bom: boolean;
}

const LINE_ENDS: Readonly<Record<string, FenceAttributes['eol']>> = { lf: '\n', crlf: '\r\n', cr: '\r' };

/**
 * Reads the words after `python` of a fence: `fixed` or `fixed-unsafe`, `beside=pkg/db.py`, `eol=crlf`, `tabs=4`, `bom`.
 *
 * @returns the attributes, or the word that is not understood.
 */
export function parseFenceAttributes(words: string): FenceAttributes | { readonly unknown: string } {
  let attributes: FenceAttributes = {
    role: 'code',
    path: undefined,
    eol: undefined,
    tabs: undefined,
    bom: false,
  };
  for (const word of words.split(/[\s,]+/).filter(Boolean)) {
    const [key = '', value = ''] = word.split('=', 2);
    if (word === 'fixed' || word === 'fixed-unsafe') attributes = { ...attributes, role: word };
    else if (key === 'beside' && value.endsWith('.py')) attributes = { ...attributes, role: 'beside', path: value };
    else if (word === 'bom') attributes = { ...attributes, bom: true };
    else if (key === 'eol' && LINE_ENDS[value] !== undefined) attributes = { ...attributes, eol: LINE_ENDS[value] };
    else if (key === 'tabs' && /^[1-9]$/.test(value)) attributes = { ...attributes, tabs: Number(value) };
    else return { unknown: word };
  }
  return attributes;
}

/** The text a block stands for: tabs, line ends and byte-order mark are hard to see in Markdown, so attributes make them. */
export function applyFenceAttributes(lines: readonly string[], attributes: FenceAttributes): string {
  const { tabs } = attributes;
  const indented = tabs === undefined ? lines : lines.map((line) => indentWithTabs(line, tabs));
  const eol = attributes.eol ?? '\n';
  return (attributes.bom ? '\uFEFF' : '') + indented.map((line) => line + eol).join('');
}

function indentWithTabs(line: string, width: number): string {
  const spaces = /^ */.exec(line)?.[0].length ?? 0;
  return '\t'.repeat(Math.floor(spaces / width)) + ' '.repeat(spaces % width) + line.slice(spaces);
}
