/**
 * Starts a rule: `npm run new:rule -- some-id [--fix]`. Copies the `_template` folders and regenerates; no shared file is
 * edited by hand.
 */
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';

const root = process.cwd();
const TEMPLATE_ID = 'template-rule';
const USAGE = 'usage: npm run new:rule -- some-id [--fix]    (lower-case words with hyphens; names the bad pattern)';

/** Copies a template folder with its id replaced. */
function copyTemplate(parent: string, id: string, change: (text: string) => string): readonly string[] {
  const folder = join(parent, id);
  cpSync(join(root, parent, '_template'), join(root, folder), { recursive: true });
  return readdirSync(join(root, folder)).map((name) => {
    const file = join(folder, name);
    writeFileSync(join(root, file), change(readFileSync(join(root, file), 'utf8').replaceAll(TEMPLATE_ID, id)));
    return file;
  });
}

function main(args: readonly string[]): number {
  const withFix = args.includes('--fix');
  const [id, ...rest] = args.filter((arg) => arg !== '--fix');
  if (id === undefined || rest.length > 0 || !/^[a-z]+(-[a-z0-9]+)*$/.test(id)) {
    console.error(USAGE);
    return 2;
  }
  const parents = ['packages/rules/src', 'packages/fixers/src'];
  const taken = parents.find((parent) => existsSync(join(root, parent, id)));
  if (taken !== undefined) {
    console.error(`${taken}/${id} is there already`);
    return 2;
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  const written = copyTemplate('packages/rules/src', id, (text) =>
    text
      .replace(/since: '[^']*'/, `since: '${version}'`)
      .replace("fix: 'none'", withFix ? "fix: 'safe'" : "fix: 'none'"),
  );
  const fixFiles = withFix ? copyTemplate('packages/fixers/src', id, (text) => text) : [];
  for (const file of [...written, ...fixFiles]) console.log(`wrote: ${file}`);
  const generated = spawnSync(process.execPath, [...process.execArgv, join(root, 'tools/generate.ts')], {
    cwd: root,
    stdio: 'inherit',
  });
  if (generated.status !== 0) return 1;
  console.log(
    `Next: write cases.md, then check() in rule.ts; npx jest test/rule-cases.test.ts -t ${id} runs its cases.`,
  );
  return 0;
}

process.exitCode = main(process.argv.slice(2));
