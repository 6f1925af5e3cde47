import { existsSync, readFileSync } from 'node:fs';
import { sandboxes, type Sandbox } from './sandbox';

const sandbox = sandboxes();
const LEAK = 'x = leak(1)\n';
const FIXED = 'x = closed(1).now\n';
const HERE = '.pylint-leaks-unfinished.json';

/** Files as a run leaves them that is killed while its command runs: what it had written down is copied meanwhile. */
async function killed(files: readonly string[], journal = HERE, box = sandbox()): Promise<Sandbox> {
  box.write(Object.fromEntries(files.map((file) => [file, LEAK])));
  const line = `if grep -q closed ${files[0] ?? ''}; then cp ${journal} kept.json; fi`;
  expect(await box.run(['--fix', '--verify-cmd', line, '.'])).toMatchObject({ code: 0 });
  expect(existsSync(box.path(journal))).toBe(false);
  box.write({ [journal]: readFileSync(box.path('kept.json')) });
  return box;
}

describe('a run with --verify-cmd that was killed', () => {
  test('is told of by the next, which names the ways out', async () => {
    const box = await killed(['a.py', 'b.py', 'c.py', 'd.py']);
    const { stderr, code } = await box.run(['.']);
    expect(code).toBe(0);
    expect(stderr).toBe(
      `note: a run with --verify-cmd was cut off (or is still running) and has left 4 files fixed but not checked (a.py, b.py, c.py and 1 more): \`pylint-leaks restore\` gives back what was there before; delete ${box.path(HERE)} to keep what is there now\n`,
    );
  });

  test('stops one that would write over it', async () => {
    const box = await killed(['a.py']);
    box.write({ 'b.py': LEAK });
    const { code, stderr } = await box.run(['--fix', 'b.py']);
    expect([code, box.read('b.py')]).toEqual([2, LEAK]);
    expect(stderr).toContain('error: a run with --verify-cmd was cut off');
    box.delete(HERE);
    expect(await box.run(['--fix', 'b.py'])).toMatchObject({ code: 0 });
    expect([box.read('a.py'), box.read('b.py')]).toEqual([FIXED, FIXED]);
  });

  test('can be taken back', async () => {
    const box = await killed(['a.py', 'deep/b.py']);
    const { code, stdout } = await box.run(['restore']);
    expect([code, stdout]).toEqual([0, 'a.py: restored\ndeep/b.py: restored\n2 files restored.\n']);
    expect([box.read('a.py'), box.read('deep/b.py'), existsSync(box.path(HERE))]).toEqual([LEAK, LEAK, false]);
    expect(await box.run(['restore'])).toMatchObject({ code: 0, stdout: 'Nothing to restore.\n' });
  });

  test('what was changed or deleted since stays so, and its old content is kept', async () => {
    const box = await killed(['a.py', 'b.py', 'c.py']);
    box.write({ 'b.py': 'mine = 1\n' });
    box.delete('c.py');
    const { code, stdout } = await box.run(['restore']);
    const kept = [...stdout.matchAll(/its old content is in (.+)/g)].map(([, path = '']) => readFileSync(path, 'utf8'));
    expect([code, kept, box.read('a.py'), box.read('b.py')]).toEqual([1, [LEAK, LEAK], LEAK, 'mine = 1\n']);
    expect(existsSync(box.path('c.py'))).toBe(false);
  });

  test('has left nothing where the files are as they were', async () => {
    const box = await killed(['a.py']);
    box.write({ 'a.py': LEAK });
    expect(await box.run(['--fix', '.'])).toMatchObject({ code: 0 });
    expect(box.read('a.py')).toBe(FIXED);
  });

  test('is noticed in all of a checkout, and its journal is in nobody`s way', async () => {
    const box = sandbox();
    box.git('init', '-q');
    await killed(['a.py', 'deep/b.py'], '.git/pylint-leaks-unfinished.json', box);
    expect((await box.run(['.'], { cwd: 'deep' })).stderr).toContain('2 files fixed but not checked');
    expect((await box.run(['restore'], { cwd: 'deep' })).stdout).toContain('2 files restored.\n');
  });

  test('has a journal in the git directory of a linked work tree', async () => {
    const box = sandbox({ 'a.py': LEAK });
    box.git('init', '-q');
    box.git('add', '.');
    box.git('commit', '-qm', 'first');
    box.git('worktree', 'add', '-q', 'tree');
    const line = 'if grep -q closed a.py; then cp ../.git/worktrees/tree/pylint-leaks-unfinished.json ../kept.json; fi';
    expect(await box.run(['--fix', '--verify-cmd', line, '.'], { cwd: 'tree' })).toMatchObject({ code: 0 });
    expect(existsSync(box.path('kept.json'))).toBe(true);
  });

  test('a journal of another version is not touched', async () => {
    const box = sandbox({ 'a.py': LEAK, [HERE]: '{"version": 2}' });
    const text = `${box.path(HERE)} was left by another version of pylint-leaks and may hold old contents of files`;
    for (const argv of [['--fix', '.'], ['restore']]) {
      const { code, stderr } = await box.run(argv);
      expect([code, stderr]).toEqual([2, expect.stringContaining(text)]);
    }
    expect([box.read('a.py'), box.read(HERE)]).toEqual([LEAK, '{"version": 2}']);
  });

  test('only what the command has not passed yet is in the journal', async () => {
    const box = sandbox({ 'a.py': LEAK, 'b.py': LEAK });
    // Fails with both, passes with a, and looks at the journal when b comes.
    const line = `if grep -q closed b.py; then cp ${HERE} kept.json; exit 1; fi`;
    await box.run(['--fix', '--verify-cmd', line, '.']);
    const { files } = JSON.parse(box.read('kept.json')) as { readonly files: readonly { readonly path: string }[] };
    expect(files.map(({ path }) => path)).toEqual([box.path('b.py')]);
    expect([box.read('a.py'), box.read('b.py'), existsSync(box.path(HERE))]).toEqual([FIXED, LEAK, false]);
  });
});
