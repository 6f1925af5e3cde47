import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkout, makeWorkplace, runIn, type Ended, type Workplace } from './bundle';

/** A migration through the bundle, in a git repository of its own: the 32 SQLite call sites of the example, and accidents. */
jest.setTimeout(180_000);

const SQLITE = ['--rule', 'unclosed-sqlite-connection'];

let work: Workplace;
beforeAll(() => {
  work = makeWorkplace();
});
afterAll(() => {
  work.remove();
});

interface Project {
  readonly root: string;
  readonly git: (...args: readonly string[]) => string;
  readonly migrate: (...args: readonly string[]) => Ended;
  readonly read: (name: string) => string;
}

function commitAll(root: string): Project {
  const git = (...args: readonly string[]) => {
    const { code, stdout, stderr } = runIn(root, 'git', args);
    if (code !== 0) throw new Error(stderr);
    return stdout;
  };
  git('init', '-q');
  git('config', 'user.name', 'Somebody');
  git('config', 'user.email', 'somebody@example.com');
  git('add', '-A');
  git('commit', '-q', '-m', 'first');
  return {
    root,
    git,
    migrate: (...args) => runIn(root, process.execPath, [work.cli, 'migrate', ...args]),
    read: (name) => readFileSync(join(root, name), 'utf8'),
  };
}

function example(): Project {
  const root = mkdtempSync(join(work.root, 'example-'));
  cpSync(join(checkout, 'examples/leaky_app'), join(root, 'leaky_app'), {
    recursive: true,
    filter: (path) => !path.includes('__pycache__'),
  });
  return commitAll(root);
}

