import { fromFragment, START, toFragment } from '../src/address';
import { commonIndent, listing } from '../src/listing';

const step = (line: number, column: number, endColumn: number, message: string) => ({
  line,
  column,
  endLine: line,
  endColumn,
  message,
});

describe('listing', () => {
  const lines = { 1: 'def f():', 2: '    a = open(p)', 3: '    if x:', 4: '        return', 9: '    raise', 10: '' };

  test('has the lines around the acquisition and each step, gaps, marks and numbers', () => {
    const rows = listing(
      {
        ...step(2, 9, 16, ''),
        steps: [step(2, 9, 16, 'opened here'), step(4, 9, 15, 'leaves'), step(9, 5, 10, 'raises')],
      } as unknown as Parameters<typeof listing>[0],
      { lines },
    );
    expect(
      rows.map((row) =>
        row.kind === 'gap' ? '...' : row.pieces.map(({ text, isMarked }) => (isMarked ? `[${text}]` : text)).join(''),
      ),
    ).toEqual(['def f():', '    a = [open(p)]', '    if x:', '        [return]', '...', '    [raise]', '']);
    expect(
      rows.flatMap((row) =>
        row.kind === 'gap' ? [] : row.notes.map(({ step: number, message }) => `${row.number} ${number} ${message}`),
      ),
    ).toEqual(['2 1 opened here', '4 2 leaves', '9 3 raises']);
  });

  test('leaves out what all lines are indented by, and marks stay in place', () => {
    const [row] = listing({ ...step(2, 9, 16, ''), steps: [] } as unknown as Parameters<typeof listing>[0], {
      lines: { 2: '    a = open(p)' },
    });
    expect(row).toMatchObject({
      pieces: [
        { text: 'a = ', isMarked: false },
        { text: 'open(p)', isMarked: true },
      ],
    });
  });

  test.each([
    [['  a', '', '    b'], 2],
    [['\ta', '\t\tb'], 1],
    [['\ta', '  b'], 0],
    [['', ' '], 0],
  ])('%j share %i blanks', (given, expected) => {
    expect(commonIndent(given)).toBe(expected);
  });
});

describe('address', () => {
  const view = {
    filter: { text: 'a & b', facets: { rule: 'unclosed-file', directory: 'src/ä/' } },
    order: 'file',
    page: 3,
  } as const;

  test('holds what is chosen, and nothing for what is not', () => {
    expect(fromFragment(`#${toFragment(view)}`)).toEqual(view);
    expect(toFragment(START)).toBe('');
    expect(fromFragment('')).toEqual(START);
  });

  test('of another page or version does no harm', () => {
    expect(fromFragment('#colour=red&order=size&page=-1')).toEqual(START);
  });
});
