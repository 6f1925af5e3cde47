import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { nodeDisk } from '../src/disk';
import { sandboxes, type Sandbox, type Surroundings } from './sandbox';

const create = sandboxes();
const LEAK = 'x = leak(1)\n';
const FIXED = 'x = closed(1).now\n';
const TREE: Readonly<Record<string, string>> = {
  'a.py': LEAK,
  'src/b.py': `${LEAK}y = risky(2)\n`,
  'src/c.py': LEAK,
  'src/deep/d.py': `${LEAK}maybe(1)\n`,
  'clean.py': 'x = 1\n',
};

function repository(files: Readonly<Record<string, string | Uint8Array>> = TREE): Sandbox {
  const box = create(files);
  box.git('init', '-q');
  box.git('config', 'user.name', 'Somebody');
  box.git('config', 'user.email', 'somebody@example.com');
  box.git('add', '-A');
  box.git('commit', '-qm', 'first');
  return box;
}

const migrate = (box: Sandbox, argv: readonly string[], surroundings: Surroundings = {}) =>
  box.run(['migrate', ...argv], surroundings);
const log = (box: Sandbox, format: string) =>
  box.git('log', `--format=${format}`, '--reverse').trim().split('\n').slice(1);
const filesOf = (box: Sandbox, commit: string) =>
  box.git('show', '--format=', '--name-only', commit).trim().split('\n');
const status = (box: Sandbox) => box.git('status', '--porcelain');

describe('commits', () => {
  test('one for each batch, with its files only, and a clean tree afterwards', async () => {
    const box = repository();
    const { code, stdout, stderr } = await migrate(box, ['--commit']);
    expect(log(box, '%s')).toEqual([
      'Fix unclosed-leak in the top directory',
      'Fix unclosed-leak in src',
      'Fix unclosed-leak in src/deep',
    ]);
    expect(log(box, '%H').map((commit) => filesOf(box, commit))).toEqual([
      ['a.py'],
      ['src/b.py', 'src/c.py'],
      ['src/deep/d.py'],
    ]);
    expect([box.read('a.py'), box.read('src/b.py'), status(box)]).toEqual([FIXED, `${FIXED}y = risky(2)\n`, '']);
    expect(code).toBe(1);
    expect(stderr.replace(/[0-9a-f]{10}/g, 'HASH')).toBe(
      [
        '[1/3] .: 1 site in 1 file fixed, commit HASH',
        '[2/3] src: 2 sites in 2 files fixed, commit HASH',
        '[3/3] src/deep: 1 site in 1 file fixed, commit HASH',
        '',
      ].join('\n'),
    );
    expect(stdout).toBe(
      [
        'Batch     Files  Fixed  Result',
        '.             1      1  committed',
        'src           2      2  committed',
        'src/deep      1      1  committed',
        '',
        'Fixed: 4 sites in 4 files.',
        'Left: 2 sites.',
        '  src/b.py:2:5 unclosed-leak: its fix may change behaviour (--unsafe-fixes)',
        '  src/deep/d.py:2:1 unclosed-maybe: there is no fix for it',
        'Failed verification: none.',
        '',
      ].join('\n'),
    );
  });

  test('say what and why, where, and what stands behind it', async () => {
    const box = repository({ 'src/b.py': TREE['src/b.py']!, 'src/c.py': LEAK });
    expect(await migrate(box, ['--commit', '--unsafe-fixes', '--verify-cmd', 'true'])).toMatchObject({ code: 0 });
    expect(box.git('show', '-s', '--format=%B').trimEnd()).toBe(
      [
        'Fix unclosed-leak in src',
        '',
        'pylint-leaks fixed 3 sites in 2 files.',
        '',
        'unclosed-leak: Words of unclosed-leak.',
        '  Write closed (3, 1 may change behaviour)',
        '    src/b.py: lines 1, 1',
        '    src/c.py: line 1',
        '',
        'Each file was analysed again before it was written: it compiles as it did, what was found is gone, no rule finds',
        'anything new, comments and strings are what they were.',
        '`true` passes with these files.',
        '1 fix may change behaviour and should be read.',
      ].join('\n'),
    );
  });

  test('leave alone what is staged and what git does not track', async () => {
    const box = repository();
    box.write({ 'src/c.py': `${LEAK}# mine\n`, 'new.py': LEAK, 'staged.txt': 'x' });
    box.git('add', 'staged.txt');
    const refused = await migrate(box, ['--commit']);
    expect(refused).toMatchObject({
      code: 2,
      stderr:
        'error: the working tree has changes that are not committed (src/c.py, staged.txt): commit or stash them, or give --allow-dirty to leave these files out\n',
    });
    expect(log(box, '%s')).toEqual([]);

    const { stdout } = await migrate(box, ['--commit', '--allow-dirty']);
    expect(log(box, '%H').flatMap((commit) => filesOf(box, commit))).toEqual(['a.py', 'src/b.py', 'src/deep/d.py']);
    expect(status(box).split('\n').sort()).toEqual(['', ' M src/c.py', '?? new.py', 'A  staged.txt']);
    expect(box.read('src/c.py')).toBe(`${LEAK}# mine\n`);
    expect(stdout).toContain('  new.py:1:5 unclosed-leak: git does not track the file\n');
    expect(stdout).toContain('  src/c.py:1:5 unclosed-leak: the file has changes that are not committed\n');
  });

  test('work from a directory inside, and for odd names', async () => {
    const box = repository({ 'src/*.py': LEAK, 'src/n\u00e4me with blanks.py': LEAK, 'src/x.py': 'x = 1\n' });
    expect(await migrate(box, ['--commit', '.'], { cwd: 'src' })).toMatchObject({ code: 0 });
    expect(status(box)).toBe('');
    expect(box.read('src/*.py')).toBe(FIXED);
  });
});

