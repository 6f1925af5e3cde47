import { nodeModule, stream } from './command';
import { FAILED, PASSED, type Step } from './tally';

/** One check: a program that exits with 0 when all is well. Each has a test that plants a violation (test/checks). */
interface Check {
  readonly name: string;
  /** Arguments of `node`. */
  readonly args: readonly string[];
  /** What mends it. */
  readonly hint: string;
}

const TSX = nodeModule('tsx/dist/cli.mjs');

const CHECKS: readonly Check[] = [
  { name: 'types', args: [nodeModule('typescript/bin/tsc'), '-p', '.'], hint: 'npm run typecheck' },
  {
    // It runs in a browser, with other types.
    name: 'types of the page',
    args: [nodeModule('typescript/bin/tsc'), '-p', 'packages/report'],
    hint: 'npm run typecheck',
  },
  { name: 'lint', args: [nodeModule('eslint/bin/eslint.js'), '.'], hint: 'npm run lint' },
  {
    name: 'formatting',
    args: [nodeModule('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
    hint: 'npm run format',
  },
  { name: 'generated', args: [TSX, 'tools/generate.ts', '--check'], hint: 'npm run generate' },
  { name: 'imports', args: [TSX, 'tools/check-imports.ts'], hint: 'npm run imports' },
  { name: 'bundle', args: ['scripts/bundle.cjs'], hint: 'npm run build' },
];

/** Every check as a step that runs it. */
export const checkSteps: readonly Step[] = CHECKS.map(({ name, args, hint }) => ({
  name,
  async run() {
    console.log(`\n--- ${name}`);
    const code = await stream(process.execPath, args, { timeoutSeconds: 600 });
    console.log(code === 0 ? `${name}: passed` : `${name}: FAILED (${hint})`);
    return [code === 0 ? PASSED : FAILED];
  },
}));
