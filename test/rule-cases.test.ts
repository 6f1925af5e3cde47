import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Parser } from '@pylint-leaks/core';
import { rules } from '@pylint-leaks/rules';
import { assertNoProblems, caseLinter, checkRuleCase, loadTestParser, readCases } from '@pylint-leaks/testkit';

const root = join(__dirname, '..');
const knownRules = new Set(rules.map((rule) => rule.id));

let parser: Parser;
beforeAll(async () => {
  parser = await loadTestParser();
});

// All rules run on all cases: a rule that reports in the case of another one must say so there.
describe.each(rules.map((rule) => rule.id))('%s', (id) => {
  it.each(readCases(root, `packages/rules/src/${id}/cases.md`))('%s', (_, testCase) => {
    assertNoProblems(checkRuleCase(testCase(), caseLinter(parser, rules), knownRules));
  });
});

it('runs every file of cases', () => {
  const folder = join(root, 'packages/rules/src');
  const withCases = readdirSync(folder).filter((id) => existsSync(join(folder, id, 'cases.md')));
  expect(withCases.filter((id) => id !== '_template')).toEqual([...knownRules]);
});
