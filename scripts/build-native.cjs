// Makes the native parser loadable: nothing to do where the prebuilt binary loads, otherwise compiles it (C++20, about
// 20 seconds). `npm ci` does not, so that installing needs no compiler; everything works without, on WebAssembly.
'use strict';

const { spawnSync } = require('node:child_process');
const { dirname, join } = require('node:path');

const root = join(__dirname, '..');

/** Asks a fresh process, because a binding that failed to load once cannot be loaded again. */
function loads(name) {
  return spawnSync(process.execPath, ['-e', `require(${JSON.stringify(name)})`], { cwd: root }).status === 0;
}

for (const name of ['tree-sitter', 'tree-sitter-python']) {
  if (loads(name)) continue;
  let folder;
  try {
    folder = dirname(require.resolve(`${name}/package.json`, { paths: [root] }));
  } catch {
    console.error(`${name} is not installed (npm leaves out optional dependencies that cannot be built)`);
    process.exit(1);
  }
  console.error(`compiling ${name}`);
  const built = spawnSync('npm', ['run', 'install', '--silent'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    shell: process.platform === 'win32',
    timeout: 300_000,
  });
  if (loads(name)) continue;
  console.error(
    `${name} cannot be built here:\n${(built.stderr || String(built.error ?? '')).split('\n').slice(-15).join('\n')}`,
  );
  process.exit(1);
}
console.error('the native parser loads');
