/** Command: compares lowering with CPython over whole trees. Usage: see `compare-with-cpython.ts`. */
import { loadTestParser } from '@pylint-leaks/testkit';
import { compareWithCPython, pythonFiles } from './compare-with-cpython';

const FILES_PER_RUN = 200;

async function main(): Promise<void> {
  const [python = 'python3', ...paths] = process.argv.slice(2);
  const parser = await loadTestParser();
  const files = pythonFiles(paths);
  const total = { files: 0, statements: 0, skipped: 0, differences: 0 };
  for (let i = 0; i < files.length; i += FILES_PER_RUN) {
    const result = compareWithCPython(python, files.slice(i, i + FILES_PER_RUN), parser, 1);
    for (const text of [...result.skipped, ...result.differences]) console.log(text);
    total.files += result.files;
    total.statements += result.statements;
    total.skipped += result.skipped.length;
    total.differences += result.differences.length;
  }
  console.log(JSON.stringify(total));
  process.exitCode = total.differences === 0 ? 0 : 1;
}

void main();
