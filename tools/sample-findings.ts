/**
 * Prints a random sample of the findings of a JSON report, with the code around each, to be judged by hand:
 * `npx tsx tools/sample-findings.ts report.json`. The rules about growth are left out: they have no path that could be followed.
 */
import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { draw } from './ecosystem/draw';
import { sourceAround } from './ecosystem/source-around';

const USAGE = `usage: npx tsx tools/sample-findings.ts REPORT [--count N] [--seed N] [--root DIR]

  REPORT      what \`pylint-leaks --no-config --format json DIR\` wrote
  --count N   how many to draw  [default: 25]
  --seed N    the same seed draws the same findings of the same report  [default: 11]
  --root DIR  the directory that paths are shown relative to  [default: the working directory]`;

const OPTIONS = {
  count: { type: 'string', default: '25' },
  seed: { type: 'string', default: '11' },
  root: { type: 'string', default: '.' },
} as const;

const Report = z.array(
  z.object({
    filePath: z.string(),
    messages: z.array(
      z.object({
        ruleId: z.string(),
        severity: z.union([z.literal(1), z.literal(2)]),
        message: z.string(),
        line: z.number(),
        data: z.object({ path: z.string(), impact: z.string() }),
        related: z.array(z.object({ line: z.number() })).default([]),
      }),
    ),
  }),
);

const GROWTH = /^(unremoved-handler|growing-.*|unbounded-.*|uncollectable-cycle)$/;

function main(args: readonly string[]): void {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const [report] = positionals;
  if (report === undefined || positionals.length > 1) throw new Error('one report is needed');
  const findings = Report.parse(JSON.parse(readFileSync(report, 'utf8')))
    .flatMap(({ filePath, messages }) => messages.map((message) => ({ ...message, filePath })))
    .filter(({ ruleId, data }) => data.impact !== '' && !GROWTH.test(ruleId));
  const counts = new Map<string, number>();
  for (const { ruleId, severity } of findings) {
    const key = `${severity === 2 ? 'error' : 'warning'} ${ruleId}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  console.log(`${findings.length} findings`);
  for (const [key, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) console.log(`  ${count} ${key}`);
  for (const finding of draw(findings, Number(values.count), Number(values.seed))) {
    const { filePath, line, ruleId, severity, data, message, related } = finding;
    const level = severity === 2 ? 'error' : 'warning';
    console.log(`\n## ${relative(resolve(values.root), filePath)}:${line} ${level} ${ruleId} ${data.path}: ${message}`);
    console.log(sourceAround(filePath, line, Math.max(line, ...related.map((place) => place.line))));
  }
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(`sample-findings: ${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 2;
}
