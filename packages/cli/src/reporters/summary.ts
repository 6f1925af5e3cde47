import type { Colors } from '../colors';
import type { FileReport } from '../finding';
import type { LintCommand } from '../options';

/** `1 error`, `2 errors`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** How many problems there are, how many are gone, and how to be rid of more. */
export function summary(
  reports: readonly FileReport[],
  { applicability, mode, fixOnly }: Pick<LintCommand, 'applicability' | 'mode' | 'fixOnly'>,
  colors: Colors,
): string {
  const findings = reports.flatMap((report) => report.findings);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  const touched = reports.filter((report) => report.fixed > 0);
  const fixed = touched.reduce((sum, report) => sum + report.fixed, 0);
  const rows: string[] = [];
  if (fixed > 0) rows.push(colors.green(`Fixed ${count(fixed, 'problem')} in ${count(touched.length, 'file')}.`));
  // Nothing is known of what is left when nobody asked.
  if (findings.length === 0 && fixOnly) return rows.length === 0 ? 'Nothing to fix.\n' : `${rows.join('\n')}\n`;
  if (findings.length === 0) {
    rows.push(colors.green(`No ${fixed > 0 ? 'problems left' : 'leaks found'} in ${count(reports.length, 'file')}.`));
    return `${rows.join('\n')}\n`;
  }

  const within = reports.filter((report) => report.findings.length > 0).length;
  const total = `Found ${count(findings.length, 'problem')} (${count(errors, 'error')}, ${count(warnings, 'warning')}) in ${within} of ${count(reports.length, 'file')}.`;
  rows.push((errors > 0 ? colors.red : colors.yellow)(total));

  const offered = (wanted: string) => findings.filter(({ fix }) => fix?.applicability === wanted).length;
  const safe = offered('safe');
  const unsafe = offered('unsafe');
  // What a fixing run leaves was tried, so it is not offered again.
  if (mode === 'check' && safe > 0) rows.push(`${safe} fixable with --fix; --diff shows how.`);
  if (unsafe > 0 && (mode === 'check' || applicability === 'safe')) {
    const how =
      applicability === 'safe'
        ? 'add --unsafe-fixes to --diff or --fix'
        : '--diff --unsafe-fixes shows how, --fix --unsafe-fixes applies';
    rows.push(`${count(unsafe, 'fix', 'fixes')} that may change behaviour: ${how}.`);
  }
  return `${rows.join('\n')}\n`;
}
