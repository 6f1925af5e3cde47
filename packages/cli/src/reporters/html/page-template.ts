import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Set by the bundler. */
declare const PYLINT_LEAKS_BUNDLE: boolean | undefined;

/** The page without data: beside the bundle; in a checkout it is built for the occasion. */
export function pageTemplate(): string {
  if (typeof PYLINT_LEAKS_BUNDLE !== 'undefined' && PYLINT_LEAKS_BUNDLE) {
    return readFileSync(join(__dirname, 'report.html'), 'utf8');
  }
  const script = join(__dirname, '../../../../../scripts/report-page.cjs');
  return execFileSync(process.execPath, [script], { encoding: 'utf8', maxBuffer: 1 << 26 });
}