describe('hooks', () => {
  const hook = (box: Sandbox, script: string) => {
    box.write({ '.git/hooks/pre-commit': `#!/bin/sh\n${script}\n` });
    box.git('config', 'core.hooksPath', '.git/hooks');
    chmodSync(box.path('.git/hooks/pre-commit'), 0o755);
  };

  test('that refuse: the files are as they were, and the reason is told', async () => {
    const box = repository();
    hook(box, 'if git diff --cached --name-only | grep -q src/b.py; then echo "no way" >&2; exit 1; fi');
    const { code, stdout } = await migrate(box, ['--commit']);
    expect(code).toBe(1);
    expect(status(box)).toBe('');
    expect(log(box, '%s')).toEqual(['Fix unclosed-leak in the top directory', 'Fix unclosed-leak in src/deep']);
    expect([box.read('src/b.py'), box.read('src/c.py')]).toEqual([TREE['src/b.py'], LEAK]);
    expect(stdout).toContain('src           0      0  2 failed\n');
    expect(stdout).toContain(
      'Failed verification: 2 sites.\n  src/b.py:1:5 unclosed-leak: git commit failed: no way\n  src/c.py:1:5 unclosed-leak: git commit failed: no way\n',
    );
  });

  test('that reformat the files and then refuse, are asked again', async () => {
    const box = repository({ 'a.py': LEAK });
    hook(box, 'grep -q formatted a.py && exit 0; echo "# formatted" >> a.py; exit 1');
    expect(await migrate(box, ['--commit'])).toMatchObject({ code: 0 });
    expect([box.git('show', 'HEAD:a.py'), status(box)]).toEqual([`${FIXED}# formatted\n`, '']);
  });

  test('are left out with --no-hooks', async () => {
    const box = repository({ 'a.py': LEAK });
    hook(box, 'exit 1');
    expect(await migrate(box, ['--commit', '--no-hooks'])).toMatchObject({ code: 0 });
    expect(log(box, '%s')).toHaveLength(1);
  });
});

