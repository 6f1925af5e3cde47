import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { askCpython, type Answer } from '../../tools/ecosystem/cpython';
import { runProduct, takenBackIn, type Finding, type Run } from '../../tools/ecosystem/product';
import { findPython } from '../../tools/test-all/python';
import { checkout, makeWorkplace, runIn, type Workplace } from './bundle';

/** The leaky service of examples/: linted, fixed, compiled, run before and after, and watched while it runs. */
jest.setTimeout(240_000);

const Truth = z.array(
  z.object({
    file: z.string(),
    line: z.number(),
    rule: z.string(),
    function: z.string(),
    call: z.string(),
    verdict: z.enum(['all', 'some', 'exception']).nullable(),
    expectFix: z.enum(['safe', 'unsafe', 'none']),
  }),
);
type Entry = z.infer<typeof Truth>[number];

const Watched = z.object({
  code: z.number(),
  connections: z.number(),
  leaks: z.array(z.object({ kind: z.string(), stack: z.array(z.tuple([z.string(), z.number()])) })),
});

const python = findPython()?.command ?? 'python3';
const examples = join(checkout, 'examples');
const truth = Truth.parse(JSON.parse(readFileSync(join(examples, 'leaky_app.truth.json'), 'utf8')));
const reported = truth.filter(({ verdict }) => verdict !== null);
const runtime = { PYTHONPATH: join(checkout, 'packages/runtime/src') };

let work: Workplace;
let lint: Run;
let fix: Run;
let after: Run;
let unsafe: Run;
let cpython: { readonly safe: Answer; readonly unsafe: Answer };

const tree = (name: string): string => join(work.root, name);
const bytes = (name: string, file: string): Buffer => readFileSync(join(tree(name), file));
const filesOf = (name: string): readonly string[] =>
  readdirSync(join(tree(name), 'leaky_app')).map((file) => `leaky_app/${file}`);
const isPython = (file: string): boolean => file.endsWith('.py');
const changed = (name: string): readonly string[] =>
  filesOf(name).filter((file) => !bytes('before', file).equals(bytes(name, file)));

beforeAll(() => {
  work = makeWorkplace();
  for (const name of ['before', 'safe', 'unsafe']) {
    mkdirSync(tree(name));
    cpSync(join(examples, 'leaky_app'), join(tree(name), 'leaky_app'), {
      recursive: true,
      filter: (from) => !from.endsWith('__pycache__'),
    });
    // A fixed file, another, and one with nothing to fix.
    chmodSync(join(tree(name), 'leaky_app/exporters.py'), 0o755);
    chmodSync(join(tree(name), 'leaky_app/settings.py'), 0o640);
    chmodSync(join(tree(name), 'leaky_app/scenario.py'), 0o711);
  }
  const product = (name: string, ...options: readonly string[]): Run =>
    runProduct(work.cli, tree(name), options, ['leaky_app']);
  lint = product('before');
  fix = product('safe', '--fix');
  after = product('safe');
  unsafe = product('unsafe', '--fix', '--unsafe-fixes');
  const ask = (name: string): Answer => {
    const files = filesOf('before').filter(isPython);
    return askCpython(python, { before: tree('before'), after: tree(name), compile: files, compare: files });
  };
  cpython = { safe: ask('safe'), unsafe: ask('unsafe') };
});
afterAll(() => {
  work.remove();
});

const key = (file: string, line: number, rule: string): string => `${file}:${line} ${rule}`;
const keyOf = ({ file, line, ruleId }: Finding): string => key(file, line, ruleId);

describe('findings', () => {
  it('are those of the truth, no more and no less', () => {
    expect(lint.findings.map((finding) => `${keyOf(finding)} ${finding.data.path}`).sort()).toEqual(
      reported.map(({ file, line, rule, verdict }) => `${key(file, line, rule)} ${verdict ?? ''}`).sort(),
    );
  });

  it.each(['safe', 'unsafe'])('have a fix that is %s where the truth wants one, and nowhere else', (kind) => {
    expect(
      lint.findings
        .filter(({ applicability }) => applicability === kind)
        .map(keyOf)
        .sort(),
    ).toEqual(
      reported
        .filter(({ expectFix }) => expectFix === kind)
        .map(({ file, line, rule }) => key(file, line, rule))
        .sort(),
    );
  });

  it('come in the same order every time', () => {
    expect(runProduct(work.cli, tree('before'), [], ['leaky_app']).findings).toEqual(lint.findings);
  });
});

