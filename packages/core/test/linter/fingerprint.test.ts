import { loadTestParser } from '@pylint-leaks/testkit';
import { defineRule, type Rule } from '../../src/diagnostics/define-rule';
import { fingerprintsOf } from '../../src/linter/fingerprint';
import { lintSource } from '../../src/linter/lint-source';
import type { Parser } from '../../src/syntax/parser';
import { createSourceFile } from '../../src/text/source-file';

let parser: Parser;
beforeAll(async () => {
  parser = await loadTestParser();
});

const lost: unknown = defineRule({
  id: 'lost',
  meta: { summary: 'Lost.', severity: 'error', recommended: true, fix: 'none', since: '0.1.0' },
  messages: { lost: '{{resource}} {{path}}' },
  check({ lifetimes, file }, report) {
    for (const lifetime of lifetimes) {
      if (lifetime.verdict === undefined) continue;
      const data = { resource: lifetime.row.acquire, path: lifetime.verdict, impact: 'high' } as const;
      report({ messageId: 'lost', span: lifetime.acquire.span, data, evidence: { kind: 'lifetime', lifetime } });
    }
    for (const { index } of file.text.matchAll(/odd\b/g)) {
      const data = { resource: 'odd', path: 'all', impact: 'low' } as const;
      const evidence = { kind: 'syntax', defect: { kind: 'other' } } as const;
      report({ messageId: 'lost', span: { start: index, end: index + 3 }, data, evidence });
    }
  },
});

/** `scope subject ordinal` of each finding. */
function fingerprints(text: string): readonly string[] {
  const options = { parser, rules: [lost as Rule], targetVersion: [3, 9] as const, ownerCalls: [] };
  const result = lintSource(createSourceFile('case.py', text), options);
  const all = fingerprintsOf(result);
  return result.diagnostics.map((diagnostic) => {
    const { scope = '', subject = '', ordinal = -1 } = all.get(diagnostic) ?? {};
    return `${scope} | ${subject} | ${ordinal}`;
  });
}

test('Scopes are qualified, and a thread is named by what makes it', () => {
  const text = `import threading

class Store:
    def load(self, path):
        def inner():
            return open(path).read()
        worker = threading.Thread(target=inner)
        worker.start()

for name in odd:
    open(name)
`;
  expect(fingerprints(text)).toEqual([
    'Store.load.inner | open(path) | 0',
    'Store.load | threading.Thread(target=inner) | 0',
    '<module> | odd | 0',
    '<module> | open(name) | 0',
  ]);
});

test('Moving and reformatting a function changes nothing', () => {
  const before = `def load(path):
    f = open(path, 'r', encoding = 'utf-8')
    return f.read()
`;
  const after = `"""A page."""
import os


def other():
    pass


def load(path):
    # why
    f = open(
        path,
        "r",  # text
        encoding="utf-8",
    )
    return f.read()
`;
  expect(fingerprints(before)).toEqual(['load | open(path, "r", encoding="utf-8") | 0']);
  expect(fingerprints(after)).toEqual(fingerprints(before));
});

test('Repairing one of two equal calls and breaking the other is another finding', () => {
  const first = `def copy(path):
    data = open(path).read()
    with open(path) as f:
        return data, f.read()
`;
  const second = `def copy(path):
    with open(path) as f:
        data = f.read()
    return data, open(path).read()
`;
  expect(fingerprints(first)).toEqual(['copy | open(path) | 0']);
  expect(fingerprints(second)).toEqual(['copy | open(path) | 1']);
});

test('Every finding of a file has a fingerprint of its own', () => {
  const text = `import os

def twice(path):
    odd, r = os.pipe()
    open(path); open(path)

def twice(path):
    open(path)
    odd
`;
  const all = fingerprints(text);
  expect(all.length).toBeGreaterThan(4);
  expect(new Set(all).size).toBe(all.length);
});