describe('batches', () => {
  const plan = async (argv: readonly string[], files = TREE) => {
    const box = repository(files);
    const { stdout } = await migrate(box, ['--dry-run', ...argv]);
    expect([status(box), log(box, '%s')]).toEqual(['', []]);
    return stdout
      .split('\n')
      .slice(1, -3)
      .map((row) => row.replace(/ {2,}/g, ' '));
  };

  test('by each key, and not larger than asked for', async () => {
    expect(await plan([])).toEqual(['. 1 1', 'src 2 2', 'src/deep 1 1']);
    expect(await plan(['--by', 'file'])).toEqual(['a.py 1 1', 'src/b.py 1 1', 'src/c.py 1 1', 'src/deep/d.py 1 1']);
    expect(await plan(['--by', 'rule'])).toEqual(['unclosed-leak 4 4']);
    expect(await plan(['--by', 'rule', '--max-files', '3'])).toEqual([
      'unclosed-leak (1 of 2) 3 3',
      'unclosed-leak (2 of 2) 1 1',
    ]);
    const owned = { ...TREE, CODEOWNERS: '/src/ @b @a\n/src/deep/ @deep\n' };
    expect(await plan(['--by', 'owner'], owned)).toEqual(['(no owner) 1 1', '@b @a 2 2', '@deep 1 1']);
  });

  test('only of the rules and paths that are named', async () => {
    expect(await plan(['--rule', 'unclosed-leak', 'src/deep'])).toEqual(['src/deep 1 1']);
    const { stdout } = await migrate(repository(), ['--dry-run', '--rule', 'unclosed-maybe']);
    expect(stdout).toBe('Nothing to fix.\n');
  });
});

describe('patches', () => {
  test('leave the tree as it is, and make of it what commits make', async () => {
    const files = {
      ...TREE,
      'crlf.py': 'x = leak(1)\r\n',
      'latin.py': Buffer.from(`# coding: latin-1\n# caf\xe9\n${LEAK}`, 'latin1'),
    };
    const box = repository(files);
    const { stdout } = await migrate(box, ['--patches', 'out', '--unsafe-fixes']);
    expect(status(box)).toBe('?? out/\n');
    expect(readdirSync(box.path('out'))).toEqual(['0001-top.patch', '0002-src.patch', '0003-src-deep.patch']);
    expect(stdout).toContain('src           2      3  0002-src.patch\n');
    const committed = repository(files);
    await migrate(committed, ['--commit', '--unsafe-fixes']);
    for (const name of readdirSync(box.path('out'))) box.git('apply', `out/${name}`);
    for (const name of Object.keys(files)) expect(box.bytes(name)).toEqual(committed.bytes(name));
  });

  test('have a message that git am takes', async () => {
    const box = repository({ 'a.py': LEAK });
    await migrate(box, ['--patches', 'out']);
    box.git('am', '-q', 'out/0001-top.patch');
    expect(log(box, '%an <%ae> %s')).toEqual([
      'Somebody <somebody@example.com> Fix unclosed-leak in the top directory',
    ]);
  });

  test('are verified in place, and the files have their bytes back', async () => {
    const box = repository();
    const line = 'cat a.py src/c.py >> seen.log; ! grep -q closed src/c.py';
    const { code } = await migrate(box, ['--patches', 'out', '--verify-cmd', line]);
    expect(code).toBe(1);
    expect(status(box)).toBe('?? out/\n?? seen.log\n');
    expect(box.read('seen.log')).toContain('closed');
    expect(readFileSync(box.path('out/0002-src.patch'), 'utf8')).not.toContain('a/src/c.py');
  });
});

test('--verify-cmd: what breaks it is put back, the rest is committed, and the table says so', async () => {
  const box = repository();
  const { code, stdout } = await migrate(box, ['--commit', '--verify-cmd', '! grep -q closed src/c.py']);
  expect(code).toBe(1);
  expect(log(box, '%H').flatMap((commit) => filesOf(box, commit))).toEqual(['a.py', 'src/b.py', 'src/deep/d.py']);
  expect([box.read('src/c.py'), status(box)]).toEqual([LEAK, '']);
  expect(stdout).toContain('src           1      1  committed, 1 failed\n');
  expect(stdout).toContain(
    'Failed verification: 1 site.\n  src/c.py:1:5 unclosed-leak: `! grep -q closed src/c.py` fails with exit code 1\n',
  );
});

test('--verify-cmd that fails before anything was written ends it', async () => {
  const box = repository();
  const { code, stderr } = await migrate(box, ['--commit', '--verify-cmd', 'false']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('already before anything was written')]);
  expect([log(box, '%s'), status(box)]).toEqual([[], '']);
});

test('a fix that verification takes back is a failure', async () => {
  const { code, stdout } = await migrate(repository({ 'a.py': 'stubborn(1)\n' }), ['--commit']);
  expect(code).toBe(1);
  expect(stdout).toContain('  a.py:1:1 unclosed-leak: its fix was taken back: it is still there\n');
});

