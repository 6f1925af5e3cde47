import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Parser } from '@pylint-leaks/core';
import { loadTestParser, parseCases } from '@pylint-leaks/testkit';
import { itWithPython, libraryFiles, PYTHON } from '../python';
import { askCPython } from './ask-cpython';
import { measure } from './measure';
import { mutate } from './mutations';

let parser: Parser;
beforeAll(async () => {
  parser = await loadTestParser();
});

const SMALL = 40_000;

/** Sources of the standard library as `compile()` would read them. */
function librarySources(step: number): string[] {
  return libraryFiles(step)
    .map((path) => readFileSync(path, 'utf8').replace(/^\uFEFF/, ''))
    .filter((text) => text.length < SMALL && !text.includes('\uFFFD'));
}

describe('compared with CPython', () => {
  itWithPython('is silent on valid files of the standard library', () => {
    const sources = librarySources(12);
    const result = measure(parser, sources, askCPython(PYTHON, sources));
    expect(result.accepted).toBeGreaterThan(50);
    expect(result.falseAlarms).toEqual([]);
  });

  itWithPython('finds what random edits break, on the same line', () => {
    const sources = librarySources(40).flatMap((text, index) => mutate(text, 8, index));
    const result = measure(parser, sources, askCPython(PYTHON, sources));
    expect(result.refused).toBeGreaterThan(50);
    expect(result.falseAlarms).toEqual([]);
    // The other way round a newer Python may read what this one refuses, so not every refusal has to be found.
    expect(result.missed.length / result.refused).toBeLessThan(0.01);
    expect(result.sameFirstLine / result.refused).toBeGreaterThan(0.95);
    expect(result.most).toBeLessThan(5);
  });

  itWithPython('has no case of an error that CPython accepts', () => {
    const file = 'packages/rules/src/syntax-error/cases.md';
    const cases = parseCases(readFileSync(join(__dirname, '../../../..', file), 'utf8'), file);
    const wrong = cases.filter((each) => each.expectations.length > 0);
    const answers = askCPython(
      PYTHON,
      wrong.map((each) => each.code),
    );
    expect(wrong.filter((_, index) => answers[index] === undefined).map((each) => each.name)).toEqual([]);
  });
});
