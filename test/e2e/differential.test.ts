import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { precision, recall, score } from '../../tools/differential/score';
import { interpreterAt } from '../../tools/test-all/python';
import { checkout, makeWorkplace, runIn, type Ended, type Workplace } from './bundle';

/**
 * Programs over the whole catalogue, run before and after fixes in all scenarios: a bounded run here, the long one is
 * `npm run differential -- --seeds 20 --functions 20000`. Then the same harness against a fixer that does everything wrong and
 * against a linter that guesses: a harness that cannot fail proves nothing.
 */
jest.setTimeout(400_000);

const Site = z.object({
  file: z.string(),
  function: z.string(),
  line: z.number(),
  shape: z.string(),
  scored: z.boolean(),
  acquires: z.string(),
  family: z.string(),
  truth: z.enum(['all', 'some', 'exception', 'never']),
  paths: z.array(z.string()),
});
const Failure = z.object({ variant: z.string(), kind: z.string(), place: z.string(), details: z.unknown() });
const Results = z.array(
  z.object({
    functions: z.number(),
    scenarios: z.number(),
    fixed: z.record(z.string(), z.number()),
    leaks: z.record(z.string(), z.object({ before: z.number(), gone: z.number() })),
    failures: z.array(Failure),
    sites: z.array(Site),
  }),
);

/** Places of calls are known to the interpreter from 3.11 on. */
const python = interpreterAt('python3');
const canRun = python !== undefined && python.version[1] >= 11;
if (!canRun) console.log('programs are not run before and after fixes: they need python3 to be Python 3.11 or newer');

let place: Workplace;
let folder: string;
beforeAll(() => {
  place = makeWorkplace();
  folder = mkdtempSync(join(tmpdir(), 'pylint-leaks-differential-'));
});
afterAll(() => {
  place.remove();
  rmSync(folder, { recursive: true, force: true });
});

const differential = (...args: readonly string[]): Ended =>
  runIn(checkout, process.execPath, ['--import', 'tsx', 'tools/differential.ts', ...args], {}, 380_000);

const resultsOf = ({ code, stdout, stderr }: Ended): z.infer<typeof Results> => {
  if (code !== 0 && code !== 1) throw new Error(stderr);
  return Results.parse(JSON.parse(stdout));
};

/**
 * A command line that runs the real one and then spoils what it did.
 *
 * @param spoil - JavaScript; sees `args`, `isFix`, and `report`, the findings, which it may change.
 */
const spoiled = (name: string, spoil: string): string => {
  const path = join(folder, `${name}.cjs`);
  writeFileSync(
    path,
    `const { spawnSync } = require('node:child_process');
     const { existsSync, readFileSync, writeFileSync } = require('node:fs');
     const args = process.argv.slice(2);
     const isFix = args.includes('--fix');
     const path = args[args.indexOf('--output-file') + 1];
     const read = (file) => (existsSync(file) ? readFileSync(file, 'latin1') : '');
     const change = (file, how) => { if (existsSync(file)) writeFileSync(file, how(read(file)), 'latin1'); };
     const { status, stderr } = spawnSync(process.execPath, [${JSON.stringify(place.cli)}, ...args], { encoding: 'utf8' });
     const report = JSON.parse(readFileSync(path, 'utf8'));
     ${spoil}
     writeFileSync(path, JSON.stringify(report));
     process.stderr.write(stderr);
     process.exitCode = status;`,
  );
  return path;
};

(canRun ? it : it.skip)('finds nothing wrong with fixes of random programs', () => {
  const ended = differential('--seeds', '2', '--functions', '500', '--cli', place.cli, '--json');
  const results = resultsOf(ended);
  expect(results.flatMap(({ failures }) => failures)).toEqual([]);
  expect(ended.code).toBe(0);
  for (const { functions, scenarios, fixed, leaks } of results) {
    expect(functions).toBe(250);
    expect(scenarios).toBeGreaterThan(3000);
    expect(fixed['safe']).toBeGreaterThan(30);
    expect(leaks['safe']?.gone).toBeGreaterThan(500);
  }
  const promised = score(
    'all',
    results.flatMap(({ sites }) => sites).filter(({ scored }) => scored),
  );
  expect(precision(promised)).toBeGreaterThan(0.98);
  expect(recall(promised)).toBeGreaterThan(0.9);
  expect(promised.rightPath / promised.found).toBeGreaterThan(0.95);
});

