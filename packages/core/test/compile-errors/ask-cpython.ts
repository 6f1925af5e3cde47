import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What CPython says about one source: undefined when it compiles. */
export interface Refusal {
  /** 1-based; 0 when CPython names no line. */
  readonly line: number;
  readonly message: string;
}

/** Compiles each source with an interpreter, in order. */
export function askCPython(python: string, sources: readonly string[]): (Refusal | undefined)[] {
  const run = spawnSync(python, [join(__dirname, 'compile_each.py')], {
    input: sources.map((source) => JSON.stringify(source)).join('\n'),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    timeout: 600_000,
  });
  if (run.status !== 0) throw new Error(`compile_each.py failed: ${run.stderr}`);
  return run.stdout
    .trimEnd()
    .split('\n')
    .map((line) => {
      const answer = JSON.parse(line) as [number, string] | null;
      return answer === null ? undefined : { line: answer[0], message: answer[1] };
    });
}
