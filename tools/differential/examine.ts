import { join } from 'node:path';
import { measureWithReports, violations as forbidden, type Measured } from '../ecosystem/measure';
import { pythonFilesBelow } from '../ecosystem/trees';
import { runPrograms, writePrograms, type Report, type Site } from './programs';

/** One thing that must not be, in a form that people and tests can read. */
export interface Failure {
  readonly seed: number;
  readonly variant: string;
  /** `changed behaviour`, `leak left`, … of a function, or `newlyBroken`, `lostComments`, … of a file. */
  readonly kind: string;
  readonly place: string;
  readonly details: unknown;
}

/** What came of the programs of one seed. */
export interface SeedResult {
  readonly seed: number;
  readonly functions: number;
  readonly scenarios: number;
  readonly findings: number;
  /** By kind of fix. */
  readonly fixed: Readonly<Record<string, number>>;
  /** Functions that unsafe fixes change, which they may. */
  readonly changedByUnsafe: number;
  readonly leaks: Report['leaks'];
  readonly failures: readonly Failure[];
  readonly sites: readonly Site[];
  /** Findings at places that no scenario reached. */
  readonly unexecuted: number;
}

export interface Settings {
  readonly python: string;
  /** Path of the bundle. */
  readonly cli: string;
  /** An empty folder. */
  readonly scratch: string;
}

/** Writes the programs of a seed, lints and fixes them, runs them before and after, and says what went wrong. */
export function examineSeed(seed: number, functions: number, { python, cli, scratch }: Settings): SeedResult {
  const source = join(scratch, 'programs');
  writePrograms(python, seed, functions, source);
  const files = pythonFilesBelow(source);
  const fix = (variant: string, unsafe: boolean): Measured =>
    measureWithReports({ tree: variant, source, files, scratch: join(scratch, variant), cli, python, unsafe });
  const safe = fix('safe', false);
  const unsafe = fix('unsafe', true);
  const report = runPrograms(
    python,
    files,
    { folder: source, findings: safe.lint.findings },
    {
      safe: { folder: join(scratch, 'safe/after'), findings: safe.fix.findings },
      unsafe: { folder: join(scratch, 'unsafe/after'), findings: unsafe.fix.findings },
    },
  );
  const isAllowed = ({ kind, variant }: { kind: string; variant: string }): boolean =>
    kind === 'changed behaviour' && variant === 'unsafe';
  return {
    seed,
    functions: report.functions,
    scenarios: report.scenarios,
    findings: safe.lint.findings.length,
    fixed: { safe: safe.measurement.fixed, unsafe: unsafe.measurement.fixed },
    changedByUnsafe: report.violations.filter(isAllowed).length,
    leaks: report.leaks,
    failures: [
      ...[safe, unsafe].flatMap((measured) => failuresOfFiles(seed, measured)),
      ...report.violations
        .filter((violation) => !isAllowed(violation))
        .map(({ variant, kind, file, function: name = '', shape = '', notes }) => {
          return { seed, variant, kind, place: `${file} ${name} (${shape})`, details: notes };
        }),
    ],
    sites: report.sites,
    unexecuted: report.unexecuted,
  };
}

/** What must never happen to a file, as `npm run ecosystem` sees it. */
function failuresOfFiles(seed: number, { measurement }: Measured): readonly Failure[] {
  const said = forbidden(measurement);
  const refused = measurement.falseSyntaxErrors.map((file) => `${measurement.tree}: falseSyntaxErrors: ${file}`);
  return [...said, ...refused].map((text) => {
    const [variant = '', kind = '', ...place] = text.split(': ');
    return { seed, variant, kind, place: place.join(': '), details: [] };
  });
}
