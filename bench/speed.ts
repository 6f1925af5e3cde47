/**
 * Compares the time and memory of pylint-leaks with those of its peers on the same files in the same run:
 * `npm run bench -- DIR`. Peers are used when they are installed; nothing is fetched.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { contenders } from './speed/contenders';
import { measure, type Result } from './speed/measure';
import { scenarios } from './speed/scenarios';

const USAGE = `usage: npm run bench -- DIR [options]

  --bin DIR        look for peers there, too; may be repeated
  --runs N         runs of each, of which the median counts  [default: 5]
  --copies N       copies of all files in the largest scenario; 1 leaves it out  [default: 10]
  --timeout N      seconds after which a run is stopped  [default: 600]
  --only NAMES     contenders whose name starts with one of these (comma-separated)
  --reference NAME the contender that ratios are of  [default: ruff SIM115]
  --scenarios NAMES  only scenarios whose name starts with one of these: 1, 20, all
  --json FILE      write the results there, too`;

function main(args: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      bin: { type: 'string', multiple: true, default: [] },
      runs: { type: 'string', default: '5' },
      copies: { type: 'string', default: '10' },
      timeout: { type: 'string', default: '600' },
      only: { type: 'string' },
      scenarios: { type: 'string' },
      reference: { type: 'string', default: 'ruff SIM115' },
      json: { type: 'string' },
      cli: { type: 'string', default: join(__dirname, '../dist/cli.cjs') },
    },
  });
  const [tree] = positionals;
  if (tree === undefined || !existsSync(values.cli)) throw new Error('a directory, and a build, are needed');
  const scratch = mkdtempSync(join(tmpdir(), 'pylint-leaks-bench-'));
  try {
    const wanted = values.only?.split(',');
    const all = contenders(
      resolve(values.cli),
      values.bin.map((bin) => resolve(bin)),
      scratch,
    ).filter(({ name }) => wanted?.some((start) => name.startsWith(start)) ?? true);
    const results: Result[] = [];
    const chosen = values.scenarios?.split(',');
    for (const scenario of scenarios(resolve(tree), scratch, Number(values.copies))) {
      if (chosen !== undefined && !chosen.some((start) => scenario.name.startsWith(start))) continue;
      const fit = all.filter(({ isSlow }) => !isSlow || !scenario.name.includes(' x '));
      console.error(`${scenario.name}: ${scenario.files} files, ${(scenario.bytes / 1e6).toFixed(1)} MB`);
      const options = { runs: Number(values.runs), timeout: Number(values.timeout), reference: values.reference };
      results.push(...measure(scenario, fit, options));
    }
    console.log(table(results));
    console.log(`\n${cpus().length} processors (${cpus()[0]?.model ?? 'unknown'}), Node ${process.versions.node}`);
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
    return 0;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function table(results: readonly Result[]): string {
  const head = ['', 'Contender', 'Version', 'Runs', 'Seconds', 'CPU s', 'Ratio', 'CPU ratio', 'Peak MB', 'Files/s'];
  const rows = results.map((result) => [
    result.scenario,
    result.contender,
    result.version,
    String(result.runs),
    `${result.wall.toFixed(2)}${result.failed ? ' (failed)' : ''}`,
    result.cpu.toFixed(2),
    result.ratio === undefined ? '' : `${result.ratio.toFixed(2)}x`,
    result.cpuRatio === undefined ? '' : `${result.cpuRatio.toFixed(2)}x`,
    String(result.megabytes),
    String(result.filesPerSecond),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 2;
}
