import { cellPosition, type SourceFile } from '@pylint-leaks/core';
import type { Colors } from '../colors';
import type { FileReport, Finding, Range } from '../finding';
import { describe } from '../recording/observation';
import { frame } from './frame';
import { shownPlace } from './place';
import { printable } from './printable';
import type { Reporter } from './reporter';
import { summary } from './summary';

/** Findings for people: what, where, the way from the acquisition to the loss, and what to do; then a summary. */
export const full: Reporter = (reports, { command, colors }) => {
  const blocks = reports.flatMap((report) => report.findings.map((finding) => block(report, finding, colors)));
  return [...blocks, summary(reports, command, colors)].join('\n');
};

function block({ display, source }: FileReport, finding: Finding, colors: Colors): string {
  const { start, severity, ruleId, message, fix, refused, observation } = finding;
  const paint = severity === 'error' ? colors.red : colors.yellow;
  const place = `${colors.bold(printable(display))}:${shownPlace(source, start)}:`;
  const rows = [`${place} ${paint(severity)} ${colors.bold(ruleId)} ${printable(message)}`];
  if (source !== undefined) {
    const [here, ...later] = steps(finding);
    rows.push(frame(source, here, { context: 2, label: here.message, paint }, colors));
    for (const step of later) {
      rows.push(
        colors.dim(gap(source, here, step)),
        frame(source, step, { context: 0, label: step.message, paint: colors.cyan }, colors),
      );
    }
  }
  if (observation !== undefined) {
    const words = describe(observation);
    rows.push(`  recorded: ${observation.label === 'confirmed' ? colors.red(words) : words}`);
  }
  if (fix !== undefined)
    rows.push(`  ${colors.green('help:')} ${printable(fix.title)} ${colors.dim(HOW[fix.applicability])}`);
  else if (refused !== undefined) rows.push(`  ${colors.dim(`not fixed automatically: ${printable(refused)}`)}`);
  return `${rows.join('\n')}\n`;
}

/** What stands between two frames; the next one may be in another cell. */
function gap(source: SourceFile, before: Range, { start }: Range): string {
  const cell = cellPosition(source, start)?.cell;
  return cell === cellPosition(source, before.start)?.cell ? '  ...' : `  ... cell ${cell}`;
}

type Step = Finding['related'][number];

/** The finding's own place, then the other places in path order; what is said of one place is said together. */
function steps({ start, end, related }: Finding): readonly [Step, ...Step[]] {
  const isSame = (a: Range, b: Range) => a.start.line === b.start.line && a.start.column === b.start.column;
  let here: Step = { start, end, message: '' };
  const later: Step[] = [];
  for (const step of related) {
    const last = later.at(-1);
    if (last === undefined && isSame(step, here)) here = joined(here, step);
    else if (last !== undefined && isSame(step, last)) later[later.length - 1] = joined(last, step);
    else later.push(step);
  }
  return [here, ...later];
}

function joined(first: Step, second: Step): Step {
  const message = first.message === '' ? second.message : `${first.message}; ${second.message}`;
  return { ...first, message };
}

const HOW = {
  safe: '(safe: --fix)',
  unsafe: '(may change behaviour: --fix --unsafe-fixes)',
  display: '(by hand)',
} as const;
