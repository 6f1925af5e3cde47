import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { realEngine } from '../src/engine';
import { readRecording } from '../src/recording/record';
import { sandboxes, type Ran, type Sandbox } from './sandbox';

const sandbox = sandboxes();
const schema = JSON.parse(readFileSync(join(__dirname, '../../../schema/evidence.json'), 'utf8')) as object;
const isValid = new Ajv2020({ allowUnionTypes: true }).compile(schema);

const CODE = `import sqlite3, socket, threading


def first(path):
    "é"; connection = sqlite3.connect(path); second = sqlite3.connect(path)
    return connection.execute("SELECT 1").fetchall(), second.execute("SELECT 1").fetchall()


def never():
    s = socket.socket()
    s.connect(("localhost", 1))


def begin():
    threading.Thread(target=print).start()
`;
const [FIRST, SECOND] = [
  [5, 23, 44],
  [5, 55, 76],
];

interface Site {
  readonly line: number;
  readonly column: number | null;
  readonly endColumn: number | null;
  readonly kind?: string;
  readonly created?: number;
  readonly collected?: number;
  readonly leakedAtExit?: number | null;
  readonly live?: number;
  readonly maxAgeSeconds?: number;
  readonly path?: string;
  readonly sha256?: string;
  readonly function?: string;
  readonly process?: string;
}