describe('stop and resume', () => {
  /** Stops the run as Ctrl-C does, at the moment when a file gets new bytes. */
  const stopAt = (name: string) => {
    const stop = new AbortController();
    const replace = (path: string, bytes: Uint8Array) => {
      if (path.endsWith(name)) stop.abort();
      return nodeDisk.replace(path, bytes);
    };
    return { signal: stop.signal, disk: { replace } };
  };

  test('the batch at hand is finished, and --resume does the others', async () => {
    const box = repository();
    const first = await migrate(box, ['--commit'], stopAt('src/b.py'));
    expect(first).toMatchObject({
      code: 130,
      stderr: expect.stringContaining('note: interrupted; the same command with --resume goes on\n') as string,
    });
    expect(first.stdout).toContain('src/deep      0      0  not done\n');
    expect(first.stdout).toContain('  src/deep/d.py:1:5 unclosed-leak: not done yet (--resume)\n');
    expect([log(box, '%s').length, status(box)]).toEqual([2, '']);
    const { stdout, code } = await migrate(box, ['--commit', '--resume']);
    expect([log(box, '%s').length, status(box), code]).toEqual([3, '', 1]);
    expect(stdout).toContain('Fixed: 4 sites in 4 files.\n');
  });

  test('while the command runs: nothing of the batch stays', async () => {
    const box = repository();
    const line = 'grep -q closed src/c.py && sleep 60; true';
    const argv = ['--commit', '--verify-cmd', line];
    const first = await migrate(box, argv, stopAt('src/c.py'));
    expect([first.code, log(box, '%s').length, status(box)]).toEqual([130, 1, '']);
    expect([box.read('src/b.py'), box.read('src/c.py')]).toEqual([TREE['src/b.py'], LEAK]);
    const second = await migrate(box, ['--commit', '--verify-cmd', 'true', '--resume']);
    expect([second.code, log(box, '%s').length, status(box)]).toEqual([1, 3, '']);
  });

  test('patches go on where they stopped', async () => {
    const box = repository();
    const stop = new AbortController();
    const put = (path: string, content: string | Uint8Array) => {
      if (path.endsWith('0001-top.patch')) stop.abort();
      return nodeDisk.create(path, content);
    };
    const first = await migrate(box, ['--patches', 'out'], { signal: stop.signal, disk: { create: put } });
    expect([first.code, readdirSync(box.path('out'))]).toEqual([130, ['0001-top.patch']]);
    const second = await migrate(box, ['--patches', 'out', '--resume']);
    expect(second.stdout).toContain('Fixed: 4 sites in 4 files.\n');
    for (const name of readdirSync(box.path('out'))) box.git('apply', `out/${name}`);
    expect(box.read('src/deep/d.py')).toBe(`${FIXED}maybe(1)\n`);
  });

  test('a patch whose file has changed since ends it', async () => {
    const box = repository();
    await migrate(box, ['--patches', 'out']);
    box.write({ 'a.py': `${LEAK}# new\n` });
    box.git('commit', '-qam', 'second');
    expect(await migrate(box, ['--patches', 'out', '--resume'])).toMatchObject({
      code: 2,
      stderr: 'error: --resume: a.py is no longer what 0001-top.patch was made for; start again without --resume\n',
    });
  });

  test('what a run that died has left behind is put back', async () => {
    const box = repository();
    await migrate(box, ['--commit'], stopAt('a.py'));
    const file = box.path('.git/pylint-leaks-migrate.json');
    const state = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    const left = { path: box.path('src/c.py'), before: Buffer.from(LEAK).toString('base64'), after: sha256(FIXED) };
    box.write({ '.git/pylint-leaks-migrate.json': JSON.stringify({ ...state, inFlight: [left] }), 'src/c.py': FIXED });

    const refused = await migrate(box, ['--commit']);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('an earlier migration was cut off')]);
    const { code, stdout } = await migrate(box, ['--commit', '--resume']);
    expect([code, status(box), box.read('src/c.py')]).toEqual([1, '', FIXED]);
    expect(stdout).toContain('Fixed: 4 sites in 4 files.\n');
  });

  test('with other options, or with nothing to go on with, is refused', async () => {
    const box = repository();
    expect(await migrate(box, ['--commit', '--resume'])).toMatchObject({
      code: 2,
      stderr: `error: --resume: there is nothing to go on with (${box.path('.git/pylint-leaks-migrate.json')} does not exist)\n`,
    });
    await migrate(box, ['--commit', '--state', 'state.json']);
    expect(existsSync(box.path('state.json'))).toBe(true);
    expect(await migrate(box, ['--commit', '--state', 'state.json', '--resume', '--by', 'file'])).toMatchObject({
      code: 2,
      stderr: 'error: --resume: by was "dir" when the migration began, and is "file" now\n',
    });
    box.write({ 'state.json': '{}' });
    expect(await migrate(box, ['--commit', '--state', 'state.json', '--resume'])).toMatchObject({
      code: 2,
      stderr:
        'error: state.json: it is not a state file of this version; go on with the version that wrote it, or start again without --resume\n',
    });
  });

  test('a state file of another version is in the way of nothing but what may be lost with it', async () => {
    const box = repository();
    const idle = JSON.stringify({ version: 7, inFlight: [], news: true });
    const busy = JSON.stringify({ version: 7, inFlight: [{ path: 'a.py' }] });
    for (const content of [idle, busy, 'no json']) {
      box.write({ 'state.json': content });
      const plan = await migrate(box, ['--dry-run', '--state', 'state.json']);
      expect([plan.code, box.read('state.json')]).toEqual([0, content]);
      expect(plan.stderr).toContain('it is not needed for a plan, and stays as it is\n');
    }
    for (const content of [busy, 'no json']) {
      box.write({ 'state.json': content });
      const refused = await migrate(box, ['--commit', '--state', 'state.json']);
      expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('may hold old contents of files')]);
      expect([box.read('state.json'), box.read('src/c.py')]).toEqual([content, LEAK]);
    }
    box.write({ 'state.json': idle });
    const { stderr } = await migrate(box, ['--commit', '--state', 'state.json']);
    const [, kept = ''] = /a copy of it is in (.+)/.exec(stderr) ?? [];
    expect([readFileSync(kept, 'utf8'), box.read('src/c.py')]).toEqual([idle, FIXED]);
  });
});

