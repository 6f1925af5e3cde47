// Runs the linter on the bundled example, then says how to fix what it found. Findings are what the example is for, so
// they do not make the command fail; a linter that could not run does.
'use strict';

const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const cli = join(root, 'dist/cli.cjs');
const example = 'examples/leaky_app';

if (!existsSync(cli)) {
  const built = spawnSync(process.execPath, [join(__dirname, 'bundle.cjs')], { cwd: root, stdio: 'inherit' });
  if (built.status !== 0) process.exit(2);
}
const { status } = spawnSync(process.execPath, [cli, example], { cwd: root, stdio: 'inherit' });
if (status !== 0 && status !== 1) {
  console.error(`the linter could not run (exit code ${status})`);
  process.exit(2);
}
console.log(`
These are the leaks of ${example}. What you can do next:
  npx pylint-leaks ${example} --diff                  see what the safe fixes would change
  npx pylint-leaks ${example} --unsafe-fixes --diff   see also the fixes that need a look
  npx pylint-leaks ${example} --fix                   apply the safe fixes
  npx pylint-leaks path/to/your/project                       lint your own code`);
