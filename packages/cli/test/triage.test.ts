import { realEngine } from '../src/engine';
import { locate, matchFile } from '../src/triage/locate';
import { readOldReport } from '../src/triage/old-report';
import { sandboxes } from './sandbox';

const sandbox = sandboxes();

const STORE = `import sqlite3
import threading

import psutil


class Store:
    """Keeps jobs.

    con = sqlite3.connect(path)
    """

    def __init__(self, path):
        self.con = sqlite3.connect(path)

    def close(self):
        self.con.close()

    def load(self, path):
        # with sqlite3.connect(path) as con:
        con = sqlite3.connect(path)
        return con.execute("select 1").fetchall()

    def start(self, job):
        worker = threading.Thread(target=job, daemon=True, daemon=True)
        worker.start()

    def usage(self):
        return psutil.Process().memory_info()

    def check(self, text):
        return "threading.Thread(" in text

    def made(self, path):
        return sqlite3.connect(path)
`;

const BROKEN = `import sqlite3


def load(path):
    with sqlite3.connect(path) as con:
    con.execute("select 1")


def again(path):
    with sqlite3.connect(path) as con:
    con.execute("select 2")
`;

const issue = (line: number, type: string, code: string, file = 'src\\\\jobs\\\\store.py', severity = 'HIGH') =>
  `{"file": "${file}", "line": ${line}, "type": "${type}", "severity": "${severity}", "description": "", "code": ${JSON.stringify(code)}}`;

const ISSUES = [
  issue(3, 'sqlite_without_close', 'con = sqlite3.connect(path)'),
  issue(50, 'sqlite_without_close', 'self.con = sqlite3.connect(path)'),
  issue(20, 'sqlite_without_close', 'with sqlite3.connect(path) as con:'),
  issue(99, 'sqlite_without_close', 'con = sqlite3.connect(path)'),
  issue(1, 'sqlite_without_close', 'return sqlite3.connect(path)'),
  issue(20, 'threading_thread', 'worker = threading.Thread(target=job, daemon=True, daemon=True, daemon=True)'),
  issue(20, 'threading_thread', 'return "threading.Thread(" in text'),
  issue(20, 'resource_creation', 'Process()'),
  issue(7, 'event_handlers', 'def start(self, job):', 'src\\\\jobs\\\\store.py', 'MEDIUM'),
  issue(7, 'sqlite_without_close', 'self.with sqlite3.connect(str(self.other_path) as connection:)'),
  issue(7, 'global_variables', 'logger = logging.getLogger(__name__)', 'src\\\\jobs\\\\gone.py', 'LOW'),
];

const REPORT = `{"timestamp": "2025", "detailed_issues": [${ISSUES.join(', ')}]}`;

async function triaged(report = REPORT, files: Readonly<Record<string, string>> = { 'src/jobs/store.py': STORE }) {
  const box = sandbox({ ...files, 'old.json': report });
  const run = await box.run(['triage', 'old.json', '--format', 'json'], { engine: realEngine });
  expect(run).toMatchObject({ code: 0, stderr: '' });
  const result = JSON.parse(run.stdout) as {
    readonly verdicts: Readonly<Record<string, number>>;
    readonly categories: readonly object[];
    readonly findings: readonly {
      readonly verdict: string;
      readonly reason: string;
      readonly ruleId?: string;
      readonly today?: { readonly line: number; readonly matchedBy: string };
    }[];
  };
  const lines = result.findings.map(
    ({ verdict, reason, today, ruleId = '' }) => `${verdict} ${today?.line ?? '-'} ${ruleId} ${reason}`,
  );
  return { ...result, lines, box };
}

test('each old finding has a verdict with its reason', async () => {
  const { lines, verdicts } = await triaged();
  expect(lines).toEqual([
    'refuted 10  text in a string, not code',
    'refuted 14  `sqlite3.connect` is kept in `self.con`, and `Store.close` (line 17) releases it',
    'refuted 20  a comment, not code',
    expect.stringMatching(/^confirmed 21 unclosed-sqlite-connection `sqlite3.connect` is never closed/),
    'refuted 35  `sqlite3.connect` is returned to the caller, who owns it from then on',
    'cannot parse 25  Python refuses this statement: keyword argument repeated: daemon',
    'refuted 32  text in a string, not code',
    'refuted 29  `psutil.Process` is nothing that has to be released',
    'refuted 24  no handler is registered here that outlives its owner: the category matched a name',
    'gone -  the code is not in the file any more',
    'gone -  there is no such file any more',
  ]);
  expect(verdicts).toEqual({ confirmed: 1, refuted: 7, gone: 2, 'cannot parse': 1 });
});

test('the table counts per category and severity', async () => {
  const { box } = await triaged();
  const { stdout } = await box.run(['triage', 'old.json', 'src'], { engine: realEngine });
  expect(stdout.split('\n').slice(0, 7).join('\n')).toBe(
    [
      'Category              Severity  Old findings  Confirmed  Refuted  Gone  Cannot parse',
      'sqlite_without_close  HIGH                 6          1        4     1             0',
      'threading_thread      HIGH                 2          0        1     0             1',
      'resource_creation     HIGH                 1          0        1     0             0',
      'event_handlers        MEDIUM               1          0        1     0             0',
      'global_variables      LOW                  1          0        0     1             0',
      'all                                       11          1        7     2             1',
    ].join('\n'),
  );
  expect(stdout).toContain('confirmed:\n  src/jobs/store.py:21: unclosed-sqlite-connection');
});

