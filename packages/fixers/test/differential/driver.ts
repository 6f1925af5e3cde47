import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Parser } from '@pylint-leaks/core';
import { createSourceFile, lintSource, type Fix, type LintOptions } from '@pylint-leaks/core';
import { applyFixes, chooseFixes, fixSource, offerFixes, type Candidate, type FixOptions } from '@pylint-leaks/fixers';
import { rules } from '@pylint-leaks/rules';

/** What the harness observed of one function. */
export interface FunctionReport {
  readonly scenarios: number;
  readonly leaks_before: number;
  readonly leaks_after: number;
  readonly tracked: number;
  readonly differences: readonly unknown[];
}

const RUNTIME_MODULE = 'pylint_leaks_runtime';
/** `match` statements of the corpus need Python 3.10. */
const PYTHON = process.env['PYTHON'] ?? 'python3';

/** Text of a module of the corpus. */
export function readCorpus(name: string): string {
  return readFileSync(join(__dirname, 'corpus', `${name}.py`), 'utf8');
}

function settings(parser: Parser): { readonly lint: LintOptions; readonly options: FixOptions } {
  const targetVersion = [3, 10] as const;
  return {
    lint: { parser, rules, targetVersion, ownerCalls: [`${RUNTIME_MODULE}.thread_manager.track`] },
    options: { targetVersion, runtimeModule: RUNTIME_MODULE },
  };
}

/** Fixes a module as the command line would. */
export function fixModule(
  parser: Parser,
  text: string,
  applicability: 'safe' | 'unsafe' = 'safe',
): ReturnType<typeof fixSource> {
  const { lint, options } = settings(parser);
  return fixSource(createSourceFile('module.py', text), lint, { ...options, applicability });
}

/** Fixes a module of the corpus. */
export function fixCorpus(
  parser: Parser,
  name: string,
  applicability: 'safe' | 'unsafe' = 'safe',
): ReturnType<typeof fixSource> {
  return fixModule(parser, readCorpus(name), applicability);
}

/** A module of random functions; the same seed gives the same module. */
export function randomModule(seed: number, count: number): string {
  return execFileSync(PYTHON, ['-B', join(__dirname, 'programs.py'), String(seed), String(count)], {
    encoding: 'utf8',
  });
}

/** Applies one pass of safe fixes, each changed first, without verification: it would stop most sabotage. */
export function sabotageCorpus(parser: Parser, name: string, change: (fix: Fix) => Fix): string {
  const { lint, options } = settings(parser);
  const text = readCorpus(name);
  const offered = offerFixes(lintSource(createSourceFile(`${name}.py`, text), lint), options);
  const candidates = offered.flatMap(({ diagnostic, fix }): Candidate[] =>
    fix?.applicability === 'safe' ? [{ diagnostic, fix }] : [],
  );
  return applyFixes(
    text,
    chooseFixes(text, candidates).map(({ fix }) => change(fix)),
  );
}

/** Runs both versions of a module in all scenarios: all their cases, or the functions that are named. */
export function compareRuns(
  before: string,
  after: string,
  functions: readonly string[] = [],
): Readonly<Record<string, FunctionReport>> {
  const folder = mkdtempSync(join(tmpdir(), 'pylint-leaks-differential-'));
  try {
    writeFileSync(join(folder, 'before.py'), before);
    writeFileSync(join(folder, 'after.py'), after);
    const runtime = join(__dirname, '../../../runtime/src');
    const output = execFileSync(PYTHON, ['-B', join(__dirname, 'harness.py'), 'before.py', 'after.py', ...functions], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PYTHONPATH: `${__dirname}:${runtime}` },
      maxBuffer: 64 * 1024 * 1024,
      timeout: 240_000,
    });
    return (JSON.parse(output) as { functions: Record<string, FunctionReport> }).functions;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Source of every top-level function of a module, decorators and comments before it excluded. */
export function functionsOf(text: string): ReadonlyMap<string, string> {
  const functions = new Map<string, string>();
  for (const match of text.matchAll(/^(?:async )?def (\w+)[^]*?(?=^\S|(?![^]))/gm))
    functions.set(match[1] as string, match[0].trimEnd());
  return functions;
}
