import { sandboxes, type Sandbox } from './sandbox';

const sandbox = sandboxes();
const BASELINE = 'pylint-leaks-baseline.jsonl';
const HOOK = '.pre-commit-config.yaml';

function checkout(files: Readonly<Record<string, string>>): Sandbox {
  const box = sandbox({ 'a.py': 'leak(1)\n', ...files });
  box.git('init', '-q');
  return box;
}

test('gives a repository baseline, configuration and hook, and the next run is clean', async () => {
  const box = checkout({});
  const { code, stdout, stderr } = await box.run(['init']);
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(stderr).toContain(`note: ${BASELINE}: 1 entry added`);
  expect(stderr).toContain(`note: .pylint-leaksrc.toml: written, baseline = "${BASELINE}"`);
  expect(stderr).toContain(`note: ${HOOK}: written, the hook pylint-leaks`);
  expect(stderr).toContain('note: next: ');
  expect(box.read(HOOK)).toMatch(/^repos:\n {2}- repo: local\n/);
  expect((await box.run([])).code).toBe(0);
});

test('leaves everything there as it is, and says so', async () => {
  const files = {
    'pyproject.toml': '[tool.pylint-leaks]\nbaseline = "old.jsonl"\n',
    'old.jsonl': '',
    [HOOK]: 'repos:\n- repo: local\n  hooks:\n  - id: pylint-leaks\n',
  };
  const box = checkout(files);
  const { stderr } = await box.run(['init']);
  for (const [name, text] of Object.entries(files)) {
    expect(box.read(name)).toBe(text);
    expect(stderr).toContain(`note: ${name}: kept\n`);
  }
});

test('adds to files that are there, and changes nothing else in them', async () => {
  const pyproject = '# ours\r\n[project]\r\nname = "x"\r\n';
  const hook =
    'default_stages: [pre-commit]\nrepos:\n  # first\n  - repo: https://example.com/x\n    rev: "1"\n    hooks: [{id: x}]';
  const box = checkout({ 'pyproject.toml': pyproject, [HOOK]: hook });
  expect((await box.run(['init'])).code).toBe(0);
  expect(box.read('pyproject.toml')).toBe(`${pyproject}\r\n[tool.pylint-leaks]\r\nbaseline = "${BASELINE}"\r\n`);
  expect(box.read(HOOK).startsWith(`${hook}\n  - repo: local\n    hooks:\n      - id: pylint-leaks\n`)).toBe(true);
  const again = await box.run(['init']);
  expect(again.stderr).toContain(`note: ${HOOK}: kept\n`);
});

test('does not touch what it does not understand', async () => {
  const files = {
    '.pylint-leaksrc.json': '{"quiet-rule": 1}',
    [HOOK]: 'repos: [{repo: meta, hooks: []}]\nfail_fast: true\n',
  };
  const bad = await checkout(files).run(['init']);
  expect(bad.code).toBe(2);
  const box = checkout({ ...files, '.pylint-leaksrc.json': '{}' });
  const { stderr } = await box.run(['init']);
  expect(stderr).toContain(`note: .pylint-leaksrc.json: kept; add baseline = "${BASELINE}" to it\n`);
  expect(stderr).toContain(`note: ${HOOK}: kept; add the hook pylint-leaks to it by hand\n`);
  expect(box.read(HOOK)).toBe(files[HOOK]);
});

test('with --dry-run only says what it would do', async () => {
  const box = checkout({ 'pyproject.toml': '' });
  const { code, stderr } = await box.run(['init', '--dry-run']);
  expect(code).toBe(0);
  expect(stderr).toBe(
    [
      `note: ${BASELINE}: would be written, with all findings there are`,
      `note: pyproject.toml: would be added to, baseline = "${BASELINE}"`,
      `note: ${HOOK}: would be written, the hook pylint-leaks`,
      '',
    ].join('\n'),
  );
  expect(box.git('status', '--short')).toBe('?? a.py\n?? pyproject.toml\n');
});

test('writes nothing in CI', async () => {
  const box = checkout({});
  expect((await box.run(['init'], { env: { CI: 'true' } })).code).toBe(2);
  expect(box.git('status', '--short')).toBe('?? a.py\n');
});
