import type { Rule } from '@pylint-leaks/core';
import { CliError } from './cli-error';
import type { Engine } from './engine';
import { didYouMean } from './suggest';

/**
 * The page of a rule as Markdown, or without an id the list of rules.
 * @throws CliError when there is no such rule.
 */
export function rulePage(id: string | undefined, { rules, page }: Pick<Engine, 'rules' | 'page'>): string {
  const ids = rules.map((rule) => rule.id);
  if (id === undefined) {
    const width = Math.max(0, ...ids.map((name) => name.length));
    return rules.map(({ id: name, meta }) => `${name.padEnd(width)}  ${meta.summary}\n`).join('');
  }
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule === undefined) throw new CliError(`unknown rule "${id}"${didYouMean(id, ids)} (known: ${ids.join(', ')})`);
  return page(id) ?? facts(rule);
}

/** What the rule itself says, for an installation without pages. */
function facts({ id, meta: { summary, severity, fix, recommended, since } }: Rule): string {
  const fixes = { safe: 'yes, safe', unsafe: 'yes, may change behaviour', display: 'shown only', none: 'no' }[fix];
  return `# ${id}\n\n${summary}\n\nSeverity: ${severity}. Fix: ${fixes}. Recommended: ${recommended ? 'yes' : 'no'}. Since: ${since}.\n`;
}
