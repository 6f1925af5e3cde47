import type { Measurement } from './measure';

/** Measurements side by side, a column for each tree, as Markdown. */
export function table(measurements: readonly Measurement[]): string {
  const kinds = [...new Set(measurements.flatMap(({ findings }) => Object.keys(findings)))].sort();
  const rows: readonly (readonly [string, (measurement: Measurement) => string | number])[] = [
    ['compiled with Python', ({ python }) => python],
    ['files', ({ files }) => files],
    ['crashes', ({ crashes }) => crashes.length],
    ['unreadable files', ({ unreadable }) => unreadable.length],
    ...kinds.map((kind) => [kind, ({ findings }: Measurement) => findings[kind] ?? 0] as const),
    ['syntax-error, yet it compiles', ({ falseSyntaxErrors }) => falseSyntaxErrors.length],
    ['no syntax-error, yet it does not compile', ({ missedSyntaxErrors }) => missedSyntaxErrors.length],
    ['findings with a fix', ({ fixable }) => fixable],
    ['problems fixed', ({ fixed }) => fixed],
    ['left with a fix', ({ left }) => left],
    ['fixes taken back', ({ takenBack }) => takenBack.length],
    ['files changed', ({ changed }) => changed.length],
    ['compiled before, not after', ({ newlyBroken }) => newlyBroken.length],
    ['compile after, not before', ({ repaired }) => repaired.length],
    ['changed by a second --fix', ({ changedBySecondFix }) => changedBySecondFix.length],
    ['lost comments', ({ lostComments }) => lostComments.length],
    ['lost string literals', ({ lostStrings }) => lostStrings.length],
    ['line ends, byte-order mark, mode', ({ brokenLayout }) => brokenLayout.length],
    ['changed without a fix', ({ changedWithoutFix }) => changedWithoutFix.length],
    ['seconds: lint', ({ seconds }) => seconds.lint.toFixed(1)],
    ['seconds: --fix', ({ seconds }) => seconds.fix.toFixed(1)],
    ['seconds: second --fix', ({ seconds }) => seconds.secondFix.toFixed(1)],
  ];
  const cells = [
    ['', ...measurements.map(({ tree }) => tree)],
    ...rows.map(([title, value]) => [title, ...measurements.map((measurement) => String(value(measurement)))]),
  ];
  const widths = measurements.map((_, column) => Math.max(...cells.map((row) => row[column + 1]?.length ?? 0)));
  const first = Math.max(...cells.map(([title]) => title?.length ?? 0));
  const line = ([title = '', ...values]: readonly string[]): string =>
    `| ${title.padEnd(first)} | ${values.map((value, column) => value.padStart(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${'-'.repeat(first)} | ${widths.map((width) => `${'-'.repeat(Math.max(width - 1, 1))}:`).join(' | ')} |`;
  const [head = [], ...body] = cells;
  return [line(head), rule, ...body.map(line)].join('\n');
}
