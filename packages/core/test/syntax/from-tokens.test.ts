import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Parser, SyntaxTree } from '@pylint-leaks/core';
import { loadTestParser, parseCases } from '@pylint-leaks/testkit';
import { findSyntaxProblems } from '../../src/syntax/compile-errors/find-syntax-problems';
import { grammaticalTokens } from '../../src/syntax/compile-errors/grammatical';
import { surelyCompiles } from '../../src/syntax/compile-errors/surely-compiles';
import { buildModule } from '../../src/syntax/from-tokens/build-module';
import { lowerModule } from '../../src/syntax/lower-module';
import { mutate } from '../compile-errors/mutations';
import { libraryFiles } from '../python';

/** There are two ways to a tree: from the tokens of a text that surely compiles, and from tree-sitter's tree of any text. */
let parser: Parser;
beforeAll(async () => {
  parser = await loadTestParser();
});
jest.setTimeout(120_000);

const packages = join(__dirname, '../../..');

function filesBelow(folder: string, suffix: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(suffix) && !name.includes('node_modules'))
    .sort()
    .map((name) => join(folder, name));
}

const cases = ['rules', 'fixers']
  .flatMap((name) => filesBelow(join(packages, name, 'src'), 'cases.md'))
  .flatMap((path) => parseCases(readFileSync(path, 'utf8'), path).map(({ code }) => code.replace(/^\uFEFF/, '')));
const sources = [
  join(__dirname, 'every_construct.py'),
  ...filesBelow(join(packages, 'runtime'), '.py'),
  // Where there is a Python; the rest stands without.
  ...libraryFiles(40),
].map((path) => readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));

/** What tree-sitter reads otherwise than CPython does: it takes `c as d` for the last part of the conditional. */
const MISREAD = /\bwith\b[^\n]*\bif\b[^\n]*\belse\b[^\n]*\bas\b/;

function bySitter(text: string): SyntaxTree {
  return lowerModule(parser.parseRaw(text), text);
}

function isSure(text: string): boolean {
  const tokens = grammaticalTokens(text);
  return tokens !== undefined && surelyCompiles(tokens, () => buildModule(tokens));
}

/** The tree from the tokens, compared with the other one; false when it is left to tree-sitter. */
function expectSameTree(text: string): boolean {
  if (MISREAD.test(text)) return false;
  const tokens = grammaticalTokens(text);
  const built = tokens === undefined ? undefined : buildModule(tokens);
  if (built === undefined) return false;
  const expected = bySitter(text);
  if (isSure(text)) expect(findSyntaxProblems(text, expected, [3, 9])).toEqual([]);
  expect(built.module).toEqual(expected.module);
  expect(built.comments).toEqual(expected.comments);
  // tree-sitter leaves out some that stand between brackets.
  expect(built.lineContinuations).toEqual(expect.arrayContaining([...expected.lineContinuations]));
  return true;
}

it('gives the same tree both ways', () => {
  expect(sources.filter(expectSameTree).length).toBeGreaterThan(sources.length * 0.8);
});

it('gives the same tree both ways for the cases of rules and fixers', () => {
  const compiling = cases.filter((text) => text.includes('\r') || expectSameTree(text));
  expect(compiling.length).toBeGreaterThan(cases.length * 0.8);
});

it('calls nothing sure in which the slow way finds a problem', () => {
  const broken = cases.filter(
    (text) => !text.includes('\r') && findSyntaxProblems(text, bySitter(text), [3, 9]).length > 0,
  );
  expect(broken.length).toBeGreaterThan(50);
  expect(broken.filter((text) => isSure(text))).toEqual([]);
});

it('does neither for random edits', () => {
  const small = [...cases, ...sources.filter((text) => text.length < 8000)];
  const edited = small.flatMap((text, seed) => mutate(text, 2, seed)).filter((text) => !text.includes('\r'));
  const compiling = edited.filter(expectSameTree);
  expect(compiling.length).toBeGreaterThan(edited.length * 0.1);
  expect(compiling.length).toBeLessThan(edited.length * 0.9);
});

it('reads a conditional before `as` as CPython does', () => {
  const [statement] = parser.parse('with a if b else c as d:\n    pass\n').module.body.statements;
  expect(statement).toMatchObject({
    kind: 'With',
    items: [{ context: { kind: 'Conditional', orelse: { id: 'c' } }, target: { kind: 'Name', id: 'd' } }],
  });
});
