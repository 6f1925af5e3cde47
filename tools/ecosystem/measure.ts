import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { askCpython } from './cpython';
import { fixesIn, runProduct, takenBackIn, type Finding, type Run } from './product';
import { copyFiles } from './trees';

/** What linting and fixing a tree came to. Names of files are relative to the tree. */
export interface Measurement {
  readonly tree: string;
  readonly python: string;
  readonly files: number;
  /** Findings of the tool against itself. */
  readonly crashes: readonly string[];
  readonly unreadable: readonly string[];
  /** Findings by rule and verdict. */
  readonly findings: Readonly<Record<string, number>>;
  /** Findings with a fix that the run may apply. */
  readonly fixable: number;
  readonly fixed: number;
  /** Findings that still have such a fix afterwards. */
  readonly left: number;
  readonly changed: readonly string[];
  readonly takenBack: readonly string[];
  /** Files that compiled before and do not after. */
  readonly newlyBroken: readonly string[];
  /** Files that did not compile before and do after. */
  readonly repaired: readonly string[];
  readonly changedBySecondFix: readonly string[];
  readonly lostComments: readonly string[];
  readonly lostStrings: readonly string[];
  readonly brokenLayout: readonly string[];
  /** Changed files in which nothing was to be fixed. */
  readonly changedWithoutFix: readonly string[];
  /** Files with a syntax-error that CPython compiles. */
  readonly falseSyntaxErrors: readonly string[];
  /** Files without one that CPython refuses; tools of other versions may be right. */
  readonly missedSyntaxErrors: readonly string[];
  readonly seconds: { readonly lint: number; readonly fix: number; readonly secondFix: number };
}

/** Everything a measurement needs. */
export interface Job {
  readonly tree: string;
  /** The tree; it is only read. */
  readonly source: string;
  readonly files: readonly string[];
  /** An empty directory for the copies `before` and `after`. */
  readonly scratch: string;
  readonly cli: string;
  readonly python: string;
  readonly unsafe: boolean;
}

/** A measurement, and the reports it was made from: of the tree as it was, and of the fixed one. */
export interface Measured {
  readonly measurement: Measurement;
  readonly lint: Run;
  readonly fix: Run;
}

/** Lints a copy of a tree, fixes another, fixes that again, and compares. */
export function measure(job: Job): Measurement {
  return measureWithReports(job).measurement;
}

/** The same, for somebody who wants to know what stands where. */
export function measureWithReports({ tree, source, files, scratch, cli, python, unsafe }: Job): Measured {
  const before = join(scratch, 'before');
  const after = join(scratch, 'after');
  copyFiles(source, before, files);
  copyFiles(source, after, files);
  const fixOptions = unsafe ? ['--fix', '--unsafe-fixes'] : ['--fix'];

  const lint = runProduct(cli, before);
  const original = digests(before, files);
  const fix = runProduct(cli, after, fixOptions);
  const once = digests(after, files);
  const secondFix = runProduct(cli, after, fixOptions);
  const twice = digests(after, files);

  const changed = files.filter((file) => original.get(file) !== once.get(file));
  const cpython = askCpython(python, { before, after, compile: files, compare: changed });
  const compared = (file: string) => cpython.compared[file];
  const compiled = (file: string): boolean => cpython.broken[file] === undefined;
  const refused = new Set(lint.findings.filter(({ ruleId }) => ruleId === 'syntax-error').map(({ file }) => file));
  const isFixable = ({ applicability }: Finding): boolean =>
    applicability === 'safe' || (unsafe && applicability === 'unsafe');
  const fixable = lint.findings.filter(isFixable);
  const withFix = new Set(fixable.map(({ file }) => file));
  const unreadable = filesWith(lint, 'unreadable-file');

  const measurement: Measurement = {
    tree,
    python: cpython.version,
    files: lint.files.length,
    crashes: [lint, fix, secondFix].flatMap(crashesIn),
    unreadable,
    findings: countByVerdict(lint),
    fixable: fixable.length,
    fixed: fixesIn(fix),
    left: fix.findings.filter(isFixable).length,
    changed,
    takenBack: takenBackIn(fix),
    newlyBroken: changed.filter((file) => compiled(file) && compared(file)?.error !== null),
    repaired: changed.filter((file) => !compiled(file) && compared(file)?.error === null),
    changedBySecondFix: files.filter((file) => once.get(file) !== twice.get(file)),
    lostComments: changed.flatMap((file) => named(file, compared(file)?.lostComments)),
    // Taking one of two equal keyword arguments away takes its string away.
    lostStrings: changed.filter(compiled).flatMap((file) => named(file, compared(file)?.lostStrings)),
    brokenLayout: changed.flatMap((file) => named(file, compared(file)?.layout)),
    changedWithoutFix: changed.filter((file) => !withFix.has(file)),
    falseSyntaxErrors: files.filter((file) => refused.has(file) && compiled(file)),
    missedSyntaxErrors: files.filter((file) => !refused.has(file) && !compiled(file) && !unreadable.includes(file)),
    seconds: { lint: lint.seconds, fix: fix.seconds, secondFix: secondFix.seconds },
  };
  return { measurement, lint, fix };
}

/** What must never happen, on any tree. */
export const FORBIDDEN = [
  'crashes',
  'newlyBroken',
  'changedBySecondFix',
  'lostComments',
  'lostStrings',
  'brokenLayout',
  'changedWithoutFix',
] as const satisfies readonly (keyof Measurement)[];

/** Everything in a measurement that must not be there. */
export function violations(measurement: Measurement): readonly string[] {
  return FORBIDDEN.flatMap((key) => measurement[key].map((entry) => `${measurement.tree}: ${key}: ${entry}`));
}

function digests(root: string, files: readonly string[]): ReadonlyMap<string, string> {
  const digest = (file: string): string =>
    createHash('sha1')
      .update(readFileSync(join(root, file)))
      .digest('hex');
  return new Map(files.map((file) => [file, digest(file)]));
}

function crashesIn({ findings }: Run): readonly string[] {
  return findings.filter(({ ruleId }) => ruleId === 'internal-error').map(({ file, message }) => `${file}: ${message}`);
}

function filesWith({ findings }: Run, rule: string): readonly string[] {
  return [...new Set(findings.filter(({ ruleId }) => ruleId === rule).map(({ file }) => file))];
}

function countByVerdict({ findings }: Run): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { ruleId, data } of findings) {
    const key = data.path === '' ? ruleId : `${ruleId} ${data.path}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const named = (file: string, entries: readonly string[] = []): readonly string[] =>
  entries.map((entry) => `${file}: ${entry}`);
