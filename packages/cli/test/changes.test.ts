import { realEngine } from '../src/engine';
import { sandboxes, type Sandbox } from './sandbox';

const sandbox = sandboxes();

const OLD = `def old(path):
    return open(path).read()


def closed(path):
    file = open(path)
    text = file.read()
    file.close()
    return text
`;

const NEW = `

def new(path):
    return open(path).read()
`;

/** A checkout with one commit. */
function checkout(files: Readonly<Record<string, string>> = { 'a.py': OLD, 'b.py': OLD }): Sandbox {
  const box = sandbox(files);
  box.git('init', '-q');
  box.git('add', '.');
  box.git('commit', '-qm', 'old');
  return box;
}

async function reported(box: Sandbox, argv: readonly string[], cwd = '') {
  const { stdout, code, stderr } = await box.run(['--format=concise', ...argv], { engine: realEngine, cwd });
  return { places: stdout.split('\n').flatMap((line) => /^[^:]+:\d+/.exec(line) ?? []), code, stderr };
}

describe('--since', () => {
  test('reports what changed lines have, in tracked, new and untracked files', async () => {
    const box = checkout();
    expect(await reported(box, ['--since', 'HEAD'])).toMatchObject({
      places: [],
      code: 0,
      stderr: 'warning: no changed Python files found\n',
    });
    box.write({ 'a.py': OLD + NEW, 'added.py': NEW.trimStart(), 'untracked.py': NEW.trimStart() });
    box.git('add', 'added.py');
    const { places } = await reported(box, ['--since', 'HEAD']);
    expect(places).toEqual(['a.py:13', 'added.py:2', 'untracked.py:2']);
    expect((await reported(box, ['--since', 'HEAD', 'a.py'])).places).toEqual(['a.py:13']);
  });

  test('a line that went away may cause a finding where nothing was changed', async () => {
    const box = checkout();
    box.write({ 'a.py': OLD.replace('    file.close()\n', '') });
    expect((await reported(box, ['--since', 'HEAD'])).places).toEqual(['a.py:6']);
  });

  test('so may what makes a loss worse, and what stands on the way to it', async () => {
    const box = checkout();
    // Lost by an exception before; now also by a return.
    box.write({ 'a.py': OLD.replace('    file.close()\n', '    if text:\n        file.close()\n') });
    expect((await reported(box, ['--since', 'HEAD'])).places).toEqual(['a.py:6']);
    box.write({ 'a.py': OLD.replace('    text = file.read()\n', '    text = file.read(5)\n') });
    expect((await reported(box, ['--since', 'HEAD'])).places).toEqual(['a.py:6']);
  });

  test('layout, moved lines and Windows line ends are no changes of findings', async () => {
    const box = checkout();
    box.write({ 'a.py': `"""Page."""\n\n${OLD}`, 'b.py': OLD.replaceAll('\n', '\r\n') });
    expect((await reported(box, ['--since', 'HEAD'])).places).toEqual([]);
  });

  test('a renamed file has its history', async () => {
    const box = checkout({ 'a.py': OLD + NEW });
    box.git('mv', 'a.py', 'c.py');
    box.write({ 'c.py': OLD + NEW + NEW.replace('new', 'newer') });
    expect((await reported(box, ['--since', 'HEAD'])).places).toEqual(['c.py:17']);
  });

  test('counts from where the branch began, also below the root', async () => {
    const box = checkout({ 'sub/a.py': OLD, 'b.py': OLD });
    box.git('checkout', '-qb', 'topic');
    box.git('checkout', '-q', '-');
    box.write({ 'b.py': NEW });
    box.git('commit', '-qam', 'elsewhere');
    box.git('branch', 'upstream');
    box.git('checkout', '-q', 'topic');
    box.write({ 'sub/a.py': OLD + NEW });
    box.git('commit', '-qam', 'here');
    expect((await reported(box, ['--since', 'upstream'])).places).toEqual(['sub/a.py:13']);
    expect((await reported(box, ['--since', 'upstream'], 'sub')).places).toEqual(['a.py:13']);
  });

  test('fixes only what it reports', async () => {
    const box = checkout();
    box.write({ 'a.py': OLD + NEW });
    expect(await reported(box, ['--since', 'HEAD', '--fix'])).toMatchObject({ places: [], code: 0 });
    expect(box.read('a.py')).toBe(
      OLD + NEW.replace('    return open(path).read()', '    with open(path) as file:\n        return file.read()'),
    );
    expect(box.read('b.py')).toBe(OLD);
  });

  test.each([
    ['nonsense', 'error: --since: git knows no commit "nonsense"\n'],
    ['--all', 'error: --since needs a commit, branch or tag, not "--all"\n'],
  ])('%s ends the run', async (ref, stderr) => {
    const box = checkout();
    expect(await reported(box, [`--since=${ref}`])).toMatchObject({ code: 2, stderr });
  });

  test('needs a checkout', async () => {
    const { code, stderr } = await reported(sandbox({ 'a.py': OLD }), ['--staged']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: --staged: git says: not a git repository/);
  });
});

describe('--staged', () => {
  test('lints the staged text, not the work tree', async () => {
    const box = checkout();
    box.write({ 'a.py': OLD + NEW });
    box.git('add', 'a.py');
    box.write({ 'a.py': OLD, 'b.py': OLD + NEW });
    expect((await reported(box, ['--staged'])).places).toEqual(['a.py:13']);
    box.write({ 'a.py': OLD + NEW });
    box.git('reset', '-q');
    box.write({ 'b.py': `x = 1\n${OLD}` });
    box.git('add', 'b.py');
    expect((await reported(box, ['--staged'])).places).toEqual([]);
  });

  test('works before the first commit', async () => {
    const box = sandbox({ 'a.py': NEW.trimStart(), 'b.py': NEW.trimStart() });
    box.git('init', '-q');
    box.git('add', 'a.py');
    expect((await reported(box, ['--staged'])).places).toEqual(['a.py:2']);
  });

  test('fixes a file that is staged as it is, and none that is not', async () => {
    const box = checkout();
    box.write({ 'a.py': OLD + NEW, 'b.py': OLD + NEW });
    box.git('add', '.');
    box.write({ 'b.py': `x = 1\n${OLD}${NEW}` });
    const { places, stderr } = await reported(box, ['--staged', '--fix']);
    expect(places).toEqual(['b.py:13']);
    expect(stderr).toContain('note: a.py: 1 problem fixed');
    expect(stderr).toContain('note: b.py: not fixed, because it has changes that are not staged');
    expect(box.read('a.py')).toContain('with open(path) as file');
    expect(box.read('b.py')).toBe(`x = 1\n${OLD}${NEW}`);
    expect(box.git('show', ':a.py')).toBe(OLD + NEW);
  });

  test('takes the index that a hook is run with', async () => {
    const box = checkout();
    box.write({ '.git/hooks/pre-commit': '#!/bin/sh\ncp "$GIT_INDEX_FILE" seen-index\n', 'a.py': OLD + NEW });
    box.git('config', 'core.hooksPath', '.git/hooks');
    box.chmod('.git/hooks/pre-commit', 0o755);
    box.git('commit', '-qam', 'new');
    box.git('reset', '-q', '--soft', 'HEAD~1');
    box.git('reset', '-q');
    const { stdout } = await box.run(['--format=concise', '--staged'], {
      engine: realEngine,
      env: { GIT_INDEX_FILE: box.path('seen-index') },
    });
    expect(stdout).toMatch(/^a\.py:13:/);
    expect((await reported(box, ['--staged'])).places).toEqual([]);
  });
});
