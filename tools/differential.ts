/**
 * Writes small Python programs over the whole catalogue, fixes them, and runs every function before and after, on all its
 * paths and with every step failing: `npm run differential -- --seeds 20 --functions 20000`. Exit code 1 when a fix did what no
 * fix may do, 2 when it could not run. Prints what happened, and how often the linter was right.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { examineSeed, type SeedResult } from './differential/examine';
import { accuracy, summary } from './differential/table';
import { root } from './test-all/command';

const USAGE = `usage: npm run differential -- [--seeds N] [--functions N]

  --seeds N        how many seeds  [default: 2]
  --first N        the first seed  [default: 1]
  --functions N    how many functions, over all seeds  [default: 600]
  --jobs N         seeds at a time  [default: 2]
  --python CMD     a Python >= 3.11, which gives places of calls  [default: python3]
  --cli FILE       the bundle to run  [default: dist/cli.cjs]
  --keep DIR       keep the programs there, as SEED/programs, SEED/safe and SEED/unsafe
  --json           everything, with the scenarios that show what went wrong, as JSON`;

const OPTIONS = {
  seeds: { type: 'string', default: '2' },
  first: { type: 'string', default: '1' },
  functions: { type: 'string', default: '600' },
  jobs: { type: 'string', default: '2' },
  python: { type: 'string', default: 'python3' },
  cli: { type: 'string', default: join(root, 'dist/cli.cjs') },
  keep: { type: 'string' },
  json: { type: 'boolean', default: false },
  /** For the processes that this one starts: one seed, as JSON. */
  worker: { type: 'boolean', default: false },
} as const;

/** Of each kind of failure. */
const MAX_PRINTED = 10;

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const [seeds, first, functions, jobs] = [values.seeds, values.first, values.functions, values.jobs].map(toCount);
  if (seeds === undefined || first === undefined || functions === undefined || jobs === undefined) {
    throw new Error('--seeds, --first, --functions and --jobs take numbers from 1');
  }
  if (!existsSync(values.cli)) throw new Error(`${values.cli} is missing: npm run build`);
  const each = Math.ceil(functions / seeds);
  if (values.worker) {
    console.log(JSON.stringify(inScratch(first, each, values.python, resolve(values.cli), values.keep)));
    return 0;
  }
  const results: SeedResult[] = [];
  const pending = Array.from({ length: seeds }, (_, index) => first + index);
  const work = async (): Promise<void> => {
    for (let seed = pending.shift(); seed !== undefined; seed = pending.shift()) {
      results.push(await startWorker(seed, each, values.python, values.cli, values.keep));
      console.error(`seed ${String(seed)}: ${String(results.at(-1)?.failures.length)} failures`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, seeds) }, work));
  results.sort((a, b) => a.seed - b.seed);
  console.log(values.json ? JSON.stringify(results) : `${summary(results)}\n\n${accuracy(results)}`);
  const failures = results.flatMap((result) => result.failures);
  for (const kind of new Set(failures.map((failure) => failure.kind))) {
    const alike = failures.filter((failure) => failure.kind === kind);
    for (const { seed, variant, place } of alike.slice(0, MAX_PRINTED)) {
      console.error(`seed ${String(seed)}: ${variant}: ${kind}: ${place}`);
    }
    if (alike.length > MAX_PRINTED) console.error(`and ${String(alike.length - MAX_PRINTED)} more: ${kind}`);
  }
  return failures.length === 0 ? 0 : 1;
}

function inScratch(seed: number, functions: number, python: string, cli: string, keep: string | undefined): SeedResult {
  const scratch =
    keep === undefined ? mkdtempSync(join(tmpdir(), 'pylint-leaks-programs-')) : join(resolve(keep), String(seed));
  if (keep !== undefined) {
    if (existsSync(scratch)) throw new Error(`${scratch} is there already`);
    mkdirSync(scratch, { recursive: true });
  }
  try {
    return examineSeed(seed, functions, { python, cli, scratch });
  } finally {
    if (keep === undefined) rmSync(scratch, { recursive: true, force: true });
  }
}

/** The same in a process of its own, so that seeds can run beside each other. */
function startWorker(
  seed: number,
  functions: number,
  python: string,
  cli: string,
  keep: string | undefined,
): Promise<SeedResult> {
  const numbers = ['--seeds', '1', '--first', String(seed), '--functions', String(functions)];
  const kept = keep === undefined ? [] : ['--keep', keep];
  const args = ['--import', 'tsx', __filename, '--worker', ...numbers, '--python', python, '--cli', cli, ...kept];
  return new Promise((succeed, fail) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: root });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', fail);
    child.on('close', (code) => {
      if (code === 0) succeed(JSON.parse(Buffer.concat(output).toString()) as SeedResult);
      else fail(new Error(`seed ${String(seed)}: ${Buffer.concat(errors).toString().slice(-2000)}`));
    });
  });
}

function toCount(text: string): number | undefined {
  return /^[1-9]\d*$/.test(text) ? Number(text) : undefined;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exitCode = 2;
  },
);