describe('is refused', () => {
  test.each([
    [[], 'migrate makes commits (--commit) or patches (--patches DIR), or shows its plan (--dry-run): say which'],
    [['--commit', '--dry-run'], '--commit and --dry-run exclude each other'],
    [['--dry-run', '--resume'], '--resume and --dry-run exclude each other'],
    [['--patches', 'x', '--no-hooks'], '--no-hooks needs --commit'],
    [['--commit', '--by', 'team'], '--by must be rule, dir, owner or file, not "team"'],
    [['--commit', '--max-files', '0'], '--max-files must be a whole number, 1 or more, not "0"'],
    [['--commit', '--fix'], '--fix is an option of linting, not of pylint-leaks migrate'],
    [
      ['--commit', '--rule', 'unclosed-lek'],
      '--rule: unknown rule "unclosed-lek"; did you mean unclosed-leak? (known: unclosed-leak, unclosed-maybe, quiet-rule)',
    ],
    [['--commit', '--by', 'owner'], '--by owner: there is no CODEOWNERS file'],
    [['--commit', '-'], 'migrate needs files: standard input cannot be committed'],
  ])('%j', async (argv, message) => {
    expect(await migrate(repository(), argv)).toMatchObject({ code: 2, stdout: '', stderr: `error: ${message}\n` });
  });

  test('outside of a checkout, without an identity, and for a path that does not exist', async () => {
    const bare = create({ 'a.py': LEAK });
    expect((await migrate(bare, ['--commit'])).stderr).toMatch(/^error: migrate works in a git checkout: /);
    bare.git('init', '-q');
    bare.git('add', '-A');
    bare.git('commit', '-qm', 'first');
    bare.git('config', 'user.useConfigOnly', 'true');
    expect(await migrate(bare, ['--commit'], { env: { EMAIL: '' } })).toMatchObject({
      code: 2,
      stderr: 'error: git cannot commit: it knows neither user.name nor user.email\n',
    });
    expect(await migrate(repository(), ['--commit', 'nowhere'])).toMatchObject({
      code: 2,
      stderr: 'error: nowhere: no such file or directory\n',
    });
  });

  test('an option of migrate elsewhere', async () => {
    expect(await create({ 'a.py': LEAK }).run(['--commit', 'a.py'])).toMatchObject({
      code: 2,
      stderr: 'error: --commit is an option of pylint-leaks migrate\n',
    });
  });
});
