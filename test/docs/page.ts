import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The checkout whose pages are read. */
export const root = join(__dirname, '../..');

/** A fenced block: ```` ```sh check exit=1 ```` has the language `sh`, the word `check` and the option `exit`. */
export interface Fence {
  readonly page: string;
  readonly line: number;
  readonly language: string;
  readonly words: readonly string[];
  readonly options: ReadonlyMap<string, string>;
  /** With a line end behind the last line. */
  readonly text: string;
}

/** A Markdown page of the repository. */
export interface Page {
  readonly path: string;
  readonly text: string;
  readonly fences: readonly Fence[];
  /** Anchors of its headings, as GitHub makes them. */
  readonly anchors: readonly string[];
  /** Targets of its links, without images and addresses of other sites. */
  readonly links: readonly string[];
  /** What stands between single backquotes, outside of fences. */
  readonly code: readonly string[];
}

/** Reads and takes apart one page, named from the root. */
export function readPage(path: string): Page {
  return parsePage(path, readFileSync(join(root, path), 'utf8'));
}

/** Takes a page apart. */
export function parsePage(path: string, text: string): Page {
  const fences: Fence[] = [];
  const prose = text.replace(/^```(.*)\n([^]*?)^```$/gm, (_whole, info: string, body: string, offset: number) => {
    fences.push(toFence(path, text.slice(0, offset).split('\n').length, info, body));
    return '';
  });
  const withoutCode = prose.replace(/`[^`\n]+`/g, '');
  return {
    path,
    text,
    fences,
    anchors: [...prose.matchAll(/^#{1,6} (.+)$/gm)].map(([, title]) => anchorOf(title ?? '')),
    links: [...withoutCode.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target]) => target ?? '')
      .filter((target) => !/^[a-z]+:/.test(target)),
    code: [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code ?? ''),
  };
}

function toFence(page: string, line: number, info: string, text: string): Fence {
  const [language = '', ...rest] = info.trim().split(/\s+/);
  const options = rest.filter((word) => word.includes('=')).map((word) => word.split('=') as [string, string]);
  return { page, line, language, words: rest.filter((word) => !word.includes('=')), options: new Map(options), text };
}

function anchorOf(title: string): string {
  return title
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

/** The part of a page under a heading, up to the next heading of the same or a higher level. */
export function section(page: Page, title: string): string {
  const lines = page.text.split('\n');
  const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === title);
  if (start < 0) throw new Error(`${page.path} has no section "${title}"`);
  const level = lines[start]?.indexOf(' ') ?? 1;
  const end = lines.findIndex((line, index) => index > start && /^#+ /.test(line) && line.indexOf(' ') <= level);
  return lines.slice(start + 1, end < 0 ? undefined : end).join('\n');
}

/** What the first column of the tables of a text has between backquotes. */
export function firstColumn(text: string): readonly string[] {
  const rows = text.split('\n').filter((line) => line.startsWith('|') && !/^\|[\s|:-]+$/.test(line));
  return rows.flatMap((row) =>
    [...(row.split(/(?<!\\)\|/)[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? ''),
  );
}