/** What is done to each file after its fixes, and what the harness must call it. */
const SABOTAGE: readonly (readonly [file: string, kind: string, how: string])[] = [
  ['m0000.py', 'newlyBroken', '(text) => text + "\\nx = (\\n"'],
  ['m0001.py', 'lostComments', '(text) => text.replace(/  # [^"\'\\n\\r]*/, "")'],
  ['m0002.py', 'changed behaviour', '(text) => text.replaceAll("if env.flag", "if not env.flag")'],
  ['m0003.py', 'lostStrings', '(text) => text.replaceAll(/env\\.step\\("\\w+"\\)/g, "env.step(str())")'],
  ['m0004.py', 'changedBySecondFix', '(text) => text + "\\nCOUNT = 1\\n"'],
  ['m0005.py', 'brokenLayout', '(text) => text.replace(/\\r?\\n/, "\\r")'],
  ['m0006.py', 'leak left', '(text) => text.replaceAll(/^([ \\t]*)with (.*\\)) as (\\w+):/gm, "$1for $3 in[$2]:")'],
  ['m0007.py', 'new leak', '(text) => text.replaceAll(/\\.close\\(\\)/g, ".size")'],
  ['m0008.py', 'does not load', '(text) => text + "\\nraise ValueError\\n"'],
  ['m0009.py', 'changedWithoutFix', '(text) => text'],
];

(canRun ? it : it.skip)('notices everything that a fixer can do wrong', () => {
  const saboteur = spoiled(
    'saboteur',
    `if (isFix) {
       ${SABOTAGE.map(([file, , how]) => `change(${JSON.stringify(file)}, ${how});`).join('\n')}
     } else {
       // Changed, though there was no finding.
       for (const file of report) if (file.filePath.endsWith('m0009.py')) file.messages = [];
     }`,
  );
  const ended = differential('--seeds', '1', '--functions', '200', '--cli', saboteur, '--json');
  const [result] = resultsOf(ended);
  expect(ended.code).toBe(1);
  const seen = (result?.failures ?? [])
    .filter(({ variant }) => variant === 'safe')
    .map(({ place: where, kind }) => `${where.slice(0, 8)} ${kind}`);
  expect(SABOTAGE.map(([file, kind]) => `${file} ${kind}`).filter((each) => !seen.includes(each))).toEqual([]);
  expect(ended.stderr).toContain('changed behaviour: m0002.py');
});

(canRun ? it : it.skip)('gives a linter that guesses the marks it deserves', () => {
  const sloppy = spoiled(
    'sloppy',
    `let number = 0;
     for (const file of report) {
       file.messages = file.messages.filter(() => number++ % 3 !== 0);
       for (const message of file.messages) if (number++ % 2 === 0) message.data.path = 'some';
     }
     // Every call in a with-line is a leak to it.
     for (const file of report) {
       const lines = readFileSync(file.filePath, 'latin1').replace(/^\\xef\\xbb\\xbf/, '').split(/\\r?\\n/);
       lines.forEach((text, index) => {
         const [, start, call] = /^(\\s*with )(.*\\)) as /.exec(text) ?? [];
         if (call === undefined) return;
         const place = { line: index + 1, column: start.length + 1, endLine: index + 1, endColumn: (start + call).length + 1 };
         const data = { resource: '', path: 'all', impact: '' };
         file.messages.push({ ruleId: 'unclosed-file', messageId: 'm', severity: 2, message: 'said', ...place, data });
       });
     }`,
  );
  const [result] = resultsOf(differential('--seeds', '1', '--functions', '300', '--cli', sloppy, '--json'));
  const marks = score(
    'all',
    (result?.sites ?? []).filter(({ scored }) => scored),
  );
  expect(recall(marks)).toBeLessThan(0.8);
  expect(precision(marks)).toBeLessThan(0.97);
  expect(marks.rightPath / marks.found).toBeLessThan(0.8);
});

it('says what it cannot do, with exit code 2', () => {
  expect(differential('--seeds', 'none')).toMatchObject({ code: 2 });
  expect(differential('--cli', join(folder, 'missing.cjs'))).toMatchObject({ code: 2 });
});
