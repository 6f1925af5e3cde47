import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSourceFile, lintSource, type LintOptions } from '@pylint-leaks/core';
import { rules as allRules } from '@pylint-leaks/rules';
import { loadTestParser, parseCases } from '@pylint-leaks/testkit';
import { compareRegions, composedModules } from '../../../../tools/regions/compare';
import { libraryFiles } from '../python';

/** `npm run regions` does the same with more files and modules. */
jest.setTimeout(180_000);

const packages = join(__dirname, '../../..');
const codes = ['rules', 'fixers'].flatMap((name) => {
  const folder = join(packages, name, 'src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('cases.md'));
  return files.sort().flatMap((file) => {
    const path = join(folder, file);
    return parseCases(readFileSync(path, 'utf8'), path).map(({ code }) => code.replace(/^\uFEFF/, ''));
  });
});

/** A rule that does not say what it looks for has every file analysed whole. */
const rules = allRules.filter(({ meta }) => meta.concern !== undefined);

let options: LintOptions;
beforeAll(async () => {
  options = { parser: await loadTestParser(), rules, targetVersion: [3, 9], ownerCalls: [] };
});

it('overlooks nothing in the cases', () => {
  const compared = codes.map((code, index) => compareRegions(`case ${index}`, code, options));
  expect(compared.flatMap(({ overlooked }) => overlooked)).toEqual([]);
  expect(compared.filter(({ kind }) => kind === 'clean' || kind === 'irrelevant').length).toBeGreaterThan(5);
});

it('overlooks nothing in modules made of cases', () => {
  const quiet = codes.filter((code) => lintSource(createSourceFile('', code), options).diagnostics.length === 0);
  const compared = [...composedModules(codes, quiet, 200, 7)].map((text, i) => compareRegions(`${i}`, text, options));
  expect(compared.flatMap(({ overlooked }) => overlooked)).toEqual([]);
  expect(compared.filter(({ kind }) => kind === 'clean').length).toBeGreaterThan(10);
});

it('overlooks nothing in a part of the standard library, and leaves most of it alone', () => {
  const compared = libraryFiles(30).map((path) =>
    compareRegions(path, readFileSync(path, 'utf8').replace(/^\uFEFF/, ''), options),
  );
  expect(compared.flatMap(({ overlooked }) => overlooked)).toEqual([]);
  // There may be no Python, and then there is no library.
  const left = compared.filter(({ kind }) => kind === 'irrelevant').length;
  expect(left).toBeGreaterThanOrEqual(compared.length / 3);
});

it.each([
  ['a name that is imported under another', 'from sqlite3 import connect as c\n\n\ndef f(p):\n    c(p).execute("")\n'],
  ['a name that is assigned', 'opener = open\n\n\ndef f(p):\n    return opener(p).read()\n'],
  ['a subclass', 'import threading\n\n\nclass W(threading.Thread):\n    pass\n\n\ndef f():\n    W().start()\n'],
  ['a factory of the file', 'def make(p):\n    return open(p)\n\n\ndef f(p):\n    return make(p).read()\n'],
  [
    'a type of an attribute',
    'from pathlib import Path\n\n\nclass A:\n    def __init__(self, p):\n        self.p = Path(p)\n\n    def f(self):\n        return self.p.open().read()\n',
  ],
  [
    'a thread that another method starts',
    'import threading\n\n\nclass A:\n    def __init__(self):\n        self.t = threading.Thread(target=print)\n\n    def go(self):\n        self.t.start()\n',
  ],
])('does not overlook %s', (_, text) => {
  expect(lintSource(createSourceFile('', text), options).diagnostics).not.toEqual([]);
  expect(compareRegions('', text, options).overlooked).toEqual([]);
});
