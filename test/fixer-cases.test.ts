import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createSourceFile, type LintOptions, type Parser } from '@pylint-leaks/core';
import { fixers, fixSource, offerFixes, type FixOptions } from '@pylint-leaks/fixers';
import { rules } from '@pylint-leaks/rules';
import {
  assertNoProblems,
  caseVersion,
  checkFixerCase,
  loadTestParser,
  readCases,
  type FixFunction,
} from '@pylint-leaks/testkit';

const root = join(__dirname, '..');

let parser: Parser;
beforeAll(async () => {
  parser = await loadTestParser();
});

const fix: FixFunction = (code, config, applicability) => {
  const bom = code.startsWith('\uFEFF') ? '\uFEFF' : '';
  const targetVersion = caseVersion(config);
  const { runtimeModule = 'pylint_leaks_runtime' } = config;
  const tracking = [`${runtimeModule}.thread_manager.track`, `${runtimeModule}.ThreadManager.track`];
  const { ownerCalls = tracking } = config;
  const lint: LintOptions = { parser, rules, targetVersion, ownerCalls };
  const options: FixOptions = { targetVersion, runtimeModule };
  // Decoding removes the mark before the core sees the text, and writing puts it back.
  const outcome = fixSource(createSourceFile('case.py', code.slice(bom.length)), lint, { ...options, applicability });
  const refusals = offerFixes(outcome.lint, options).flatMap(({ refused }) => refused ?? []);
  return { text: bom + outcome.text, refusals };
};

describe.each(fixers.map((fixer) => fixer.ruleId))('%s', (id) => {
  it.each(readCases(root, `packages/fixers/src/${id}/cases.md`))('%s', (_, testCase) => {
    assertNoProblems(checkFixerCase(testCase(), fix));
  });
});

/** A last line that nothing ends is where loops over lines go wrong. Blank lines may differ: one can be left over. */
describe.each(fixers.map((fixer) => fixer.ruleId))('%s without a final line end', (id) => {
  it.each(readCases(root, `packages/fixers/src/${id}/cases.md`))('%s', (_, testCase) => {
    const { code, config } = testCase();
    const cut = fix(code.replace(/(?:\r?\n)+$/, ''), config, 'unsafe');
    const written = (text: string) => text.split(/\r?\n/).filter((line) => line.trim() !== '');
    expect(written(cut.text)).toEqual(written(fix(code, config, 'unsafe').text));
  });
});

it('runs every file of cases', () => {
  const folder = join(root, 'packages/fixers/src');
  const withCases = readdirSync(folder).filter((id) => existsSync(join(folder, id, 'cases.md')));
  expect(withCases.filter((id) => id !== '_template')).toEqual(fixers.map((fixer) => fixer.ruleId));
});
