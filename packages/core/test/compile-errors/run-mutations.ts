/**
 * Command: breaks files at random and compares our answers with an interpreter's.
 * Usage: `npx tsx packages/core/test/compile-errors/run-mutations.ts PYTHON SEED FILES MUTATIONS PATH...`
 */
import { readFileSync } from 'node:fs';
import { loadTestParser } from '@pylint-leaks/testkit';
import { pythonFiles } from '../syntax/compare-with-cpython';
import { askCPython } from './ask-cpython';
import { measure } from './measure';
import { mutate, randomFrom } from './mutations';

const LARGEST_FILE = 60_000;

async function main(): Promise<void> {
  const [python = 'python3', seedText = '1', filesText = '100', countText = '10', ...paths] = process.argv.slice(2);
  const seed = Number(seedText);
  const parser = await loadTestParser();
  const random = randomFrom(seed);
  const files = pythonFiles(paths)
    .map((path) => ({ path, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ path }) => readFileSync(path, 'utf8').replace(/^\uFEFF/, ''))
    .filter((text) => text.length < LARGEST_FILE && text !== '' && !text.includes('\uFFFD'))
    .slice(0, Number(filesText));
  const sources = files.flatMap((text, index) => mutate(text, Number(countText), seed * 1000 + index));
  const result = measure(parser, sources, askCPython(python, sources));
  const show = (source: string, line: number): string =>
    source
      .split('\n')
      .slice(Math.max(0, line - 3), line + 2)
      .map((text, i) => `      ${i === Math.min(2, line - 1) ? '>' : ' '} ${text}`)
      .join('\n');
  for (const { source, refusal } of result.missed)
    console.log(`MISSED ${refusal.message}\n${show(source, refusal.line)}`);
  for (const { source, line, detail } of result.falseAlarms) console.log(`FALSE ${detail}\n${show(source, line)}`);
  for (const { source, refusal, line, detail } of result.elsewhere) {
    console.log(
      `LINE ours ${String(line)} ${detail} | CPython ${String(refusal.line)} ${refusal.message}\n${show(source, line)}`,
    );
  }
  const { refused, accepted, missed, falseAlarms, sameFirstLine, sameLine, most } = result;
  console.log(
    JSON.stringify({
      refused,
      accepted,
      missed: missed.length,
      falseAlarms: falseAlarms.length,
      sameFirstLine,
      sameLine,
      most,
    }),
  );
}

void main();