const at = ([line = 0, column = 0, endColumn = 0]: readonly number[] = []) => ({ line, column, endColumn });
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The lines of an evidence file. */
function evidence(box: Sandbox, sites: readonly Site[], { ends = true, limited = 0 } = {}): string {
  const processes = [...new Set(sites.map(({ process = 'p' }) => process)), ...(sites.length === 0 ? ['p'] : [])];
  const lines = [
    ...processes.map((process) => ({
      ...{ v: 1, type: 'process', process, pid: 1, python: '3.11.7', argv: ['app.py'], cwd: box.root },
      ...{ kinds: ['file', 'process', 'socket', 'sqlite', 'task', 'thread'], at: 1 },
    })),
    ...sites.map(({ line, column, endColumn, process = 'p', ...site }) => ({
      ...{ v: 1, type: 'site', process, kind: site.kind ?? 'sqlite' },
      site: {
        ...{ path: site.path ?? box.path('app.py'), line, column, endLine: column === null ? null : line, endColumn },
        ...{ function: site.function ?? 'first', sha256: site.sha256 ?? hash(CODE) },
      },
      ...{ created: site.created ?? 4, released: 0, collected: site.collected ?? 0, live: site.live ?? 0, maxLive: 0 },
      ...{ leakedAtExit: site.leakedAtExit === undefined ? 0 : site.leakedAtExit },
      ...{ maxAgeSeconds: site.maxAgeSeconds ?? 0, at: 2 },
    })),
    ...(ends ? processes.map((process) => ({ v: 1, type: 'end', process, limited, at: 3 })) : []),
  ];
  for (const line of lines) expect(isValid(line) ? [] : isValid.errors).toEqual([]);
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** Runs with an evidence file of these sites; gives the label of each finding, by line and column. */
async function labels(sites: readonly Site[], options: { ends?: boolean; limited?: number } = {}, code = CODE) {
  const box = sandbox({ 'app.py': code });
  box.write({ 'e.jsonl': evidence(box, sites, options) });
  const ran = await box.run(['--evidence', 'e.jsonl', '--format', 'json', '.'], { engine: realEngine });
  const [file] = JSON.parse(ran.stdout) as readonly [JsonFile];
  const found = file.messages.map(
    ({ line, column, observation }) => [`${line}:${column}`, observation?.label] as const,
  );
  return { ran, file, labels: Object.fromEntries(found), order: found.map(([place]) => place) };
}

interface JsonFile {
  readonly messages: readonly {
    readonly line: number;
    readonly column: number;
    readonly observation?: { readonly label: string; readonly rank: number; readonly reason?: string };
  }[];
  readonly errorCount: number;
  readonly leaksWithoutFinding: readonly unknown[];
}

describe('labels', () => {
  test('confirmed, clean and never executed, with what leaked first', async () => {
    const {
      labels: found,
      order,
      ran,
    } = await labels([
      { ...at(FIRST), leakedAtExit: 0 },
      { ...at(SECOND), leakedAtExit: 3 },
    ]);
    expect(found).toEqual({
      '5:23': 'clean',
      '5:55': 'confirmed',
      '10:9': 'never-executed',
      '15:5': 'never-executed',
    });
    expect(order).toEqual(['5:55', '10:9', '15:5', '5:23']);
    expect(ran.stderr).toContain('evidence: 1 confirmed, 1 exercised and clean, 2 never executed, 0 unknown\n');
    expect(ran.code).toBe(1);
  });

  test('processes are added up, and the last line of each counts', async () => {
    const { file } = await labels([
      { ...at(FIRST), created: 1, leakedAtExit: null, live: 1 },
      { ...at(FIRST), created: 9, leakedAtExit: 0 },
      { ...at(FIRST), created: 2, leakedAtExit: 2, maxAgeSeconds: 7, process: 'q' },
    ]);
    expect(file.messages[0]?.observation).toEqual({
      label: 'confirmed',
      created: 11,
      leaked: 2,
      collected: 0,
      maxAgeSeconds: 7,
      function: 'first',
      rank: 61.5,
    });
  });

  test('what only the garbage collector closed leaked', async () => {
    const { labels: found } = await labels([{ ...at(FIRST), collected: 4 }]);
    expect(found['5:23']).toBe('confirmed');
  });

  test('a process that was killed confirms what had been open for a minute', async () => {
    const site = { ...at(FIRST), leakedAtExit: null, live: 2 };
    expect((await labels([{ ...site, maxAgeSeconds: 59 }], { ends: false })).labels['5:23']).toBe('clean');
    expect((await labels([{ ...site, maxAgeSeconds: 60 }], { ends: false })).labels['5:23']).toBe('confirmed');
  });

  test('an interpreter that knows only lines confirms the findings that begin there', async () => {
    const lines = await labels([{ line: 15, column: null, endColumn: null, kind: 'thread', leakedAtExit: 1 }]);
    expect(lines.labels).toMatchObject({ '15:5': 'confirmed', '5:23': 'never-executed' });
  });

  test('another kind on the same line is not the same', async () => {
    const { labels: found } = await labels([{ ...at(FIRST), kind: 'socket', leakedAtExit: 3 }]);
    expect(found['5:23']).toBe('never-executed');
  });

  test('a file that changed is not judged, and a file in another place with the same content is', async () => {
    const changed = await labels([{ ...at(FIRST), sha256: hash('other'), leakedAtExit: 3 }]);
    expect(new Set(Object.values(changed.labels))).toEqual(new Set(['unknown']));
    expect(changed.ran.stderr).toContain(
      'evidence: app.py is not the file that was recorded; record again to judge it',
    );
    const moved = await labels([{ ...at(FIRST), path: '/srv/image/app.py', leakedAtExit: 3 }]);
    expect(moved.labels['5:23']).toBe('confirmed');
  });

  test('a recording in part does not say that something was not run', async () => {
    const { labels: found, ran } = await labels([at(FIRST)], { limited: 2 });
    expect(found).toMatchObject({ '5:23': 'clean', '10:9': 'unknown' });
    expect(ran.stderr).toContain('the program made more than was noted');
  });

  test('what is not recorded at all is unknown', async () => {
    const { file } = await labels(
      [],
      {},
      'import psycopg2\n\n\ndef f():\n    c = psycopg2.connect("")\n    c.cursor()\n',
    );
    expect(file.messages[0]?.observation).toMatchObject({
      label: 'unknown',
      reason: 'such resources are not recorded',
    });
  });
});

describe('leaks without a finding', () => {
  test('are named, on stderr and in the JSON of their file', async () => {
    const { ran, file } = await labels([
      { line: 6, column: 4, endColumn: 10, kind: 'file', leakedAtExit: 2, function: 'first' },
      { line: 1, column: 0, endColumn: 10, kind: 'socket', leakedAtExit: 1, created: 1, function: '<module>' },
      { line: 2, column: 0, endColumn: 10, kind: 'socket', leakedAtExit: 5, created: 5, function: '<module>' },
    ]);
    expect(file.leaksWithoutFinding).toEqual([
      { kind: 'file', line: 6, endLine: 6, function: 'first', created: 4, leaked: 2, maxAgeSeconds: 0 },
      { kind: 'socket', line: 2, endLine: 2, function: '<module>', created: 5, leaked: 5, maxAgeSeconds: 0 },
    ]);
    expect(ran.stderr).toContain('evidence: app.py:6: 2 of 4 leaked (file, in first) without a finding\n');
  });
});

describe('formats', () => {
  async function report(format: string, ...more: readonly string[]): Promise<Ran> {
    const box = sandbox({ 'app.py': CODE, 'clean.py': 'x = 1\n', 'bad.py': 'def\n' });
    box.write({ 'e.jsonl': evidence(box, [{ ...at(FIRST), leakedAtExit: 3, maxAgeSeconds: 61 }, at(SECOND)]) });
    return box.run(['--evidence', 'e.jsonl', '--format', format, ...more, '.'], { engine: realEngine });
  }

  test('full and concise say it in words', async () => {
    expect((await report('full')).stdout).toContain('  recorded: confirmed: 3 of 4 leaked, the oldest open for 61 s\n');
    const { stdout } = await report('concise');
    expect(stdout).toContain('[confirmed: 3 of 4 leaked, the oldest open for 61 s]\n');
    expect(stdout).toContain('[exercised and clean: 4 made, none left open]\n');
    expect(stdout).toContain('[never executed]\n');
  });

  test('only what is confirmed, and what keeps files from being checked', async () => {
    const { stdout, code } = await report('concise', '--only-confirmed');
    expect(stdout.split('\n').map((line) => line.replace(/: (error|warning) .*/, ''))).toEqual([
      'bad.py:1:4',
      'app.py:5:23',
      '',
    ]);
    expect(code).toBe(1);
  });

  test('sarif has rank, number and place', async () => {
    const log = JSON.parse((await report('sarif')).stdout) as {
      runs: { results: { rank?: number; occurrenceCount?: number; stacks?: unknown[]; ruleId: string }[] }[];
    };
    const results = log.runs[0]?.results ?? [];
    expect(results.find(({ occurrenceCount }) => occurrenceCount === 3)).toMatchObject({
      rank: 83.3,
      stacks: [
        {
          frames: [
            {
              location: {
                physicalLocation: { region: { startLine: 5 } },
                logicalLocations: [{ fullyQualifiedName: 'first' }],
              },
            },
          ],
        },
      ],
      properties: { leakEvidence: { label: 'confirmed', leaked: 3 } },
    });
    expect(results.map(({ rank }) => rank)).toEqual([undefined, 83.3, 45, 45, 6.7]);
  });

  test('without evidence nothing is said', async () => {
    const box = sandbox({ 'app.py': CODE });
    const { stdout, stderr } = await box.run(['--format', 'json', '.'], { engine: realEngine });
    expect(`${stdout}${stderr}`).not.toMatch(/observation|leaksWithoutFinding|evidence/);
  });
});

describe('mistakes', () => {
  test.each([
    [['--evidence', 'none.jsonl'], 'none.jsonl: the evidence cannot be read: it does not exist'],
    [['--evidence', 'app.py'], 'app.py: no evidence in it; python -m pylint_leaks_runtime run writes such files'],
    [['--only-confirmed'], '--only-confirmed needs --evidence'],
    [['--evidence', 'app.py', '-'], '--evidence is about files and cannot be combined with standard input'],
  ])('%j', async (argv, message) => {
    const { code, stderr } = await sandbox({ 'app.py': CODE }).run(argv, { engine: realEngine });
    expect({ code, stderr: stderr.includes(message) ? message : stderr }).toEqual({ code: 2, stderr: message });
  });

  test('torn lines and lines of a later version are skipped and counted', () => {
    const box = sandbox();
    const text = `${evidence(box, [at(FIRST)])}{"v":1,"type":"si\n{"v":2,"type":"end","process":"p","limited":0}\n`;
    expect(readRecording([text])).toMatchObject({ badLines: 2, processes: 1 });
  });
});
