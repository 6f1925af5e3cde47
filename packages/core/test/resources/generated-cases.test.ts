/**
 * For each row of the acquire table a program that leaks it and programs that do not: a new row needs no test of its own,
 * and a row that name resolution cannot reach fails here.
 */
import { loadTestParser } from '@pylint-leaks/testkit';
import { analyzeLifetimes } from '../../src/lifetimes/analyze';
import type { Lifetime } from '../../src/lifetimes/lifetime';
import { ALL_ACQUIRE_ROWS, createCatalogue } from '../../src/resources/catalogue';
import type { AcquireRow } from '../../src/resources/model';
import { bind } from '../../src/semantic/bind';
import type { Parser } from '../../src/syntax/parser';
import { createSourceFile } from '../../src/text/source-file';

let parser: Parser;
beforeAll(async () => {
  parser = await loadTestParser();
});

/** Rows of the usual kind: the result of the call is the resource, and a method of it is the release. */
const isUsual = ({ elements, of, obligation, release }: AcquireRow): boolean =>
  elements === undefined && of === undefined && obligation === undefined && release.length > 0;
const rows: readonly (readonly [string, AcquireRow])[] = ALL_ACQUIRE_ROWS.filter(isUsual).map((row) => [
  row.acquire,
  row,
]);
const unusual: readonly (readonly [string, AcquireRow])[] = ALL_ACQUIRE_ROWS.filter((row) => !isUsual(row)).map(
  (row) => [row.acquire, row],
);

/** Classes that PEP 8 does not tell from modules. */
const LOWER_CASE_CLASSES = new Set(['asyncio.loop', 'socket.socket']);

/** The start of a program that can make the call, and the call. Methods get their receiver as a parameter. */
function callOf({ acquire, of }: AcquireRow): { readonly header: string; readonly call: string } {
  const parts = acquire.split('.');
  const [name = ''] = parts.slice(-1);
  const owner = parts.slice(0, -1).join('.');
  const isMethod = parts.length > 2 && (/^[A-Z]/.test(parts.at(-2) ?? '') || LOWER_CASE_CLASSES.has(owner));
  const module = isMethod ? parts.slice(0, -2).join('.') : owner;
  const imported = module === 'builtins' ? '' : `import ${module}\n\n\n`;
  if (isMethod)
    return {
      header: `${imported}def region(receiver: ${owner}):\n`,
      call: `receiver.${name}(${of === undefined ? '"data"' : ''})`,
    };
  const prefix = module === 'builtins' ? '' : `${module}.`;
  return { header: `${imported}def region():\n`, call: `${prefix}${name}("data")` };
}

function lifetimesOf(row: AcquireRow, body: (call: string) => readonly string[]): readonly Lifetime[] {
  const { header, call } = callOf(row);
  // Clients that are made to be kept are only judged in loops.
  const loop = row.lifetime === 'program' ? '    for _ in "ab":\n' : '';
  const indentation = loop === '' ? '    ' : '        ';
  const file = createSourceFile(
    'case.py',
    `${header}${loop}${body(call)
      .map((line) => `${indentation}${line}\n`)
      .join('')}`,
  );
  const catalogue = createCatalogue({ ownerCalls: [] });
  const model = bind(parser.parse(file.text).module, catalogue.types);
  return analyzeLifetimes(file, model, catalogue).filter((lifetime) => lifetime.row === row);
}

const called = (method: string | undefined): readonly string[] => (method === undefined ? [] : [`held.${method}()`]);
const started = ({ acquiredBy }: AcquireRow): readonly string[] => called(acquiredBy);
/** As real as it gets: a client has connected. */
const opened = ({ acquiredBy, openedBy }: AcquireRow): readonly string[] => called(acquiredBy ?? openedBy?.[0]);

describe.each(rows)('%s', (_, row) => {
  it('is reported when nothing releases it', () => {
    const lifetimes = lifetimesOf(row, (call) => [`held = ${call}`, ...opened(row), 'print("held")']);
    expect(lifetimes.map(({ verdict, loss }) => [verdict, loss])).toEqual([['all', 'never-released']]);
  });

  it.each(row.release)('is released by %s()', (release) => {
    const lifetimes = lifetimesOf(row, (call) => [`held = ${call}`, ...started(row), `held.${release}()`]);
    expect(lifetimes.map(({ verdict, releases }) => [verdict, releases.length])).toEqual([[undefined, 1]]);
  });

  it('is lost by an exception before the release', () => {
    const [release = ''] = row.release;
    const lifetimes = lifetimesOf(row, (call) => [`held = ${call}`, ...opened(row), 'work()', `held.${release}()`]);
    expect(lifetimes.map(({ verdict }) => verdict)).toEqual(['exception']);
  });

  it('is handed over when it is returned', () => {
    const lifetimes = lifetimesOf(row, (call) => [`held = ${call}`, ...started(row), 'return held']);
    expect(lifetimes.map(({ verdict, handOver }) => [verdict, handOver])).toEqual([[undefined, 'returned']]);
  });

  if (row.acquiredBy !== undefined) return;
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

/** What ends the duty for a resource that has no release method: numbers and paths. */
const RELEASE_CALLS: Readonly<Record<string, string>> = { int: 'os.close', str: 'shutil.rmtree' };

function releaseOf({ release, type }: AcquireRow, name: string): string {
  const [method] = release;
  return method === undefined ? `${RELEASE_CALLS[type] ?? 'missing'}(${name})` : `${name}.${method}()`;
}

const withImports = (lines: readonly string[]): readonly string[] => ['import os, shutil', ...lines];

describe.each(unusual)('%s', (_, row) => {
  const verdicts = (body: (call: string) => readonly string[]): readonly unknown[] =>
    lifetimesOf(row, (call) => withImports(body(call))).map(({ verdict }) => verdict);

  if (row.of === 'receiver') {
    it('is lost by an exception before the release, and not when it is released at once', () => {
      const release = `receiver.${row.release[0] ?? ''}()`;
      expect(verdicts((call) => [call, 'work()', release])).toEqual(['exception']);
      expect(verdicts((call) => [call, release])).toEqual([undefined]);
    });
  } else if (row.obligation === 'keep') {
    it('is reported when it is dropped, and not when it is kept', () => {
      expect(verdicts((call) => [call])).toEqual(['all']);
      expect(verdicts((call) => [`held = ${call}`, 'work(held)'])).toEqual([undefined]);
    });
  } else if (row.elements !== undefined) {
    const elements = row.elements;
    const names = ['first', 'second'];
    it('is reported for each element that nothing releases', () => {
      expect(verdicts((call) => [`first, second = ${call}`])).toEqual(['all']);
      for (const kept of elements) {
        const others = elements.filter((element) => element !== kept);
        const releases = others.map((element) => releaseOf(row, names[element] ?? ''));
        expect(verdicts((call) => [`first, second = ${call}`, ...releases, 'print("kept")'])).toEqual(['all']);
      }
    });
    it('is silent when every element is released', () => {
      const releases = elements.map((element) => releaseOf(row, names[element] ?? ''));
      const guarded = releases.flatMap((release) => ['try:', '    pass', 'finally:', `    ${release}`]);
      expect(verdicts((call) => [`first, second = ${call}`, ...guarded])).toEqual([undefined]);
    });
  } else {
    it('is reported when nothing releases it, and not when its release call gets it', () => {
      expect(verdicts((call) => [`held = ${call}`, 'print("held")'])).toEqual(['all']);
      expect(verdicts((call) => [`held = ${call}`, releaseOf(row, 'held')])).toEqual([undefined]);
    });
  }
});