test('several formats go to files, and nothing in them is markup', async () => {
  const report = `{"detailed_issues": [${issue(1, 'odd <b>|', 'x = "<script>"')}]}`;
  const { box } = await triaged(report, { 'src/jobs/store.py': 'x = "<script>"\n' });
  const { stdout } = await box.run(
    [
      'triage',
      'old.json',
      '--format',
      'markdown:out/t.md',
      '--format',
      'html:out/t.html',
      '-f',
      'text',
      '-o',
      'out/t.txt',
    ],
    { engine: realEngine },
  );
  expect(stdout).toBe('');
  expect(box.read('out/t.md')).toContain('| odd &lt;b>\\| | HIGH | 1 |');
  expect(box.read('out/t.html')).toContain('odd &lt;b&gt;|');
  expect(box.read('out/t.html')).not.toContain('<script>');
  expect(box.read('out/t.txt')).toMatch(/^Category/);
});

test('reports of ESLint and SARIF are read', () => {
  const eslint = readOldReport(
    JSON.stringify([
      {
        filePath: 'C:\\w\\a.py',
        messages: [
          { ruleId: 'SIM115', line: 3, column: 1, severity: 2, message: 'open' },
          { ruleId: null, line: 4, severity: 1, message: '' },
        ],
      },
    ]),
  );
  expect(eslint).toMatchObject({
    format: 'eslint',
    findings: [
      { file: 'C:/w/a.py', line: 3, category: 'SIM115', severity: 'ERROR', code: undefined },
      { line: 4, category: 'none', severity: 'WARNING' },
    ],
  });
  const region = { startLine: 7, snippet: { text: 'open(x)' } };
  const location = { physicalLocation: { artifactLocation: { uri: 'file:///w/a%20b.py' }, region } };
  const sarif = readOldReport(
    JSON.stringify({ runs: [{ results: [{ ruleId: 'R1732', message: { text: 'm' }, locations: [location] }] }, {}] }),
  );
  expect(sarif).toMatchObject({
    format: 'sarif',
    findings: [{ file: '/w/a b.py', line: 7, category: 'R1732', severity: 'WARNING', code: 'open(x)' }],
  });
});

test.each([
  ['nonsense', /^error: old\.json: it is not JSON/],
  ['{"issues": []}', /^error: old\.json: it has none of the known shapes/],
])('%s cannot be read', async (content, message) => {
  const { code, stderr } = await sandbox({ 'old.json': content }).run(['triage', 'old.json']);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});

test.each([
  [['triage'], /needs the file of an old report/],
  [['triage', 'missing.json'], /missing\.json: the report cannot be read: it does not exist/],
  [['triage', 'x', '--fix'], /--fix is an option of linting, not of pylint-leaks triage/],
  [['triage', 'x', '-f', 'sarif'], /must be text, json, markdown or html, not "sarif"/],
])('%j is refused', async (argv, message) => {
  const { code, stderr } = await sandbox().run(argv);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});

describe('locating', () => {
  const lines = ['f = open(a)', '', 'g = open( a )', 'f  =  open(a)', 'reopen(a)'];
  test.each([
    [4, 'f = open(a)', { kind: 'here', line: 4, how: 'same text' }],
    [1, 'f = open(a)', { kind: 'here', line: 1, how: 'same text' }],
    [1, 'g = open(a)', { kind: 'here', line: 3, how: 'same text' }],
    [5, 'open()', { kind: 'here', line: 4, how: 'same text' }],
    [1, 'fff = open(a)', { kind: 'here', line: 1, how: 'similar text' }],
    [2, 'something_else.entirely()', { kind: 'gone' }],
    [2, undefined, { kind: 'here', line: 2, how: 'same line' }],
    [9, undefined, { kind: 'gone' }],
  ])('line %s %j', (line, code, expected) => {
    expect(locate({ line, code }, lines)).toEqual(expected);
  });

  const paths = ['a.py', 'src/a.py', 'src/deep/b.py', 'lib/deep/b.py', 'x/c.py', 'tools/core.py', 'src/core.py'];
  test.each([
    ['a.py', { path: 'a.py', by: 'path' }],
    ['C:/app/src/a.py', { path: 'src/a.py', by: 'path' }],
    ['lib/deep/b.py', { path: 'lib/deep/b.py', by: 'path' }],
    ['old/c.py', { path: 'x/c.py', by: 'name' }],
    ['old/core.py', undefined],
    ['old/d.py', undefined],
  ])('file %s', (old, expected) => {
    expect(matchFile(old, paths)).toEqual(expected);
  });
});

test('a file with the same name alone is the old one when it has the code', async () => {
  const own = [issue(1, 'file_without_context', 'f = open(a)', 'old/c.py'), issue(2, 'x', 'y = 1', 'old/c.py')];
  const report = `{"detailed_issues": [${own.join(', ')}]}`;
  expect((await triaged(report, { 'new/c.py': 'f = open(a)\ny = 1\n' })).verdicts).toMatchObject({ gone: 0 });
  expect((await triaged(report, { 'new/c.py': 'print()\ny = 1\n' })).verdicts).toMatchObject({ gone: 2 });
});

test('a header without its block cannot be parsed, also when Python would stop before', async () => {
  const own = [5, 10].map((line) => issue(line, 'sqlite_without_close', 'with sqlite3.connect(path) as con:', 'b.py'));
  const { lines } = await triaged(`{"detailed_issues": [${own.join(', ')}]}`, { 'b.py': BROKEN });
  expect(lines).toEqual([
    'cannot parse 5  no indented block follows this header',
    'cannot parse 10  no indented block follows this header',
  ]);
});
