import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plantCheckout } from '@pylint-leaks/testkit';

/** The bundle must run with plain `node`, where nothing is installed. */
jest.setTimeout(120_000);

const checkout = join(__dirname, '..');
const manifest = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as {
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies?: unknown;
};

let folder: string;
beforeAll(() => {
  const planted = plantCheckout(checkout);
  const { code, output } = planted.run('node', ['scripts/bundle.cjs']);
  if (code !== 0) throw new Error(output);
  folder = mkdtempSync(join(tmpdir(), 'pylint-leaks-bundle-'));
  cpSync(join(planted.root, 'dist'), join(folder, 'dist'), { recursive: true });
  planted.remove();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function runBundle(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli.cjs', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

it('is what package.json names, with nothing to install', () => {
  expect(manifest.bin).toEqual({ 'pylint-leaks': 'dist/cli.cjs' });
  expect(manifest.dependencies).toBeUndefined();
  expect(readdirSync(join(folder, 'dist')).sort()).toEqual([
    'cli.cjs',
    expect.stringMatching(/^main-[0-9a-f]{16}-\w+-node-[\d.]+\.cache$/),
    'main.cjs',
    'pylint_leaks_runtime.py',
    'report.html',
    'tree-sitter-python.wasm',
    'web-tree-sitter.wasm',
  ]);
});

it('runs without the compiled code of an earlier run, or with a damaged one, and stores it where it can', () => {
  const compiled = () => readdirSync(join(folder, 'dist')).filter((name) => name.endsWith('.cache'));
  const [name = ''] = compiled();
  const before = runBundle('--no-config', '-');
  const path = join(folder, 'dist', name);
  rmSync(path);
  expect(runBundle('--version').code).toBe(0);
  expect(compiled()).toEqual([]);
  expect(runBundle('--no-config', '-')).toEqual(before);
  expect(compiled()).toEqual([name]);
  writeFileSync(path, readFileSync(path).subarray(0, 1000));
  expect(runBundle('--no-config', '-')).toEqual(before);
});

it('can be started as a program', () => {
  const file = join(folder, 'dist/cli.cjs');
  expect(statSync(file).mode & 0o777).toBe(0o755);
  expect(readFileSync(file, 'utf8').match(/^#!.*$/gm)).toEqual(['#!/usr/bin/env node']);
  expect(runBundle('--version')).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
});

it('lints on WebAssembly, and says so when the native parser is asked for', () => {
  writeFileSync(
    join(folder, 'leak.py'),
    'import sqlite3\n\n\ndef use(path):\n    sqlite3.connect(path).execute("select 1")\n',
  );
  const { code, stdout } = runBundle('--format', 'concise', 'leak.py');
  expect(stdout).toContain('leak.py:5:5');
  expect(code).toBe(1);
  const native = runBundle('--parser', 'native', 'leak.py');
  expect(native.code).toBe(2);
  expect(native.stderr).toContain('the native tree-sitter binding cannot be loaded');
});

it('prints the pages of the rules', () => {
  const { code, stdout } = runBundle('rule', 'unclosed-file');
  expect(code).toBe(0);
  expect(stdout).toContain('## Examples');
});
