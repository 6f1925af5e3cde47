import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { measure, violations, type Measurement } from '../../tools/ecosystem/measure';
import { pythonFilesBelow, standardLibraryOf } from '../../tools/ecosystem/trees';
import { findPython } from '../../tools/test-all/python';
import { makeWorkplace, type Workplace } from './bundle';

/** A slice of the standard library; `npm run ecosystem -- --stdlib` takes all of it. */
jest.setTimeout(300_000);

const SEED = 'the standard library';
const AT_RANDOM = 120;
const SUSPECT_BYTES = 1_200_000;
/** Most files that open something do it right, in a `with`. These lines name what they open, or drop it. */
const SUSPECT =
  /^\s*(?:[\w.]+ = )?(?:[\w.]+\.)?(?:open|fdopen|connect|ZipFile|BZ2File|(?:Named)?TemporaryFile|Thread|Timer)\(/m;

const python = findPython()?.command ?? 'python3';
const library = standardLibraryOf(python);

/** The same shuffle on every run and machine. */
function shuffled(files: readonly string[]): readonly string[] {
  const rank = (file: string): string => createHash('sha1').update(`${SEED}:${file}`).digest('hex');
  return [...files].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

function slice(): readonly string[] {
  const files = shuffled(pythonFilesBelow(library));
  const chosen = new Set(files.slice(0, AT_RANDOM));
  let bytes = 0;
  for (const file of files) {
    const { size } = statSync(join(library, file));
    if (bytes + size > SUSPECT_BYTES || !SUSPECT.test(readFileSync(join(library, file), 'latin1'))) continue;
    bytes += size;
    chosen.add(file);
  }
  return [...chosen].sort();
}

let work: Workplace;
let measured: Measurement;
beforeAll(() => {
  work = makeWorkplace();
  const scratch = join(work.root, 'slice');
  mkdirSync(scratch);
  const job = { tree: 'slice', source: library, files: slice(), scratch, cli: work.cli, python, unsafe: false };
  measured = measure(job);
});
afterAll(() => {
  work.remove();
});

it('is linted and fixed without a crash, a broken file, a lost comment or string, or work for a second --fix', () => {
  expect(violations(measured)).toEqual([]);
});

it('holds enough to go wrong', () => {
  expect(measured.files).toBeGreaterThan(AT_RANDOM);
  expect(measured.fixed).toBeGreaterThan(0);
  expect(measured.changed.length).toBeGreaterThan(0);
});

it('has syntax errors where CPython sees them', () => {
  expect(measured.falseSyntaxErrors).toEqual([]);
  expect(measured.missedSyntaxErrors).toEqual([]);
});