describe('--fix', () => {
  /** The text of the line stays the same when nothing is fixed there; its number does not. */
  const sites = (name: string, sitesOf: readonly { file: string; line: number; rule: string; path: string }[]) =>
    sitesOf
      .map(({ file, line, rule, path }) => {
        const text = bytes(name, file).toString('utf8').split(/\r?\n/)[line - 1]?.trim() ?? '';
        return `${file} ${rule} ${path}: ${text}`;
      })
      .sort();

  it.each([
    ['safe', ['unsafe', 'none']],
    ['unsafe', ['none']],
  ])('leaves what it may not fix, and nothing else (%s)', (name, kinds) => {
    const left = reported.filter(({ expectFix }) => kinds.includes(expectFix));
    const { findings } = runProduct(work.cli, tree(name), [], ['leaky_app']);
    expect(
      sites(
        name,
        findings.map(({ file, line, ruleId, data }) => ({ file, line, rule: ruleId, path: data.path })),
      ),
    ).toEqual(
      sites(
        'before',
        left.map(({ file, line, rule, verdict }) => ({ file, line, rule, path: verdict ?? '' })),
      ),
    );
    const run = name === 'safe' ? fix : unsafe;
    expect(run.findings).toEqual(findings);
    expect(takenBackIn(run)).toEqual([]);
  });

  it('touches Python files with something to fix, and no others', () => {
    const expected = new Set(reported.filter(({ expectFix }) => expectFix === 'safe').map(({ file }) => file));
    expect([...changed('safe')].sort()).toEqual([...expected].sort());
    expect(filesOf('safe')).toEqual(filesOf('before'));
  });

  it.each(['safe', 'unsafe'] as const)('leaves files that compile, also where none did (%s)', (name) => {
    expect(Object.keys(cpython[name].broken)).toEqual(['leaky_app/broken_worker.py']);
    expect(problems(cpython[name], ({ error }) => (error === null ? [] : [error]))).toEqual([]);
  });

  it.each(['safe', 'unsafe'] as const)(
    'keeps comments, strings, line ends, byte-order marks and modes (%s)',
    (name) => {
      const answer = cpython[name];
      expect(
        problems(answer, ({ lostComments, lostStrings, layout }) => [...lostComments, ...lostStrings, ...layout]),
      ).toEqual([]);
      expect(bytes(name, 'leaky_app/settings.py').subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
      expect(bytes(name, 'leaky_app/exporters.py').toString('latin1')).not.toMatch(/[^\r]\n/);
      expect(bytes(name, 'leaky_app/importers.py').toString('latin1')).not.toMatch(/^ +\S/m);
      const mode = (file: string): number => statSync(join(tree(name), 'leaky_app', file)).mode & 0o777;
      expect(['exporters.py', 'settings.py', 'scenario.py'].map(mode)).toEqual([0o755, 0o640, 0o711]);
    },
  );

  it.each([
    ['safe', '--fix'],
    ['unsafe', '--fix', '--unsafe-fixes'],
  ])('changes nothing the second time (%s)', (name, ...options) => {
    const once = filesOf(name).map((file) => bytes(name, file));
    const again = runProduct(work.cli, tree(name), options, ['leaky_app']);
    expect(again.stderr).toBe('');
    expect(filesOf(name).map((file) => bytes(name, file))).toEqual(once);
  });
});

function problems(
  answer: Answer,
  of: (comparison: Answer['compared'][string]) => readonly string[],
): readonly string[] {
  return Object.entries(answer.compared).flatMap(([file, comparison]) =>
    of(comparison).map((text) => `${file}: ${text}`),
  );
}

describe('the service', () => {
  let folders = 0;
  const scenario = (name: string, ...options: readonly string[]) => {
    const folder = join(work.root, `scenario-${folders++}`);
    return runIn(tree(name), python, ['-m', 'leaky_app.scenario', ...options, folder], runtime);
  };

  it('does the same before and after', () => {
    const before = scenario('before');
    expect(before.code).toBe(0);
    expect(before.stdout.split('\n').length).toBeGreaterThan(200);
    expect(scenario('safe')).toEqual(before);
    expect(scenario('unsafe')).toEqual(before);
  });

  it('can run its worker only after', () => {
    expect(scenario('before', '--worker').stderr).toContain('keyword argument repeated: daemon');
    const { code, stdout } = scenario('safe', '--worker');
    expect(code).toBe(0);
    expect(stdout).toContain('## ');
  });
});

describe('the running service', () => {
  const watch = (name: string) => {
    const report = join(work.root, `${name}.json`);
    const watcher = join(__dirname, 'watch_leaks.py');
    const args = [watcher, report, 'leaky_app', 'scenario', join(work.root, `watched-${name}`)];
    const { code, stderr } = runIn(tree(name), python, args, runtime);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return Watched.parse(JSON.parse(readFileSync(report, 'utf8')));
  };
  const at = (file: string, line: number): string => `${file}:${line}`;
  /** The innermost place on the way to an acquisition that is among these: a factory's leak is its caller's. */
  const blame = (stack: readonly (readonly [string, number])[], places: ReadonlySet<string>): string =>
    stack.map(([file, line]) => at(file, line)).find((place) => places.has(place)) ??
    `unknown: ${JSON.stringify(stack)}`;
  const placeOf = ({ file, line }: Entry): string => at(file, line);
  /** Their objects close themselves without a word when they are collected. */
  const CLOSE_THEMSELVES = ['gz.open', 'zipfile.ZipFile', 'ScratchFile'];

  it('leaves open before what the truth says, and nothing else', () => {
    const { code, leaks } = watch('before');
    const seen = new Set(leaks.map(({ stack }) => blame(stack, new Set(reported.map(placeOf)))));
    expect([...seen].filter((place) => place.startsWith('unknown'))).toEqual([]);
    const safe = reported.filter(({ rule, expectFix }) => /sqlite|file/.test(rule) && expectFix === 'safe');
    expect(new Set(safe.filter((entry) => !seen.has(placeOf(entry))).map(({ call }) => call))).toEqual(
      new Set(CLOSE_THEMSELVES),
    );
    expect(code).toBe(0);
  });

  it('leaves open after only what is still reported', () => {
    const { code, connections, leaks } = watch('safe');
    const left = new Set(after.findings.map(({ file, line }) => at(file, line)));
    const seen = new Set(leaks.map(({ stack }) => blame(stack, left)));
    expect([...seen].filter((place) => place.startsWith('unknown'))).toEqual([]);
    expect(connections).toBeGreaterThan(100);
    expect(code).toBe(0);
  });
});
