/**
 * Writes every file that is made from other files: `npm run generate`. With `--check` it writes nothing and fails when a
 * file is missing, differs, or is left over from a rule that is gone.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadTestParser } from '@pylint-leaks/testkit';
import { format, resolveConfig } from 'prettier';
import { configJsonSchema, knownRules } from '../packages/cli/src/config-schema';
import { proofJsonSchema } from '../packages/cli/src/proof';
import { fixerRegistry, rulePages, ruleRegistry } from './generate/registries';
import { findFolders, readRuleFolders, type RuleFolder } from './generate/rule-folder';
import { ruleIndex, rulePage, rulePageBody, ruleTable } from './generate/rule-pages';
import { SINGLE_FILE, singleFile } from './generate/single-file';

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

/** Files that follow from the names of the folders alone; an unfinished rule must not keep the others from running. */
function registries(ids: ReturnType<typeof findFolders>): ReadonlyMap<string, string> {
  return new Map([
    ['packages/rules/src/registry.generated.ts', ruleRegistry(ids.rules)],
    ['packages/fixers/src/registry.generated.ts', fixerRegistry(ids.fixers)],
    ['schema/proof.json', `${JSON.stringify(proofJsonSchema(), null, 2)}\n`],
  ]);
}

/** Files that follow from what the folders say. */
async function pages(folders: readonly RuleFolder[]): Promise<ReadonlyMap<string, string>> {
  const bodies = new Map(folders.map((folder) => [folder.rule.id, rulePageBody(folder)]));
  const readme = betweenMarkers(readFileSync(join(root, README), 'utf8'), ruleTable(folders, `${RULE_PAGES}/`));
  // The rest of the page is written by hand, so its formatting is checked.
  const style = { ...(await resolveConfig(join(root, README))), parser: 'markdown' };
  return new Map([
    ['packages/rules/src/pages.generated.ts', rulePages(bodies)],
    [
      'schema/config.json',
      `${JSON.stringify(configJsonSchema(knownRules(folders.map(({ rule }) => rule))), null, 2)}\n`,
    ],
    [`${RULE_PAGES}/README.md`, ruleIndex(folders)],
    [README, await format(readme, style)],
    ...folders.map((folder) => [`${RULE_PAGES}/${folder.rule.id}.md`, rulePage(folder)] as const),
  ]);
}

/** Rule pages on disk that no rule makes any more. */
function leftOver(files: ReadonlyMap<string, string>): readonly string[] {
  if (!existsSync(join(root, RULE_PAGES))) return [];
  return readdirSync(join(root, RULE_PAGES))
    .map((name) => `${RULE_PAGES}/${name}`)
    .filter((path) => !files.has(path));
}

/** Writes the files that differ from those on disk, or only names them; gives their number. */
function update(files: ReadonlyMap<string, string>, check: boolean): number {
  const stale = [...files].filter(([path, text]) => {
    const onDisk = join(root, path);
    return !existsSync(onDisk) || readFileSync(onDisk, 'utf8') !== text;
  });
  for (const [path, text] of stale) {
    console.log(`${check ? 'out of date' : 'wrote'}: ${path}`);
    if (check) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return stale.length;
}

async function main(check: boolean): Promise<number> {
  const first = registries(findFolders(root));
  const runtime = new Map([[SINGLE_FILE, singleFile(root, await loadTestParser())]]);
  const changed = update(first, check) + update(runtime, check);
  const second = await pages(await readRuleFolders(root));
  const orphans = leftOver(second);
  for (const path of orphans) {
    console.log(`${check ? 'left over' : 'removed'}: ${path}`);
    if (!check) rmSync(join(root, path));
  }
  const total = changed + update(second, check) + orphans.length;
  console.log(`${first.size + runtime.size + second.size} generated files, ${total} ${check ? 'wrong' : 'changed'}`);
  if (check && total > 0) console.log('Run `npm run generate` and commit what it writes.');
  return check && total > 0 ? 1 : 0;
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
