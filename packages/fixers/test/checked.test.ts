import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Fix, Parser } from '@pylint-leaks/core';
import { fixers, offerFixes } from '@pylint-leaks/fixers';
import { loadTestParser, readCases } from '@pylint-leaks/testkit';
import { lint, OPTIONS } from './lint';

const root = join(__dirname, '../../..');

let parser: Parser;
beforeAll(async () => {
  parser = await loadTestParser();
});

function offersFor(code: string): readonly Fix[] {
  return offerFixes(lint(parser, code), OPTIONS).flatMap(({ fix }) => fix ?? []);
}

/** What was checked, `!` before what does not hold. */
function checkedIn(code: string): readonly string[][] {
  return offersFor(code).map(({ checked }) =>
    checked.map(({ precondition, holds }) => (holds ? precondition : `!${precondition}`)),
  );
}

describe('the preconditions of a fix', () => {
  it('are all named, for a block around a file', () => {
    expect(checkedIn('def load(path):\n    f = open(path)\n    data = f.read()\n    return data\n')).toEqual([
      [
        'with-equals-release',
        'release-dominated',
        'layout-kept',
        'single-owner',
        'nothing-derived-survives',
        'release-unobserved',
        'known-resource',
        'no-comment-moved',
      ],
    ]);
  });

  it('say what does not hold', () => {
    const [fix] = offersFor('def lines(path):\n    f = open(path)\n    for line in f:\n        yield line\n');
    expect(fix).toMatchObject({ applicability: 'unsafe' });
    expect(fix?.checked).toContainEqual({
      precondition: 'release-unobserved',
      holds: false,
      detail: 'a generator holds it between its values',
    });
  });
});

describe.each(fixers.map(({ ruleId }) => ruleId))('the preconditions of %s', (id) => {
  const file = `packages/fixers/src/${id}/cases.md`;
  it('all hold exactly when the fix is safe', () => {
    expect(existsSync(join(root, file))).toBe(true);
    const wrong = readCases(root, file).flatMap(([name, read]) =>
      offersFor(read().code.replace(/^\uFEFF/, ''))
        .filter(({ applicability, checked }) => (applicability === 'safe') !== checked.every(({ holds }) => holds))
        .map(() => name),
    );
    expect(wrong).toEqual([]);
  });

  it('are each named once', () => {
    const wrong = readCases(root, file).flatMap(([name, read]) =>
      offersFor(read().code.replace(/^\uFEFF/, '')).flatMap(({ checked }) => {
        const names = new Set(checked.map(({ precondition }) => precondition));
        return names.size === 0 || names.size < checked.length ? [name] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });
});
