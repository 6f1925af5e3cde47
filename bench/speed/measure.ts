import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Contender } from './contenders';
import type { Scenario } from './scenarios';

/** What one run cost. */
interface Cost {
  readonly wall: number;
  readonly cpu: number;
  readonly kilobytes: number;
  readonly code: number;
}

/** Medians over the runs of one contender in one scenario. */
export interface Result {
  readonly contender: string;
  readonly version: string;
  readonly scenario: string;
  readonly runs: number;
  /** Seconds. */
  readonly wall: number;
  /** Seconds of all processors together. */
  readonly cpu: number;
  /** Of the largest process. */
  readonly megabytes: number;
  readonly filesPerSecond: number;
  /** Wall time by that of the reference; undefined where the reference did not run. */
  readonly ratio: number | undefined;
  /** The same of the time of all processors, which a busy machine changes less. */
  readonly cpuRatio: number | undefined;
  readonly failed: boolean;
}

/**
 * Runs all contenders in one scenario, in turns, so that what else the machine does falls on all of them alike.
 *
 * @param reference - name of the contender that ratios are of.
 */
export function measure(
  scenario: Scenario,
  contenders: readonly Contender[],
  options: { readonly runs: number; readonly timeout: number; readonly reference: string },
): readonly Result[] {
  const costs = new Map<Contender, Cost[]>(contenders.map((contender) => [contender, []]));
  for (let run = 0; run < options.runs; run++) {
    for (const [contender, sofar] of costs) {
      if (contender.isSlow && sofar.length > 0 && (sofar[0]?.wall ?? 0) > SLOW_SECONDS) continue;
      contender.prepare?.(scenario.paths);
      sofar.push(runOnce(contender.command(scenario.paths), options.timeout));
    }
  }
  const results = [...costs].map(([{ name, version }, all]) => ({
    contender: name,
    version,
    scenario: scenario.name,
    runs: all.length,
    wall: median(all.map(({ wall }) => wall)),
    cpu: median(all.map(({ cpu }) => cpu)),
    megabytes: Math.round(median(all.map(({ kilobytes }) => kilobytes)) / 1024),
    filesPerSecond: Math.round(scenario.files / median(all.map(({ wall }) => wall))),
    failed: all.some(({ code }) => code < 0 || code > 1),
  }));
  const base = results.find(({ contender }) => contender === options.reference);
  return results.map((result) => ({
    ...result,
    ratio: base === undefined ? undefined : result.wall / base.wall,
    cpuRatio: base === undefined ? undefined : result.cpu / base.cpu,
  }));
}

/** What takes longer than this is measured once. */
const SLOW_SECONDS = 20;

function runOnce(command: readonly string[], timeout: number): Cost {
  const { stdout, status } = spawnSync('python3', [join(__dirname, 'run_once.py'), String(timeout), ...command], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${command[0] ?? ''} could not be run`);
  return JSON.parse(stdout) as Cost;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
