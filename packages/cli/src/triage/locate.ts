import { distance } from 'fastest-levenshtein';
import type { OldFinding } from './old-report';

/** Where the code of an old finding is today. */
export type Located =
  | { readonly kind: 'here'; readonly line: number; readonly how: 'same text' | 'similar text' | 'same line' }
  | { readonly kind: 'gone' };

/** How far, in lines, code that was rewritten is looked for. */
const REACH = 40;

/** Share of characters that may differ in code that counts as the same line, rewritten. */
const LIKENESS = 0.3;

/**
 * Finds the line of an old finding by its code, nearest to where it was; the line number alone counts only when the
 * report quotes no code. A quote like `Thread()` stands for any call of that name.
 *
 * @param lines - of the file today, without line ends.
 */
export function locate({ line, code }: Pick<OldFinding, 'line' | 'code'>, lines: readonly string[]): Located {
  const wanted = squeeze(code ?? '');
  if (wanted === '') return line <= lines.length ? { kind: 'here', line, how: 'same line' } : { kind: 'gone' };
  const nearest = (matches: (text: string) => boolean): number | undefined => {
    let best: number | undefined;
    lines.forEach((text, index) => {
      if (!matches(squeeze(text))) return;
      if (best === undefined || Math.abs(index + 1 - line) < Math.abs(best - line)) best = index + 1;
    });
    return best;
  };
  const called = /^([\w.]+)\(\)$/.exec(wanted)?.[1];
  const exact =
    nearest((text) => text === wanted) ??
    (called === undefined ? nearest((text) => text.includes(wanted)) : nearest(callOf(called)));
  if (exact !== undefined) return { kind: 'here', line: exact, how: 'same text' };
  const similar = mostAlike(wanted, line, lines);
  return similar === undefined ? { kind: 'gone' } : { kind: 'here', line: similar, how: 'similar text' };
}

function callOf(name: string): (text: string) => boolean {
  const call = new RegExp(`(?<!\\w)${name.replaceAll('.', '\\.')}\\(`);
  return (text) => call.test(text);
}

/** The most alike line near the old place: it was edited, or mended after a fixer had broken it. */
function mostAlike(wanted: string, line: number, lines: readonly string[]): number | undefined {
  let best: { readonly line: number; readonly score: number } | undefined;
  const first = Math.max(1, line - REACH);
  for (let number = first; number <= Math.min(lines.length, line + REACH); number++) {
    const text = squeeze(lines[number - 1] ?? '');
    const longest = Math.max(text.length, wanted.length);
    if (Math.min(text.length, wanted.length) < longest * (1 - LIKENESS)) continue;
    const score = distance(text, wanted) / longest;
    if (score <= LIKENESS && (best === undefined || score < best.score)) best = { line: number, score };
  }
  return best?.line;
}

/** Without blanks: what a formatter changes does not count. */
function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}

/** A file of today for one of an old report; `name` means that only the name is the same. */
export interface FileMatch {
  readonly path: string;
  readonly by: 'path' | 'name';
}

/**
 * Finds the file of an old report among those of today, by the longest common end of the path: a report from another
 * machine has other directories in front. A file of that name elsewhere is a guess, and only when there is just one.
 *
 * @param paths - of today, with `/`.
 */
export function matchFile(old: string, paths: readonly string[]): FileMatch | undefined {
  const parts = old.split('/').filter((part) => part !== '' && part !== '.');
  if (paths.includes(parts.join('/'))) return { path: parts.join('/'), by: 'path' };
  for (let from = 0; from < parts.length - 1; from++) {
    const end = parts.slice(from).join('/');
    const matches = paths.filter((path) => path === end || path.endsWith(`/${end}`));
    const [shortest] = matches.sort((a, b) => a.length - b.length);
    if (shortest !== undefined) return { path: shortest, by: 'path' };
  }
  const name = parts.at(-1) ?? '';
  const [only, ...others] = paths.filter((path) => path === name || path.endsWith(`/${name}`));
  return only === undefined || others.length > 0 ? undefined : { path: only, by: 'name' };
}
