// npm's `prepare`: builds dist/ wherever npm packs or installs this repository, pre-commit's `language: node` included.
//
// Two things go wrong there. npm <= 11 leaks the settings of an outer `npm install --global` into this inner one, so
// development dependencies are missing: the script installs them itself. And pre-commit <= 4.6.0 takes everything on
// stdout for the name of the tarball: nothing may be printed there.
'use strict';

const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

const root = join(__dirname, '..');

/** Settings of the outer npm that change what an inner `npm ci` does. */
const LEAKED = [
  'global',
  'location',
  'prefix',
  'local_prefix',
  'install_links',
  'omit',
  'include',
  'only',
  'production',
  'dry_run',
  'allow_git',
];

function environment() {
  const env = { ...process.env };
  for (const name of Object.keys(env)) {
    if (LEAKED.some((key) => name.toLowerCase() === `npm_config_${key}`)) delete env[name];
  }
  // A NODE_ENV of the user's shell must not leave out what the build needs.
  delete env.NODE_ENV;
  return env;
}

/** Runs a command with its stdout on our stderr; a failure ends this process. */
function run(command, args) {
  // On Windows npm is a .cmd file, which only a shell can start.
  const shell = process.platform === 'win32' && command === 'npm';
  const { status, error } = spawnSync(command, args, { cwd: root, env: environment(), stdio: ['ignore', 2, 2], shell });
  if (status === 0) return;
  process.stderr.write(`pylint-leaks: "${command} ${args.join(' ')}" failed${error ? `: ${error.message}` : ''}\n`);
  process.exit(status || 1);
}

function isInstalled(name) {
  try {
    require.resolve(name, { paths: [root] });
    return true;
  } catch {
    return false;
  }
}

if (!['esbuild', 'yargs', 'zod', 'web-tree-sitter/web-tree-sitter.wasm', '@pylint-leaks/core'].every(isInstalled)) {
  run('npm', ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund']);
}
run(process.execPath, [join(__dirname, 'bundle.cjs')]);
