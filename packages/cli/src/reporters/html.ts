import { fillPage } from './html/fill-page';
import { reportData } from './html/report-data';
import type { Reporter } from './reporter';
import { count } from './summary';

/**
 * The HTML report.
 *
 * @param template - the page without its data, as scripts/report-page.cjs builds it.
 */
export function createHtmlReporter(template: string): Reporter {
  return (reports, context) => {
    const data = reportData(reports, context);
    const findings = reports.flatMap((report) => report.findings);
    const errors = findings.filter(({ severity }) => severity === 'error').length;
    const total = `${count(findings.length, 'finding')} (${count(errors, 'error')}) in ${count(reports.length, 'file')}`;
    return fillPage(template, {
      title: `${data.title}: ${count(findings.length, 'resource leak')}`,
      withoutScript: `${total}. This page needs JavaScript to show them; --format markdown does not.`,
      data,
    });
  };
}
