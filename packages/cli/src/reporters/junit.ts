import type { FileReport, Finding } from '../finding';
import { shownPlace } from './place';
import type { Reporter } from './reporter';
import { xmlDocument, type XmlElement } from './xml';

/**
 * JUnit XML: a suite for each file, a failed test for each error. A warning does not fail a run, so it is a test that
 * passes with something to say; a file without findings is one that passes.
 */
export const junit: Reporter = (reports) => {
  const suites = reports.map(suiteOf);
  const failures = reports.reduce((sum, { findings }) => sum + errorsIn(findings), 0);
  const tests = suites.reduce((sum, { content = [] }) => sum + content.length, 0);
  return xmlDocument({
    name: 'testsuites',
    attributes: { name: 'pylint-leaks', tests, failures, errors: 0 },
    content: suites,
  });
};

function suiteOf({ display, source, findings }: FileReport): XmlElement {
  const clean: XmlElement = { name: 'testcase', attributes: { name: 'no leaks', classname: display, time: 0 } };
  const cases = findings.length === 0 ? [clean] : findings.map((finding) => caseOf(display, source, finding));
  return {
    name: 'testsuite',
    attributes: { name: display, tests: cases.length, failures: errorsIn(findings), errors: 0, skipped: 0, time: 0 },
    content: cases,
  };
}

function caseOf(display: string, source: FileReport['source'], finding: Finding): XmlElement {
  const { ruleId, start, severity, message, related } = finding;
  const steps = related.map((step) => `${display}:${shownPlace(source, step.start)}: ${step.message}`);
  const text = [`${display}:${shownPlace(source, start)}: ${message}`, ...steps].join('\n');
  const outcome: XmlElement =
    severity === 'error'
      ? { name: 'failure', attributes: { message, type: ruleId }, content: text }
      : { name: 'system-out', attributes: {}, content: text };
  return {
    name: 'testcase',
    attributes: { name: `${ruleId} at ${shownPlace(source, start)}`, classname: display, time: 0 },
    content: [outcome],
  };
}

function errorsIn(findings: readonly Finding[]): number {
  return findings.filter(({ severity }) => severity === 'error').length;
}
