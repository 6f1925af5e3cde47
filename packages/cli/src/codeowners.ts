import { dirname, join } from 'node:path';
import ignore from 'ignore';
import type { Disk } from './io';

/** Who owns a file, by a CODEOWNERS file: names as written, in order. */
export type OwnersOf = (path: string) => readonly string[];

/** Where the hosts look, in the order in which the first that exists counts. */
export const CODEOWNERS_PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'] as const;

/**
 * Reads the CODEOWNERS file of a checkout.
 *
 * @param root - top directory of the checkout; paths that are asked for are relative to it, with `/`.
 * @returns undefined when there is none.
 */
export async function loadCodeowners(
  root: string,
  disk: Disk,
): Promise<{ readonly file: string; readonly ownersOf: OwnersOf } | undefined> {
  for (const file of CODEOWNERS_PLACES) {
    const bytes = await disk.read(join(root, file)).catch(() => undefined);
    if (bytes !== undefined) return { file, ownersOf: parseCodeowners(Buffer.from(bytes).toString('utf8')) };
  }
  return undefined;
}

interface Entry {
  readonly matches: (path: string) => boolean;
  readonly owners: readonly string[];
}

interface Section {
  readonly defaults: readonly string[];
  readonly entries: Entry[];
}

/** GitLab: `[Name]`, `^[Optional]`, `[Name][2]`, then owners of entries that name none. */
const SECTION = /^\^?\[[^\]]+\](?:\[\d+\])?(?:\s+(.*))?$/;

/**
 * The rules of a CODEOWNERS file. The last entry that matches decides; an entry without owners says that there is none.
 * In sections (GitLab) each has its say, and the owners add up. Patterns are those of .gitignore without negation, are
 * case-sensitive, and `dir/*` means only what stands in `dir` itself.
 */
export function parseCodeowners(text: string): OwnersOf {
  const sections: Section[] = [{ defaults: [], entries: [] }];
  for (const raw of text.split(/\r\n|\r|\n/)) {
    const line = raw.replace(/(^|\s)#.*$/, '').trim();
    if (line === '') continue;
    const section = SECTION.exec(line);
    if (section !== null) {
      sections.push({ defaults: words(section[1] ?? ''), entries: [] });
      continue;
    }
    const [pattern = '', ...owners] = words(line);
    // Neither host accepts negation.
    if (pattern.startsWith('!')) continue;
    const current = sections[sections.length - 1];
    current?.entries.push({ matches: matcher(pattern), owners: owners.length === 0 ? current.defaults : owners });
  }
  return (path) => [
    ...new Set(sections.flatMap(({ entries }) => entries.findLast(({ matches }) => matches(path))?.owners ?? [])),
  ];
}

/** Parts between blanks; a blank in a path is written `\ `. */
function words(line: string): readonly string[] {
  return line.match(/(?:\\.|\S)+/g) ?? [];
}

function matcher(pattern: string): (path: string) => boolean {
  const direct = /^(.+)\/\*$/.exec(pattern)?.[1];
  if (direct === undefined || direct.endsWith('**')) {
    const patterns = ignore({ ignorecase: false }).add(pattern);
    return (path) => patterns.ignores(path);
  }
  // As in .gitignore a pattern with a slash inside is anchored, and it stays so without its end.
  const patterns = ignore({ ignorecase: false }).add(`${direct.startsWith('/') ? '' : '/'}${direct}/`);
  const isBelow = (directory: string) => directory !== '.' && patterns.ignores(`${directory}/`);
  return (path) => isBelow(dirname(path)) && !isBelow(dirname(dirname(path)));
}
