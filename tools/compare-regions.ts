/**
 * Proves that looking only at what can matter finds what looking at everything finds: `npm run regions -- DIR...`. Lints each
 * Python file below the directories both ways, on its own, and then modules made of the cases. Exit code 1 when a finding
 * would be overlooked.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createSourceFile, lintSource, type LintOptions } from '@pylint-leaks/core';
import { rules as allRules } from '@pylint-leaks/rules';
import { parseCases } from '@pylint-leaks/testkit';
import { decode } from '../packages/cli/src/decode';
import { loadParser } from '../packages/cli/src/load-parser';
import { compareRegions, composedModules, type Comparison } from './regions/compare';
import { root } from './test-all/command';

/** A rule that does not say what it looks for has every file analysed whole. */
const rules = allRules.filter(({ meta }) => meta.concern !== undefined);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { generated: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
  });
  const parser = await loadParser({ prefer: 'wasm' });
  const options = { parser, rules, targetVersion: [3, 9] as const, ownerCalls: [] };
  let overlooked = 0;
  const lintAll = (name: string, texts: Iterable<readonly [string, string]>): void => {
    const counts: Record<Comparison['kind'], number> = { irrelevant: 0, clean: 0, whole: 0, unknown: 0 };
    for (const [path, text] of texts) {
      const { kind, overlooked: lost } = compareRegions(path, text, options);
      counts[kind]++;
      overlooked += lost.length;
      for (const finding of lost) console.log(`${path}: overlooked: ${finding}`);
    }
    const shown = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`);
    console.log(`${name}: ${shown.join(', ')}`);
  };
  for (const directory of positionals) lintAll(directory, filesBelow(directory));
  const count = Number(values.generated);
  lintAll(`${count} generated modules, seed ${values.seed}`, generated(count, Number(values.seed), options));
  console.log(`${overlooked} findings overlooked`);
  return overlooked === 0 ? 0 : 1;
}

function* filesBelow(directory: string): Generator<readonly [string, string]> {
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!name.endsWith('.py')) continue;
    const path = join(directory, name);
    const decoded = decode(readFileSync(path));
    if (decoded.kind === 'text') yield [path, decoded.text];
  }
}

function* generated(count: number, seed: number, options: LintOptions): Generator<readonly [string, string]> {
  const files = readdirSync(join(root, 'packages'), { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('cases.md') && !name.includes('node_modules'),
  );
  const codes = files.sort().flatMap((file) => {
    const path = join(root, 'packages', file);
    return parseCases(readFileSync(path, 'utf8'), path).map(({ code }) => code.replace(/^\uFEFF/, ''));
  });
  const quiet = codes.filter((code) => lintSource(createSourceFile('', code), options).diagnostics.length === 0);
  let number = 0;
  for (const text of composedModules(codes, quiet, count, seed)) yield [`generated ${number++}`, text];
}

void main().then((code) => {
  process.exitCode = code;
});
