import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ALL_ACQUIRE_ROWS } from '../../packages/core/src/resources/catalogue';
import type { Finding } from '../ecosystem/product';

const Violation = z.object({
  file: z.string(),
  function: z.string().optional(),
  shape: z.string().optional(),
  /** Which fixes: `safe` or `unsafe`. */
  variant: z.string(),
  kind: z.enum(['changed behaviour', 'leak left', 'new leak', 'does not load']),
  /** The first scenarios that show it. */
  notes: z.array(z.unknown()),
});
const Site = z.object({
  file: z.string(),
  function: z.string(),
  line: z.number(),
  shape: z.string(),
  /** False for what the linter promises nothing about. */
  scored: z.boolean(),
  acquires: z.string(),
  family: z.string(),
  truth: z.enum(['all', 'some', 'exception', 'never']),
  /** What the linter says: `data.path` of its findings at this place. */
  paths: z.array(z.string()),
});
const Report = z.object({
  functions: z.number(),
  scenarios: z.number(),
  violations: z.array(Violation),
  sites: z.array(Site),
  unexecuted: z.number(),
  leaks: z.record(z.string(), z.object({ before: z.number(), gone: z.number() })),
});

/** What running the programs before and after fixes showed. */
export type Report = z.infer<typeof Report>;
/** A fix that went wrong in a function, or a file that does not load. */
export type Violation = z.infer<typeof Violation>;
/** One place that acquires: what is true of it, and what the linter says. */
export type Site = z.infer<typeof Site>;

/** Fixed copies of a tree of programs, with what the linter says about each file of them. */
export interface Variant {
  readonly folder: string;
  readonly findings: readonly Finding[];
}

const catalogueIn = (folder: string): string => join(folder, 'catalogue.json');

/**
 * Writes a tree of Python modules over all rows of the catalogue.
 *
 * @param folder - is made; `catalogue.json` and `programs.json` stand beside the modules.
 * @throws Error when the interpreter fails.
 */
export function writePrograms(python: string, seed: number, functions: number, folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(catalogueIn(folder), JSON.stringify(ALL_ACQUIRE_ROWS));
  runPython(python, [
    join(__dirname, 'write_programs.py'),
    String(seed),
    String(functions),
    catalogueIn(folder),
    folder,
  ]);
}

/**
 * Runs every function of a tree and of its fixed copies in all scenarios.
 *
 * @throws Error when the interpreter fails.
 */
export function runPrograms(
  python: string,
  files: readonly string[],
  before: Variant,
  variants: Readonly<Record<string, Variant>>,
): Report {
  const job = {
    catalogue: catalogueIn(before.folder),
    before: before.folder,
    files,
    variants: Object.fromEntries(Object.entries(variants).map(([name, { folder }]) => [name, folder])),
    findings: Object.fromEntries(
      Object.entries({ before, ...variants }).map(([name, { findings }]) => [name, placesByFile(findings)]),
    ),
  };
  return Report.parse(JSON.parse(runPython(python, ['-W', 'error', join(__dirname, 'run_programs.py')], job)));
}

/** Places of findings as the interpreter is asked about them. */
function placesByFile(findings: readonly Finding[]): Readonly<Record<string, readonly unknown[]>> {
  const places: Record<string, unknown[]> = {};
  for (const { file, line, column, endLine, endColumn, data, ruleId } of findings) {
    (places[file] ??= []).push([line, column, endLine ?? line, endColumn ?? column, data.path, ruleId]);
  }
  return places;
}

function runPython(python: string, args: readonly string[], input?: unknown): string {
  const { status, stdout, stderr, error } = spawnSync(python, ['-B', ...args], {
    input: input === undefined ? '' : JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 1024 * 1024 * 1024,
    env: { ...process.env, PYTHONIOENCODING: 'utf-8', PYTHONHASHSEED: '0' },
  });
  if (status !== 0) throw new Error(`${python} ${args.join(' ')}: ${error?.message ?? stderr.slice(-2000)}`);
  return stdout;
}
