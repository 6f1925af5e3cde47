import fc from 'fast-check';
import { createSourceFile, positionAt, textOf } from '../../src/text/source-file';
import { contains, overlaps } from '../../src/text/span';

const file = (text: string) => createSourceFile('case.py', text);

it.each<[string, string, readonly number[]]>([
  ['nothing', '', [0]],
  ['no line end at the end', 'a\nbc', [0, 2]],
  ['a line end at the end', 'a\nb\n', [0, 2, 4]],
  ['Windows', 'a\r\nb\r\n', [0, 3, 6]],
  ['old Mac', 'a\rb\r', [0, 2, 4]],
  ['mixed', 'a\r\n\n\rb', [0, 3, 4, 5]],
  // Form feeds, vertical tabs and Unicode separators end no line of Python.
  ['other separators', 'a\fb\vc\u2028d\x85e', [0]],
])('knows where lines start: %s', (_, text, starts) => {
  expect(file(text).lineStarts).toEqual(starts);
});

it.each<[number, number, number]>([
  [0, 1, 1],
  [1, 1, 2],
  [2, 1, 3],
  [3, 2, 1],
  [5, 2, 3],
  [99, 2, 3],
])('offset %i is line %i, column %i', (offset, line, column) => {
  expect(positionAt(file('a\r\nbc'), offset)).toEqual({ line, column });
});

it('counts columns in UTF-16 units', () => {
  expect(positionAt(file('"😀" x'), 5)).toEqual({ line: 1, column: 6 });
});

const texts = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r', '\r\n', 'ä', '😀'), maxLength: 40 });

it('agrees with counting line ends before the offset', () => {
  fc.assert(
    fc.property(texts, fc.nat(80), (text, at) => {
      const offset = Math.min(at, text.length);
      // Between the two characters of one line end the line has not ended yet.
      const before = text.slice(0, offset).replace(/\r$/, text[offset] === '\n' ? '' : '\r');
      const lines = before.split(/\r\n|\r|\n/);
      expect(positionAt(file(text), offset).line).toBe(lines.length);
    }),
  );
});

it('gives the same lines and columns whatever the line ends', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const lf = text.replace(/\r\n?/g, '\n');
      for (const eol of ['\r\n', '\r']) {
        const other = lf.replace(/\n/g, eol);
        const places = (source: string, wanted: RegExp) =>
          [...source.matchAll(wanted)].map(({ index }) => positionAt(file(source), index));
        expect(places(other, /a/g)).toEqual(places(lf, /a/g));
      }
    }),
  );
});

it('cuts the text of a span', () => {
  expect(textOf(file('x = open(p)'), { start: 4, end: 8 })).toBe('open');
});

it.each<[[number, number], [number, number], boolean, boolean]>([
  [[0, 4], [1, 2], true, true],
  [[0, 4], [0, 4], true, true],
  [[0, 4], [4, 6], false, false],
  [[0, 4], [3, 6], false, true],
  [[0, 4], [2, 2], true, true],
  [[0, 4], [4, 4], true, false],
  [[0, 4], [0, 0], true, false],
])('%j contains %j: %s; overlaps: %s', ([start, end], [from, to], inside, shared) => {
  const [a, b] = [
    { start, end },
    { start: from, end: to },
  ];
  expect(contains(a, b)).toBe(inside);
  expect(overlaps(a, b)).toBe(shared);
  expect(overlaps(b, a)).toBe(shared);
});
