import { loadTestParser } from '@pylint-leaks/testkit';
import { defineRule, type Rule } from '../../src/diagnostics/define-rule';
import { lintSource, type LintResult } from '../../src/linter/lint-source';
import type { Parser } from '../../src/syntax/parser';
import { createSourceFile, positionAt } from '../../src/text/source-file';

let parser: Parser;
beforeAll(async () => {
  parser = await loadTestParser();
});

/** A rule that reports every lost lifetime, for any family. */
const lossRule = (id: string): Rule => {
  const rule: unknown = defineRule({
    id,
    meta: { summary: 'Lost.', severity: 'error', recommended: true, fix: 'none', since: '0.1.0' },
    messages: { lost: '{{resource}} is lost on {{path}}' },
    check({ lifetimes }, report) {
      for (const lifetime of lifetimes) {
        if (lifetime.verdict === undefined) continue;
        report({
          messageId: 'lost',
          span: lifetime.acquire.span,
          data: { resource: lifetime.row.acquire, path: lifetime.verdict, impact: 'high' },
          related: lifetime.path,
          evidence: { kind: 'lifetime', lifetime },
        });
      }
    },
  });
  return rule as Rule;
};

const PROGRAM = `import sqlite3
import threading


def second(path):
    connection = sqlite3.connect(path)
    file = open(path)
    if path:
        return file.read()
    connection.close()


def first(paths):
    for path in paths:
        threading.Thread(target=path).start()
    return [open(path).read() for path in paths], open(paths)


class Store:
    def __init__(self, path):
        self.connection = sqlite3.connect(path)
`;

function lint(text: string, rules: readonly Rule[] = [lossRule('lost')]): LintResult {
  return lintSource(createSourceFile('case.py', text), { parser, rules, targetVersion: [3, 9], ownerCalls: [] });
}

/** Everything a report is made of; lines and columns instead of offsets, which depend on the line ends. */
function summary({ file, diagnostics }: LintResult): readonly unknown[] {
  const place = (offset: number): string => {
    const { line, column } = positionAt(file, offset);
    return `${String(line)}:${String(column)}`;
  };
  return diagnostics.map((diagnostic) => [
    `${place(diagnostic.span.start)}-${place(diagnostic.span.end)}`,
    diagnostic.ruleId,
    diagnostic.severity,
    diagnostic.message,
    diagnostic.related.map(({ span, message }) => `${place(span.start)} ${message}`),
  ]);
}

it('gives the same result twice', () => {
  expect(summary(lint(PROGRAM))).toEqual(summary(lint(PROGRAM)));
  expect(lint(PROGRAM).diagnostics.length).toBe(5);
});

it('sorts by place, then by rule, whatever the order of the rules', () => {
  const rules = ['b', 'a', 'c'].map(lossRule);
  const result = lint(PROGRAM, rules);
  expect(summary(result)).toEqual(summary(lint(PROGRAM, [...rules].reverse())));
  const places = result.diagnostics.map(({ span, ruleId }) => [span.start, ruleId] as const);
  const sorted = [...places].sort(([a, x], [b, y]) => a - b || (x < y ? -1 : 1));
  expect(places).toEqual(sorted);
  expect(new Set(places.map(([start]) => start)).size * 3).toBe(places.length);
});

it.each([
  ['CRLF', '\r\n'],
  ['a lone CR', '\r'],
])('gives the same lines and columns with %s', (_, eol) => {
  expect(summary(lint(PROGRAM.replace(/\n/g, eol)))).toEqual(summary(lint(PROGRAM)));
});

it('does not care about indentation, comments and blank lines', () => {
  const strip = (result: LintResult): readonly string[] => result.diagnostics.map(({ message }) => message);
  const spaced = PROGRAM.replace(/\n/g, '\n\n').replace(/^( *)(\w.*)$/gm, '$1$1$2  # note');
  expect(strip(lint(spaced))).toEqual(strip(lint(PROGRAM)));
  expect(strip(lint(PROGRAM.replace(/ {4}/g, '\t')))).toEqual(strip(lint(PROGRAM)));
});

it('does not let one function change what is said about another', () => {
  const messages = (text: string): readonly string[] => lint(text).diagnostics.map(({ message }) => message);
  const [header = '', ...definitions] = PROGRAM.split('\n\n\n');
  const turned = [header, ...[...definitions].reverse()].join('\n\n\n');
  expect([...messages(turned)].sort()).toEqual([...messages(PROGRAM)].sort());
  expect(definitions.flatMap((definition) => messages(`${header}\n\n\n${definition}`))).toEqual(messages(PROGRAM));
});

it.each([
  ['nothing', ''],
  ['only a comment', '# open(x)\n'],
  ['no line end', 'open(x)'],
  ['NUL', 'x = 1\0\n'],
  ['unfinished text', 'def f(:\n    x = open('],
  ['a lone surrogate', 's = "\uD800"\nopen(s)\n'],
  ['brackets to the depth of the stack', `${'('.repeat(5000)}1${')'.repeat(5000)}\n`],
  ['names to the depth of the stack', `x = ${'a.'.repeat(20_000)}b\n`],
  ['calls to the depth of the stack', `x = f${'()'.repeat(20_000)}\n`],
  ['a long chain of operators', `x = ${'1 + '.repeat(20_000)}1\n`],
  ['a long chain of elif', `if a:\n    pass\n${'elif b:\n    pass\n'.repeat(3000)}`],
  ['blocks to the depth of the stack', Array.from({ length: 90 }, (_, i) => `${' '.repeat(i)}if a:\n`).join('')],
])('reports nothing and does not crash: %s', (_, text) => {
  const result = lint(text);
  expect(result.diagnostics).toEqual([]);
});
