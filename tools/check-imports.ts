/**
 * Checks the import direction: `npm run imports`. The rules are in .dependency-cruiser.cjs.
 *
 * dependency-cruiser sees no TypeScript at all, and passes, when it does not support the installed compiler; so this
 * also fails when a package has no cruised modules.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';

const root = process.cwd();
const FOLDERS = ['packages', 'tools', 'test'];
const MUST_BE_SEEN = ['packages/core/src/', 'packages/rules/src/', 'packages/fixers/src/', 'packages/cli/src/'];

const Report = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    totalCruised: z.number(),
    totalDependenciesCruised: z.number(),
    violations: z.array(
      z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string(), severity: z.string() }) }),
    ),
    ruleSetUsed: z.object({ forbidden: z.array(z.object({ name: z.string(), comment: z.string().optional() })) }),
  }),
});

function cruise(): z.infer<typeof Report> {
  const bin = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const args = [bin, ...FOLDERS, '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser gave no report: ${stderr || stdout}`);
  return Report.parse(JSON.parse(stdout));
}

const { modules, summary } = cruise();
const problems = summary.violations.map(({ from, to, rule }) => {
  const comment = summary.ruleSetUsed.forbidden.find(({ name }) => name === rule.name)?.comment ?? '';
  return `${from} -> ${to}\n    ${rule.name}: ${comment}`;
});
for (const folder of MUST_BE_SEEN) {
  if (!modules.some(({ source }) => source.startsWith(folder))) problems.push(`no module of ${folder} was seen`);
}
if (summary.totalDependenciesCruised === 0) problems.push('no import was seen');
for (const problem of problems) console.error(problem);
console.log(
  `${summary.totalCruised} modules, ${summary.totalDependenciesCruised} imports, ${problems.length} problems`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
