import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Set by the bundler. */
declare const PYLINT_LEAKS_BUNDLE: boolean | undefined;

/** In the published bundle the pages lie beside it; in a checkout they are part of the documentation. */
const PAGES =
  typeof PYLINT_LEAKS_BUNDLE !== 'undefined' && PYLINT_LEAKS_BUNDLE
    ? join(__dirname, 'rules')
    : join(__dirname, '../../../docs/rules');

/**
 * The page of a rule as Markdown.
 *
 * @param ruleId - id of an existing rule, so that it cannot lead out of the folder.
 * @returns undefined when the page is missing.
 */
export function readRulePage(ruleId: string): string | undefined {
  try {
    return readFileSync(join(PAGES, `${ruleId}.md`), 'utf8');
  } catch {
    return undefined;
  }
}
