import { join } from 'node:path';
import type { Parser } from '@pylint-leaks/core';
import { loadTestParser } from '@pylint-leaks/testkit';
import { itWithPython, libraryFiles, PYTHON } from '../python';
import { compareWithCPython } from './compare-with-cpython';

let parser: Parser;
beforeAll(async () => {
  parser = await loadTestParser();
});

describe('the syntax tree', () => {
  itWithPython('is that of CPython for every kind of statement and expression', () => {
    const result = compareWithCPython(PYTHON, [join(__dirname, 'every_construct.py')], parser);
    expect(result.differences).toEqual([]);
    expect(result.skipped).toEqual([]);
    expect(result.statements).toBeGreaterThan(200);
  });

  itWithPython('is that of CPython for a part of the standard library', () => {
    const result = compareWithCPython(PYTHON, libraryFiles(15), parser);
    expect(result.differences).toEqual([]);
    expect(result.files).toBeGreaterThan(80);
    expect(result.skipped.length).toBeLessThan(result.files / 20);
  });
});
