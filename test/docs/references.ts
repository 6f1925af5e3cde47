import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { readPage, root, type Page } from './page';

/** Links of pages that lead nowhere: no such file, or no such heading in it. */
export function brokenLinks(pages: readonly Page[]): readonly string[] {
  return pages.flatMap((page) =>
    page.links.filter((link) => !leadsSomewhere(page, link)).map((link) => `${page.path}: ${link}`),
  );
}

function leadsSomewhere(page: Page, link: string): boolean {
  const [target = '', anchor] = link.split('#');
  const path = target === '' ? page.path : relative(root, join(root, dirname(page.path), target));
  if (target !== '' && !existsSync(join(root, path))) return false;
  if (anchor === undefined) return true;
  const anchors = target === '' ? page.anchors : statSync(join(root, path)).isFile() ? readPage(path).anchors : [];
  return anchors.includes(anchor);
}

/** Paths of the repository in backquotes that do not exist. Placeholders (`<id>`, `*`) stand for anything. */
export function missingPaths(pages: readonly Page[]): readonly string[] {
  return pages.flatMap((page) =>
    page.code
      .filter((code) => /^(?:packages|tools|test|scripts|docs|schema|examples)\/[\w./-]+$/.test(code))
      .filter((path) => !existsSync(join(root, path)))
      .map((path) => `${page.path}: ${path}`),
  );
}
