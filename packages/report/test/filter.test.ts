import type { ReportFile, ReportFinding } from '../src/data';
import { EVERYTHING, facetCounts, filterRows, NOBODY, sortRows, toggle, toRows, type Filter } from '../src/filter';

const FILES: readonly ReportFile[] = [
  { path: 'app.py', owners: [], lines: {} },
  { path: 'src/db/store.py', owners: ['@data', '@core'], lines: {} },
  { path: 'src/web.py', owners: ['@core'], lines: {} },
];

function finding(id: string, file: number, changes: Partial<ReportFinding> = {}): ReportFinding {
  return {
    id,
    file,
    rule: 'unclosed-file',
    severity: 'error',
    impact: 'high',
    message: '`open` is never closed',
    scope: 'Store.load',
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 5,
    steps: [],
    fix: undefined,
    refused: undefined,
    ...changes,
  };
}

const FINDINGS = [
  finding('a', 0),
  finding('b', 1, { severity: 'warning', impact: 'low', rule: 'unclosed-socket' }),
  finding('c', 1, { fix: { title: 'Close it', applicability: 'safe', diff: [] } }),
  finding('d', 2, { impact: 'medium', scope: '' }),
];
const rows = toRows({ findings: FINDINGS, files: FILES });
const ids = (filter: Filter) => filterRows(rows, filter).map((row) => row.finding.id);
const facets = (chosen: Filter['facets']): Filter => ({ text: '', facets: chosen });

test.each([
  ['', 'abcd'],
  ['STORE', 'abc'],
  ['store.load db', 'bc'],
  ['@core', 'bcd'],
  ['socket', 'b'],
  ['nothing', ''],
])('%j finds %s', (text, expected) => {
  expect(ids({ text, facets: {} }).join('')).toBe(expected);
});

test.each([
  [{}, 'abcd'],
  [{ severity: 'warning' }, 'b'],
  [{ owner: '@core' }, 'bcd'],
  [{ owner: NOBODY }, 'a'],
  [{ directory: 'src/' }, 'bcd'],
  [{ directory: 'src/db/' }, 'bc'],
  [{ directory: 'src/web.py' }, 'd'],
  [{ fix: 'safe' }, 'c'],
  [{ fix: 'none', owner: '@core' }, 'bd'],
] as const)('%j admits %s', (chosen, expected) => {
  expect(ids(facets(chosen)).join('')).toBe(expected);
});

test('a facet counts what the rest of the filter admits, most first', () => {
  expect(facetCounts(rows, facets({ severity: 'error', rule: 'unclosed-socket' }), 'rule')).toEqual([
    { value: 'unclosed-file', count: 3, errors: 3 },
  ]);
  expect(facetCounts(rows, EVERYTHING, 'owner')).toEqual([
    { value: '@core', count: 3, errors: 2 },
    { value: '@data', count: 2, errors: 1 },
    { value: NOBODY, count: 1, errors: 1 },
  ]);
});

test('directories are those directly below the chosen one', () => {
  const shown = (filter: Filter) => facetCounts(rows, filter, 'directory').map(({ value, count }) => [value, count]);
  expect(shown(EVERYTHING)).toEqual([
    ['src/', 3],
    ['app.py', 1],
  ]);
  expect(shown(facets({ directory: 'src/' }))).toEqual([
    ['src/db/', 2],
    ['src/web.py', 1],
  ]);
});

test('a facet is set, changed and freed', () => {
  const one = toggle(EVERYTHING, 'rule', 'x');
  expect(one.facets).toEqual({ rule: 'x' });
  expect(toggle(one, 'rule', 'y').facets).toEqual({ rule: 'y' });
  expect(toggle(one, 'rule', 'x').facets).toEqual({});
});

test.each([
  ['file', 'abcd'],
  ['impact', 'acdb'],
  ['rule', 'acdb'],
] as const)('in order of %s: %s', (order, expected) => {
  expect(
    sortRows(rows, order)
      .map((row) => row.finding.id)
      .join(''),
  ).toBe(expected);
});

test('what is accepted is behind the status, and recordings can be chosen', () => {
  const acceptance = { by: 'baseline', reason: 'next year', owner: '@data', expires: undefined } as const;
  const mixed = toRows({
    findings: [
      finding('a', 0, { recorded: { label: 'confirmed', words: 'confirmed: 3 of 3 leaked' } }),
      finding('b', 1, { accepted: acceptance }),
      finding('c', 1, { recorded: { label: 'never executed', words: 'never executed' } }),
    ],
    files: FILES,
  });
  const found = (filter: Filter) => filterRows(mixed, filter).map((row) => row.finding.id);
  expect(found(EVERYTHING)).toEqual(['a', 'c']);
  expect(found(facets({ status: 'accepted' }))).toEqual(['b']);
  expect(found({ text: 'next year @data', facets: { status: 'accepted' } })).toEqual(['b']);
  expect(found(facets({ recording: 'confirmed' }))).toEqual(['a']);
  expect(facetCounts(mixed, EVERYTHING, 'rule')).toEqual([{ value: 'unclosed-file', count: 2, errors: 2 }]);
});