function project(files: Readonly<Record<string, string>>): Project {
  const root = mkdtempSync(join(work.root, 'project-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return commitAll(root);
}

interface Site {
  readonly file: string;
  readonly rule: string;
  readonly verdict: string | null;
  readonly expectFix: string;
}

const truth = (
  JSON.parse(readFileSync(join(checkout, 'examples/leaky_app.truth.json'), 'utf8')) as readonly Site[]
).filter(({ rule, verdict }) => rule === 'unclosed-sqlite-connection' && verdict !== null);

describe('the SQLite call sites of the example', () => {
  const safe = truth.filter(({ expectFix }) => expectFix === 'safe');
  const left = truth.filter(({ expectFix }) => expectFix !== 'safe');

  it.each(['file', 'dir', 'rule'])('are fixed by %s as the truth says, and the scenario does the same', (by) => {
    const { root, git, migrate, read } = example();
    const scenario = 'python3 -m leaky_app.scenario "$(mktemp -d)/work"';
    expect(runIn(root, 'sh', ['-c', `${scenario} > ../before-${by}.txt`]).code).toBe(0);
    const check = `${scenario} | cmp - ../before-${by}.txt`;
    // One of the three checks after each batch as well.
    const verify = by === 'dir' ? ['--verify-cmd', check] : [];
    const { code, stdout } = migrate(...SQLITE, '--by', by, '--max-files', '5', '--commit', ...verify);
    expect(runIn(root, 'sh', ['-c', check])).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(code).toBe(1);
    const files = new Set(safe.map(({ file }) => file)).size;
    expect(stdout).toContain(`Fixed: ${safe.length} sites in ${files} files.\n`);
    expect(stdout).toContain(`Left: ${left.length} sites.\n`);
    expect(stdout).toContain('Failed verification: none.\n');
    const leftFiles = [...stdout.matchAll(/^ {2}(leaky_app\/\S+?):\d+:\d+ unclosed-sqlite-connection: ./gm)].map(
      ([, file]) => file,
    );
    expect(leftFiles.sort()).toEqual(left.map(({ file }) => file).sort());

    const commits = git('log', '--format=%H', '--reverse').trim().split('\n').slice(1);
    expect(commits).toHaveLength(by === 'file' ? files : Math.ceil(files / 5));
    const touched = commits.flatMap((commit) => git('show', '--format=', '--name-only', commit).trim().split('\n'));
    expect(touched.sort()).toEqual([...new Set(safe.map(({ file }) => file))].sort());
    expect(git('status', '--porcelain', '--untracked-files=no')).toBe('');
    expect(read('leaky_app/importers.py')).toMatch(/^\twith .*closing\(/m);
  });

  it('make patches that git applies to what commits make', () => {
    const patched = example();
    const { code } = patched.migrate(...SQLITE, '--unsafe-fixes', '--max-files', '3', '--patches', 'out');
    expect(code).toBe(1);
    expect(patched.git('status', '--porcelain')).toBe('?? out/\n');
    for (const name of readdirSync(join(patched.root, 'out')).sort()) patched.git('apply', `out/${name}`);
    const committed = example();
    committed.migrate(...SQLITE, '--unsafe-fixes', '--max-files', '3', '--commit');
    for (const name of readdirSync(join(patched.root, 'leaky_app'))) {
      expect(readFileSync(join(patched.root, 'leaky_app', name))).toEqual(
        readFileSync(join(committed.root, 'leaky_app', name)),
      );
    }
  });

  it('are not touched in a dirty tree', () => {
    const { root, git, migrate } = example();
    writeFileSync(join(root, 'leaky_app/ledger.py'), '# mine\n');
    expect(migrate(...SQLITE, '--commit')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(
        'the working tree has changes that are not committed (leaky_app/ledger.py)',
      ) as string,
    });
    expect(git('log', '--oneline').trim().split('\n')).toHaveLength(1);
  });
});

const SQL = 'def use(path):\n    conn = sqlite3.connect(path)\n    return conn.execute("select 1").fetchall()\n';
const FILE = 'def read(path):\n    file = open(path)\n    return file.read()\n';
const BOTH = `import sqlite3\n\n\n${SQL}\n\n${FILE}`;

describe('a file in several batches', () => {
  it('has patches that build on each other, also when they are made in two runs', () => {
    const whole = project({ 'a.py': BOTH, 'b.py': BOTH });
    expect(whole.migrate('--by', 'rule', '--patches', 'out').code).toBe(0);
    const names = readdirSync(join(whole.root, 'out')).sort();
    expect(names).toEqual(['0001-unclosed-file.patch', '0002-unclosed-sqlite-connection.patch']);
    for (const name of names) whole.git('apply', `out/${name}`);
    const fixed = project({ 'a.py': BOTH, 'b.py': BOTH });
    expect(fixed.migrate('--by', 'rule', '--commit').code).toBe(0);
    expect(whole.read('a.py')).toBe(fixed.read('a.py'));
    expect(whole.read('b.py')).toContain('with closing(');

    // The state of a run that was stopped after its first patch.
    const halved = project({ 'a.py': BOTH, 'b.py': BOTH });
    halved.migrate('--by', 'rule', '--patches', 'out', '--state', 'state.json');
    const state = JSON.parse(halved.read('state.json')) as { readonly batches: readonly object[] };
    const second = { ...state.batches[1], result: undefined };
    writeFileSync(join(halved.root, 'state.json'), JSON.stringify({ ...state, batches: [state.batches[0], second] }));
    writeFileSync(join(halved.root, 'out', names[1] ?? ''), '');
    expect(halved.migrate('--by', 'rule', '--patches', 'out', '--state', 'state.json', '--resume').code).toBe(0);
    for (const name of names) expect(halved.read(`out/${name}`)).toBe(whole.read(`out/${name}`));
  });
});

describe('accidents', () => {
  const files = { 'a/x.py': BOTH, 'b/x.py': BOTH, 'c/x.py': BOTH };
  /** Hangs as soon as the second batch is in place. */
  const HANG = 'if grep -q closing b/x.py && test ! -e go; then touch started; sleep 100; fi';

  async function startAndSend(signal: NodeJS.Signals): Promise<{ readonly place: Project; readonly code: unknown }> {
    const place = project(files);
    const args = [work.cli, 'migrate', '--commit', '--verify-cmd', HANG];
    const child = spawn(process.execPath, args, { cwd: place.root, stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('close', resolve));
    const timer = setInterval(() => {
      if (!existsSync(join(place.root, 'started'))) return;
      clearInterval(timer);
      child.kill(signal);
    }, 20);
    const code = await ended;
    clearInterval(timer);
    writeFileSync(join(place.root, 'go'), '');
    return { place, code };
  }

  const subjects = ({ git }: Project) => git('log', '--format=%s', '--reverse').trim().split('\n').slice(1);
  const changes = ({ git }: Project) => git('status', '--porcelain', '--untracked-files=no');
  const ALL = ['a', 'b', 'c'].map((name) => `Fix resource leaks in ${name}`);

  it('Ctrl-C: the batch leaves no trace, and --resume does the rest', async () => {
    const { place, code } = await startAndSend('SIGINT');
    expect([code, subjects(place), changes(place)]).toEqual([130, ALL.slice(0, 1), '']);
    expect(place.read('b/x.py')).toBe(BOTH);
    expect(place.migrate('--commit', '--verify-cmd', HANG, '--resume').code).toBe(0);
    expect([subjects(place), changes(place)]).toEqual([ALL, '']);
  });

  it('the program dies: --resume puts the batch back and does the rest', async () => {
    const { place } = await startAndSend('SIGKILL');
    expect([subjects(place), changes(place)]).toEqual([ALL.slice(0, 1), ' M b/x.py\n']);
    expect(place.migrate('--commit', '--verify-cmd', HANG)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('an earlier migration was cut off') as string,
    });
    const resumed = place.migrate('--commit', '--verify-cmd', HANG, '--resume');
    expect(resumed).toMatchObject({ code: 0, stdout: expect.stringContaining('Fixed: 6 sites in 3 files.') as string });
    expect([subjects(place), changes(place)]).toEqual([ALL, '']);
  });

  it('the command fails: what breaks it is put back, the rest is committed', () => {
    const place = project({ 'src/x.py': BOTH, 'src/y.py': BOTH, 'src/z.py': BOTH });
    const { code, stdout } = place.migrate('--commit', '--verify-cmd', '! grep -q closing src/y.py');
    expect(code).toBe(1);
    expect(place.git('show', '--format=', '--name-only').trim().split('\n')).toEqual(['src/x.py', 'src/z.py']);
    expect([place.read('src/y.py'), changes(place)]).toEqual([BOTH, '']);
    expect(stdout).toMatch(/^src +2 +4 +committed, 1 failed$/m);
    expect(
      stdout.match(/^ {2}src\/y\.py:\d+:\d+ \S+: `! grep -q closing src\/y\.py` fails with exit code 1$/gm),
    ).toHaveLength(2);
  });

  it('the command fails already: nothing is written', () => {
    const place = project(files);
    const { code, stderr } = place.migrate('--commit', '--verify-cmd', 'exit 7');
    expect([code, subjects(place), changes(place)]).toEqual([2, [], '']);
    expect(stderr).toContain('`exit 7` fails with exit code 7 already before anything was written');
  });
});

it('what can be fixed once a file compiles again is fixed in the same batch', () => {
  const broken = `${BOTH}\n\ndef listed():\n    print("a", sep="", sep="")\n`;
  const { migrate, read } = project({ 'a.py': broken });
  const { code, stdout } = migrate('--commit');
  expect([code, stdout]).toEqual([0, expect.stringContaining('Fixed: 3 sites in 1 file.\nLeft: none.\n')]);
  expect(read('a.py')).toContain('print("a", sep="")');
});

it('owners are those of CODEOWNERS', () => {
  const { migrate } = project({
    'a/x.py': BOTH,
    'b/x.py': BOTH,
    'c.py': BOTH,
    '.github/CODEOWNERS': '/a/ @org/a\n/b/ @org/b @me\n',
  });
  expect(
    migrate('--by', 'owner', '--dry-run')
      .stdout.split('\n')
      .slice(1, 4)
      .map((row) => row.replace(/ +/g, ' ')),
  ).toEqual(['(no owner) 1 2', '@org/a 1 2', '@org/b @me 1 2']);
});
