/**
 * For each row of the acquire table a program that leaks it and programs that do not: a new row needs no test of its own,
 * and a row that name resolution cannot reach fails here.
 */
import { loadTestParser } from '@pylint-leaks/testkit';
import { analyzeLifetimes } from '../../src/lifetimes/analyze';
import type { Lifetime } from '../../src/lifetimes/lifetime';
import { createCatalogue } from '../../src/resources/catalogue';
import type { AcquireRow } from '../../src/resources/model';
import { ACQUIRE_ROWS } from '../../src/resources/tables/acquire';
import { bind } from '../../src/semantic/bind';
import type { Parser } from '../../src/syntax/parser';
import { createSourceFile } from '../../src/text/source-file';

let parser: Parser;
beforeAll(async () => {
  parser = await loadTestParser();
});

const rows: readonly (readonly [string, AcquireRow])[] = ACQUIRE_ROWS.map((row) => [row.acquire, row]);

/** The start of a program that can make the call, and the call. Methods get their receiver as a parameter. */
function callOf({ acquire }: AcquireRow): { readonly header: string; readonly call: string } {
  const parts = acquire.split('.');
  const [name = ''] = parts.slice(-1);
  const owner = parts.slice(0, -1).join('.');
  const isMethod = /^[A-Z]/.test(parts.at(-2) ?? '');
  const module = isMethod ? parts.slice(0, -2).join('.') : owner;
  const imported = module === 'builtins' ? '' : `import ${module}\n\n\n`;
  if (isMethod) return { header: `${imported}def region(receiver: ${owner}):\n`, call: `receiver.${name}("data")` };
  const prefix = module === 'builtins' ? '' : `${module}.`;
  return { header: `${imported}def region():\n`, call: `${prefix}${name}("data")` };
}

function lifetimesOf(row: AcquireRow, body: (call: string) => readonly string[]): readonly Lifetime[] {
  const { header, call } = callOf(row);
  const file = createSourceFile(
    'case.py',
    `${header}${body(call)
      .map((line) => `    ${line}\n`)
      .join('')}`,
  );
  const catalogue = createCatalogue({ ownerCalls: [] });
  const model = bind(parser.parse(file.text).module, catalogue.types);
  return analyzeLifetimes(file, model, catalogue).filter((lifetime) => lifetime.row === row);
}

const started = ({ acquiredBy }: AcquireRow): readonly string[] =>
  acquiredBy === undefined ? [] : [`held.${acquiredBy}()`];

describe.each(rows)('%s', (_, row) => {
  it('is reported when nothing releases it', () => {
    const lifetimes = lifetimesOf(row, (call) => [`held = ${call}`, ...started(row), 'print("held")']);
    expect(lifetimes.map(({ verdict, loss }) => [verdict, loss])).toEqual([['all', 'never-released']]);
  });

  it.each(row.release)('is released by %s()', (release) => {
    const lifetimes = lifetimesOf(row, (call) => [`held = ${call}`, ...started(row), `held.${release}()`]);
    expect(lifetimes.map(({ verdict, releases }) => [verdict, releases.length])).toEqual([[undefined, 1]]);
  });

  it('is lost by an exception before the release', () => {
    const [release = ''] = row.release;
    const lifetimes = lifetimesOf(row, (call) => [`held = ${call}`, ...started(row), 'work()', `held.${release}()`]);
    expect(lifetimes.map(({ verdict }) => verdict)).toEqual(['exception']);
  });

  it('is handed over when it is returned', () => {
    const lifetimes = lifetimesOf(row, (call) => [`held = ${call}`, ...started(row), 'return held']);
    expect(lifetimes.map(({ verdict, handOver }) => [verdict, handOver])).toEqual([[undefined, 'returned']]);
  });

  if (row.with === 'closes' || row.with === 'closes-and-more' || row.with === 'binds-other') {
    it('is released by with', () => {
      const lifetimes = lifetimesOf(row, (call) => [`with ${call} as held:`, '    work(held)']);
      expect(lifetimes.map(({ verdict }) => verdict)).toEqual([undefined]);
    });
  } else if (row.with === 'transaction') {
    it('is not released by with', () => {
      const lifetimes = lifetimesOf(row, (call) => [`with ${call} as held:`, '    held.use()']);
      expect(lifetimes.map(({ verdict, loss }) => [verdict, loss])).toEqual([['all', 'with-does-not-close']]);
    });
  }
});
