// Builds dist/: what runs with plain `node`: the launcher, the program, and the WebAssembly files beside them.
// CommonJS and free of TypeScript, because scripts/prepare.cjs runs it where nothing else is installed.
'use strict';

const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { build } = require('esbuild');
const { buildReportPage } = require('./report-page.cjs');

const root = join(__dirname, '..');
const dist = join(root, 'dist');

/** Modules that are loaded only if the machine has them; the bundle works without. */
const OPTIONAL_NATIVE_MODULES = ['tree-sitter', 'tree-sitter-python'];

/** cosmiconfig would load it for configuration in TypeScript, which is not among ours: 9 MB that nothing runs. */
const NEVER_LOADED = ['typescript'];

/** Looked up only when the program runs from a checkout; in the bundle the branch is dead. */
const FILES_OF_THE_CHECKOUT = ['web-tree-sitter/web-tree-sitter.wasm', 'tree-sitter-python/package.json'];

/** Takes a run through findings and fixes. */
const SAMPLE =
  'import sqlite3\n\n\ndef f(path):\n    c = sqlite3.connect(path)\n    c.execute("select 1")\n    c.close()\n';

const COMMON = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // Identifiers stay as they are written: a stack trace in a bug report must mean something. esbuild's `keepNames` would
  // add a call for each function made at run time, a seventh of the time of a run.
  minifySyntax: true,
  legalComments: 'eof',
  logLevel: 'warning',
  logLimit: 20,
};

async function main() {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  const webTreeSitter = dirname(require.resolve('web-tree-sitter/web-tree-sitter.wasm'));
  const main = join(dist, 'main.cjs');
  await build({
    ...COMMON,
    entryPoints: [join(root, 'packages/cli/src/bin.ts')],
    outfile: main,
    external: [...OPTIONAL_NATIVE_MODULES, ...NEVER_LOADED, ...FILES_OF_THE_CHECKOUT],
    define: { PYLINT_LEAKS_BUNDLE: 'true' },
    plugins: [
      {
        // `import()` would take the ES module, whose `import.meta.url` is empty in a CommonJS bundle.
        name: 'web-tree-sitter as CommonJS',
        setup({ onResolve }) {
          onResolve({ filter: /^web-tree-sitter$/ }, () => ({ path: join(webTreeSitter, 'web-tree-sitter.cjs') }));
        },
      },
      {
        // The CommonJS module of jsonc-parser is written so that no bundler can follow it.
        name: 'jsonc-parser as ES module',
        setup({ onResolve }) {
          const cjs = require.resolve('jsonc-parser', { paths: [join(root, 'packages/cli')] });
          onResolve({ filter: /^jsonc-parser$/ }, () => ({ path: cjs.replace(/umd(?=.main\.js$)/, 'esm') }));
        },
      },
      {
        // The ES module of yargs brings a layout engine that breaks the lines of --help inside words.
        name: 'yargs as CommonJS',
        setup({ onResolve }) {
          const path = require.resolve('yargs', { paths: [join(root, 'packages/cli')] });
          onResolve({ filter: /^yargs$/ }, () => ({ path }));
        },
      },
    ],
  });
  const cli = join(dist, 'cli.cjs');
  await build({
    ...COMMON,
    entryPoints: [join(root, 'packages/cli/src/launch.ts')],
    outfile: cli,
    banner: { js: '#!/usr/bin/env node' },
    define: {
      PYLINT_LEAKS_BUILD: JSON.stringify(createHash('sha256').update(readFileSync(main)).digest('hex').slice(0, 16)),
    },
  });
  chmodSync(cli, 0o755);
  copyFileSync(join(webTreeSitter, 'web-tree-sitter.wasm'), join(dist, 'web-tree-sitter.wasm'));
  const grammar = join(dirname(require.resolve('tree-sitter-python/package.json')), 'tree-sitter-python.wasm');
  copyFileSync(grammar, join(dist, 'tree-sitter-python.wasm'));
  writeFileSync(join(dist, 'report.html'), await buildReportPage());
  // What projects that vendor the runtime get.
  copyFileSync(
    join(root, 'packages/runtime/single_file/pylint_leaks_runtime.py'),
    join(dist, 'pylint_leaks_runtime.py'),
  );
  // The first run stores what V8 made of the program (packages/cli/src/launch.ts); whoever cannot write here has it then.
  spawnSync(process.execPath, [cli, '--no-config', '--diff', '-'], { input: SAMPLE });
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
