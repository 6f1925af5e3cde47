/**
 * Writes every file that is made from other files: `npm run generate`. With `--check` it writes nothing and fails when a
 * file is missing, differs, or is left over from a rule that is gone.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { configJsonSchema } from '../packages/cli/src/config-schema';
import { fixerRegistry, rulePages, ruleRegistry } from './generate/registries';
import { findFolders, readRuleFolders } from './generate/rule-folder';
import { ruleIndex, rulePage, rulePageBody, ruleTable } from './generate/rule-pages';

const root = process.cwd();
const RULE_PAGES = 'docs/rules';
const README = 'README.md';
const [START, END] = ['<!-- rules:start -->', '<!-- rules:end -->'];

/** Replaces what stands between the markers of a page. */
function betweenMarkers(page: string, content: string): string {
  const [before, after] = [page.indexOf(START), page.indexOf(END)];
  if (before < 0 || after < before) throw new Error(`${README} lacks the markers ${START} … ${END}`);
  return `${page.slice(0, before + START.length)}\n\n${content}\n${page.slice(after)}`;
}

/** Path and text of every generated file. */
async function generateAll(): Promise<ReadonlyMap<string, string>> {
  const ids = findFolders(root);
  const folders = await readRuleFolders(root);
  const files = new Map([
    ['packages/rules/src/registry.generated.ts', ruleRegistry(ids.rules)],
    [
      'packages/rules/src/pages.generated.ts',
      rulePages(new Map(folders.map((folder) => [folder.rule.id, rulePageBody(folder)]))),
    ],
    ['packages/fixers/src/registry.generated.ts', fixerRegistry(ids.fixers)],
    ['schema/config.json', `${JSON.stringify(configJsonSchema(ids.rules), null, 2)}\n`],
    [`${RULE_PAGES}/README.md`, ruleIndex(folders)],
    [README, betweenMarkers(readFileSync(join(root, README), 'utf8'), ruleTable(folders, `${RULE_PAGES}/`))],
  ]);
  for (const folder of folders) files.set(`${RULE_PAGES}/${folder.rule.id}.md`, rulePage(folder));
  return files;
}

/** Rule pages on disk that no rule makes any more. */
function leftOver(files: ReadonlyMap<string, string>): readonly string[] {
  if (!existsSync(join(root, RULE_PAGES))) return [];
  return readdirSync(join(root, RULE_PAGES))
    .map((name) => `${RULE_PAGES}/${name}`)
    .filter((path) => !files.has(path));
}

async function main(check: boolean): Promise<number> {
  const files = await generateAll();
  const stale = [...files].filter(([path, text]) => {
    const onDisk = join(root, path);
    return !existsSync(onDisk) || readFileSync(onDisk, 'utf8') !== text;
  });
  const orphans = leftOver(files);
  for (const [path, text] of stale) {
    console.log(`${check ? 'out of date' : 'wrote'}: ${path}`);
    if (check) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  for (const path of orphans) {
    console.log(`${check ? 'left over' : 'removed'}: ${path}`);
    if (!check) rmSync(join(root, path));
  }
  console.log(`${files.size} generated files, ${stale.length + orphans.length} ${check ? 'wrong' : 'changed'}`);
  if (check && stale.length + orphans.length > 0) console.log('Run `npm run generate` and commit what it writes.');
  return check && stale.length + orphans.length > 0 ? 1 : 0;
}

main(process.argv.includes('--check')).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
