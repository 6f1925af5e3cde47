import type { SeedResult } from './examine';
import { precision, recall, score, scoreBy, type Score } from './score';

/** What happened over all seeds, as Markdown. */
export function summary(results: readonly SeedResult[]): string {
  const sum = (value: (result: SeedResult) => number): number =>
    results.reduce((total, result) => total + value(result), 0);
  const failures = results.flatMap((result) => result.failures);
  const failed = (variant: string, kinds: readonly string[]): number =>
    failures.filter((failure) => failure.variant === variant && kinds.includes(failure.kind)).length;
  const row = (title: string, kinds: readonly string[]): readonly string[] => [
    title,
    String(failed('safe', kinds)),
    String(failed('unsafe', kinds)),
  ];
  const both = (title: string, value: (result: SeedResult, variant: string) => number): readonly string[] => [
    title,
    String(sum((result) => value(result, 'safe'))),
    String(sum((result) => value(result, 'unsafe'))),
  ];
  return markdown([
    [
      `${String(results.length)} seeds, ${String(sum(({ functions }) => functions))} functions, ${String(sum(({ scenarios }) => scenarios))} scenarios`,
      '`--fix`',
      'with `--unsafe-fixes`',
    ],
    both('problems fixed', ({ fixed }, variant) => fixed[variant] ?? 0),
    both('resources lost before, over all scenarios', ({ leaks }, variant) => leaks[variant]?.before ?? 0),
    both('of these no longer lost', ({ leaks }, variant) => leaks[variant]?.gone ?? 0),
    [
      'functions that behave differently',
      String(failed('safe', ['changed behaviour'])),
      `${String(sum(({ changedByUnsafe }) => changedByUnsafe))} (allowed)`,
    ],
    row('files that do not compile, or do not load', ['newlyBroken', 'does not load']),
    row('files that a second run changes', ['changedBySecondFix']),
    row('lost comments', ['lostComments']),
    row('changed strings', ['lostStrings']),
    row('line ends, byte-order mark, mode', ['brokenLayout']),
    row('leaks left where something was fixed', ['leak left']),
    row('new leaks', ['new leak']),
    row('crashes, changes without a finding, false syntax errors', [
      'crashes',
      'changedWithoutFix',
      'falseSyntaxErrors',
    ]),
  ]);
}

/** Precision and recall by shape and by family, as Markdown. */
export function accuracy(results: readonly SeedResult[]): string {
  const sites = results.flatMap((result) => result.sites);
  const promised = sites.filter(({ scored }) => scored);
  const head = ['', 'sites', 'found', 'missed', 'false alarms', 'precision', 'recall', 'right path'];
  const tables = [
    [head, ...scoreBy(promised, ({ shape }) => shape).map(cells), cells(score('**all**', promised))],
    [head, ...scoreBy(promised, ({ family }) => family).map(cells)],
  ];
  return tables.map(markdown).join('\n\n');
}

function cells(scored: Score): readonly string[] {
  const percent = (share: number | undefined): string => (share === undefined ? '' : `${(share * 100).toFixed(1)} %`);
  const { name, sites, found, missed, falseAlarms, rightPath } = scored;
  const counts = [sites, found, missed, falseAlarms].map(String);
  const right = percent(found === 0 ? undefined : rightPath / found);
  return [name, ...counts, percent(precision(scored)), percent(recall(scored)), right];
}

/** The first row is the head; every column but the first is a number. */
function markdown(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows;
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.slice(1).map(line)].join('\n');
}
