import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plantCheckout } from '@pylint-leaks/testkit';

jest.setTimeout(240_000);

const checkout = join(__dirname, '..');
const read = (path: string): string => readFileSync(join(checkout, path), 'utf8');

/** The lines of the fenced `sh` blocks of README's section "Quick start". */
function quickStart(): readonly string[] {
  const [, section = ''] = /^## Quick start$([^]*?)^## /m.exec(read('README.md')) ?? [];
  return [...section.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].map(
    ([, language, text]) => `${language ?? ''}: ${text ?? ''}`,
  );
}

it('is two commands of one line each', () => {
  expect(quickStart()).toEqual(['sh: npm ci && npm run quickstart\n', 'sh: npm test\n']);
});

it('shows the leaks of the example and how to fix them, and does not fail because of them', () => {
  const planted = plantCheckout(checkout);
  try {
    const { code, stdout } = planted.run('npm', ['run', '--silent', 'quickstart']);
    expect(stdout).toContain('examples/leaky_app/');
    expect(stdout).toMatch(/^> +\d+ \|.*$/m);
    expect(stdout).toMatch(/^Found \d+ problems/m);
    expect(stdout).toContain('npx pylint-leaks examples/leaky_app --fix');
    expect(code).toBe(0);
    // A program that cannot run must not look like a program that found something.
    planted.write({ 'dist/cli.cjs': 'process.exitCode = 2;\n' });
    expect(planted.run('npm', ['run', '--silent', 'quickstart']).code).toBe(2);
  } finally {
    planted.remove();
  }
});

it('has one version in all packages', () => {
  const manifests = ['.', 'packages/cli', 'packages/core', 'packages/fixers', 'packages/rules', 'packages/testkit'];
  const versions = manifests.map(
    (folder) => (JSON.parse(read(`${folder}/package.json`)) as { version: string }).version,
  );
  expect(new Set(versions).size).toBe(1);
  expect(read('packages/runtime/pyproject.toml')).toContain(`\nversion = "${versions[0] ?? ''}"\n`);
});
