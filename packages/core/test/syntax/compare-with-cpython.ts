/**
 * Compares lowered trees with CPython's, statement by statement, spans included.
 *
 * Run over any files: `npx tsx packages/core/test/syntax/run-comparison.ts PYTHON PATH...`.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Parser } from '@pylint-leaks/core';
import { notationOf } from './notation';

/** What CPython says about one file. */
type Dump = { readonly path: string } & (
  { readonly error: string } | { readonly lines: readonly string[]; readonly values: Readonly<Record<string, string>> }
);

/** Differences found, and how much was looked at. */
export interface Comparison {
  readonly files: number;
  readonly statements: number;
  /** Files CPython refuses, or tree-sitter cannot parse. */
  readonly skipped: readonly string[];
  readonly differences: readonly string[];
}

/** Compares each file; at most `limit` differing lines are told per file. */
export function compareWithCPython(python: string, paths: readonly string[], parser: Parser, limit = 3): Comparison {
  const run = spawnSync(python, ['-X', 'utf8', join(__dirname, 'dump_ast.py')], {
    input: paths.join('\n'),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    timeout: 600_000,
  });
  if (run.status !== 0) throw new Error(`dump_ast.py failed: ${run.stderr}`);
  const skipped: string[] = [];
  const differences: string[] = [];
  let statements = 0;
  let files = 0;
  for (const line of run.stdout.split('\n')) {
    if (line === '') continue;
    const dump = JSON.parse(line) as Dump;
    if ('error' in dump) {
      skipped.push(`${dump.path}: CPython: ${dump.error}`);
      continue;
    }
    const text = readFileSync(dump.path, 'utf8')
      .replace(/^\uFEFF/, '')
      .replace(/\r\n?/g, '\n');
    const tree = parser.parse(text);
    if (tree.errors.length > 0) {
      skipped.push(`${dump.path}: tree-sitter reports ${String(tree.errors.length)} errors`);
      continue;
    }
    files++;
    statements += dump.lines.length;
    const notation = notationOf(tree, text);
    let told = 0;
    for (let i = 0; i < dump.lines.length && told < limit; i++) {
      if (notation.lines[i] === dump.lines[i]) continue;
      differences.push(`${dump.path}\n  CPython ${dump.lines[i] ?? ''}\n  ours    ${notation.lines[i] ?? ''}`);
      told++;
    }
    if (notation.lines.length > dump.lines.length && told === 0) differences.push(`${dump.path}: more statements`);
    for (const [place, value] of notation.values) {
      const theirs = dump.values[place];
      if (theirs !== value && told++ < limit) {
        differences.push(`${dump.path}:${place}\n  CPython ${String(theirs)}\n  ours    ${value}`);
      }
    }
  }
  return { files, statements, skipped, differences };
}

/** All Python files below some paths, sorted. */
export function pythonFiles(paths: readonly string[]): string[] {
  return paths
    .flatMap((path) =>
      statSync(path).isDirectory()
        ? readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name))
        : [path],
    )
    .filter((path) => path.endsWith('.py') && statSync(path).isFile())
    .sort();
}
