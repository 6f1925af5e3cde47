import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Rule } from '@pylint-leaks/core';
import type { Fixer } from '@pylint-leaks/fixers';
import { parseCases, type Case } from '@pylint-leaks/testkit';

/** Everything the folders of one rule say. */
export interface RuleFolder {
  readonly rule: Rule;
  /** Text of docs.md: why, and the limits. */
  readonly docs: string;
  readonly cases: readonly Case[];
  /** Undefined without a fixer folder. */
  readonly fixerCases: readonly Case[] | undefined;
}

/** Folders that hold `file`, in order of names; a leading underscore means "not a rule" (`_template`). */
function foldersWith(parent: string, file: string): readonly string[] {
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
    .map((entry) => entry.name)
    .filter((name) => existsSync(join(parent, name, file)))
    .sort();
}

/** Loads the default export of a TypeScript module, however the loader wraps it. */
async function defaultExport(path: string): Promise<unknown> {
  let value: unknown = await import(pathToFileURL(path).href);
  while (typeof value === 'object' && value !== null && 'default' in value) value = value.default;
  return value;
}

/** The ids that have a folder with a rule, and those that have one with a fixer. */
export function findFolders(root: string): { readonly rules: readonly string[]; readonly fixers: readonly string[] } {
  return {
    rules: foldersWith(join(root, 'packages/rules/src'), 'rule.ts'),
    fixers: foldersWith(join(root, 'packages/fixers/src'), 'fix.ts'),
  };
}

/**
 * Reads the folders of all rules and checks what the compiler cannot: ids, and that fixers and `meta.fix` agree.
 *
 * @throws Error that lists every disagreement.
 */
export async function readRuleFolders(root: string): Promise<readonly RuleFolder[]> {
  const { rules: ruleIds, fixers: fixerIds } = findFolders(root);
  const problems: string[] = [];
  const folders: RuleFolder[] = [];
  for (const id of ruleIds) {
    const folder = join('packages/rules/src', id);
    const rule = (await defaultExport(join(root, folder, 'rule.ts'))) as Rule | undefined;
    if (rule?.id !== id) {
      problems.push(`${folder}/rule.ts: the default export must be the rule "${id}", not "${rule?.id ?? 'undefined'}"`);
      continue;
    }
    const hasFixer = fixerIds.includes(id);
    if (hasFixer !== (rule.meta.fix !== 'none')) {
      const state = hasFixer ? 'there is one' : 'there is none';
      problems.push(`${folder}/rule.ts: meta.fix is "${rule.meta.fix}", and packages/fixers/src/${id}: ${state}`);
    }
    const text = (file: string): string => {
      if (existsSync(join(root, file))) return readFileSync(join(root, file), 'utf8');
      problems.push(`${file} is missing`);
      return '';
    };
    const cases = (file: string): readonly Case[] => {
      const markdown = text(file);
      return markdown === '' ? [] : parseCases(markdown, file);
    };
    folders.push({
      rule,
      docs: text(`${folder}/docs.md`),
      cases: cases(`${folder}/cases.md`),
      fixerCases: hasFixer ? cases(`packages/fixers/src/${id}/cases.md`) : undefined,
    });
  }
  for (const id of fixerIds) {
    const fixer = (await defaultExport(join(root, 'packages/fixers/src', id, 'fix.ts'))) as Fixer | undefined;
    if (fixer?.ruleId !== id) problems.push(`packages/fixers/src/${id}/fix.ts: ruleId must be "${id}"`);
    if (!ruleIds.includes(id)) problems.push(`packages/fixers/src/${id}: there is no rule with this id`);
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return folders;
}
