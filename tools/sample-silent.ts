/**
 * Prints a random sample of the acquisitions below directories that no rule says anything about, each with the reason of the
 * analysis and the code around it, to be judged by hand for what is missed: `npx tsx tools/sample-silent.ts DIR...`.
 */
import { readFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createSourceFile, lintSource, positionAt, ProjectPlan, type Lifetime, type Parser } from '@pylint-leaks/core';
import { loadTestParser } from '@pylint-leaks/testkit';
import { draw } from './ecosystem/draw';
import { sourceAround } from './ecosystem/source-around';
import { pythonFilesBelow } from './ecosystem/trees';

const USAGE = `usage: npx tsx tools/sample-silent.ts DIR... [--count N] [--seed N] [--no-with]

  --count N   how many to draw from all directories together  [default: 100]
  --seed N    the same seed draws the same sites of the same code  [default: 11]
  --no-with   leave out what a with statement enters`;

const OPTIONS = {
  count: { type: 'string', default: '100' },
  seed: { type: 'string', default: '11' },
  'no-with': { type: 'boolean', default: false },
} as const;

/** One acquisition without a verdict. */
interface SilentSite {
  readonly path: string;
  readonly shown: string;
  readonly line: number;
  readonly acquires: string;
  readonly reason: string;
}

/** Every acquisition below a directory that has no verdict, by file and line. */
function silentSites(root: string, parser: Parser): readonly SilentSite[] {
  const files = pythonFilesBelow(root).map((file) => join(root, file));
  const read = new Map<string, string>();
  const textOf = (path: string): string | undefined => {
    if (!read.has(path) && !files.includes(path)) return undefined;
    const text = read.get(path) ?? readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
    read.set(path, text);
    return text;
  };
  const known = new Set(files);
  const plan = new ProjectPlan(files, (path) => known.has(path));
  const found = new Map<string, readonly SilentSite[]>();
  for (let work = plan.next(); work.length > 0; work = plan.next()) {
    const results = work.map(({ path, asked }) => {
      const file = createSourceFile(path, textOf(path) ?? '');
      const linted = lintSource(file, {
        parser,
        rules: [],
        targetVersion: [3, 9],
        ownerCalls: [],
        outside: plan.index.outside(path),
        asked,
      });
      const sites = linted.lifetimes.filter(({ verdict }) => verdict === undefined);
      found.set(
        path,
        sites.map((site) => ({
          path,
          shown: `${basename(root)}/${relative(root, path)}`,
          line: positionAt(file, site.constructor_.span.start).line,
          acquires: site.factory ?? site.row.acquire,
          reason: reasonOf(site),
        })),
      );
      return { path, summary: linted.summary, lookups: linted.lookups };
    });
    plan.accept(results);
  }
  return files.flatMap((path) => found.get(path) ?? []);
}

function reasonOf({ holding, handOver, releases }: Lifetime): string {
  if (holding.kind === 'with-item') return 'with';
  return handOver ?? (releases.length > 0 ? 'released' : 'not-followed');
}

async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  if (positionals.length === 0) throw new Error('no directory is named');
  const parser = await loadTestParser();
  const sites = positionals
    .flatMap((root) => silentSites(resolve(root), parser))
    .filter(({ reason }) => !(values['no-with'] && reason === 'with'));
  const counts = new Map<string, number>();
  for (const { reason } of sites) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  console.log(`${sites.length} silent acquisitions`);
  for (const [reason, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) console.log(`  ${count} ${reason}`);
  for (const { path, shown, line, acquires, reason } of draw(sites, Number(values.count), Number(values.seed))) {
    console.log(`\n## ${shown}:${line} ${acquires}: ${reason}`);
    console.log(sourceAround(path, line, line + 12));
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`sample-silent: ${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 2;
});
