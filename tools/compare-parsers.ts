/**
 * Parses Python files with both bindings of tree-sitter and compares the concrete trees. The files: the example, the
 * runtime package, the code of all literate cases, and a fixed part of the standard library of the Python at hand.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Parser } from '@pylint-leaks/core';
import { loadParser } from '../packages/cli/src/load-parser';
import { parseCases } from '@pylint-leaks/testkit';
import { capture, root } from './test-all/command';
import { findPython } from './test-all/python';

/** Enough of the standard library to meet every construct, little enough to take a few seconds. */
const LIBRARY_FILES = 120;

/** Differences that are printed; more of them say nothing new. */
const SHOWN = 5;

function filesBelow(folder: string, suffix: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(suffix) && !name.includes('node_modules'))
    .sort()
    .map((name) => join(folder, name));
}

function libraryFiles(): readonly string[] {
  const python = findPython();
  if (python === undefined) return [];
  const script = 'import sysconfig; print(sysconfig.get_path("stdlib"))';
  const folder = capture(python.command, ['-c', script]).output.trim();
  const files = filesBelow(folder, '.py').filter((file) => !file.includes('site-packages'));
  const step = Math.max(1, Math.floor(files.length / LIBRARY_FILES));
  return files.filter((_, index) => index % step === 0);
}

/** Name and text of everything that is compared. */
function samples(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const file of [...filesBelow('examples', '.py'), ...filesBelow('packages/runtime', '.py'), ...libraryFiles()]) {
    found.set(file, readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  }
  for (const file of filesBelow('packages', 'cases.md')) {
    for (const each of parseCases(readFileSync(join(root, file), 'utf8'), file)) {
      found.set(`${file}: ${each.name}`, each.code.replace(/^\uFEFF/, ''));
    }
  }
  // What the two bindings could count differently: characters outside the basic plane, line ends, no text at all.
  for (const text of [
    '',
    '\n',
    's = "é😀"; f = open(s)\n',
    'if a:\r\n\tb()\r\n',
    'f(x for\n',
    'def (:\n  ('.repeat(20),
  ]) {
    found.set(JSON.stringify(text.slice(0, 40)), text);
  }
  return found;
}

function difference(native: Parser, wasm: Parser, text: string): string | undefined {
  const [left, right] = [native, wasm].map((parser) => JSON.stringify(parser.parseRaw(text))) as [string, string];
  if (left === right) return undefined;
  const at = [...left].findIndex((character, index) => character !== right[index]);
  return `native ${left.slice(Math.max(0, at - 80), at + 40)}\n    wasm   ${right.slice(Math.max(0, at - 80), at + 40)}`;
}

async function main(): Promise<number> {
  const native = await loadParser({ prefer: 'native' });
  const wasm = await loadParser({ prefer: 'wasm' });
  const texts = samples();
  let different = 0;
  for (const [name, text] of texts) {
    const problem = difference(native, wasm, text);
    if (problem === undefined) continue;
    different++;
    if (different <= SHOWN) console.log(`${name}: the trees differ\n    ${problem}`);
  }
  console.log(`${texts.size} texts compared, ${different} different`);
  return different === 0 && texts.size > 0 ? 0 : 1;
}

void main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
