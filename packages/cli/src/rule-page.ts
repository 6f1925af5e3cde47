import type { Rule } from '@pylint-leaks/core';
import { CliError } from './cli-error';
import type { Engine } from './engine';
import { didYouMean } from './suggest';

/**
 * The page of a rule as Markdown, or without an id the list of rules.
 * @throws CliError when there is no such rule.
 */
export function rulePage(id: string | undefined, { rules, pages }: Pick<Engine, 'rules' | 'pages'>): string {
  const ids = rules.map((rule) => rule.id);
  if (id === undefined) {
    const width = Math.max(0, ...ids.map((name) => name.length));
    return rules.map(({ id: name, meta }) => `${name.padEnd(width)}  ${meta.summary}\n`).join('');
  }
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule === undefined) throw new CliError(`unknown rule "${id}"${didYouMean(id, ids)} (known: ${ids.join(', ')})`);
  return `${facts(rule)}\n${pages[id] ?? ''}`;
}

const FIX_WORDS = {
  safe: 'safe (--fix)',
  unsafe: 'may change behaviour (--fix --unsafe-fixes)',
  display: 'shown only',
  none: 'none',
} as const;

function facts({ id, meta }: Rule): string {
  const onByDefault = meta.recommended ? 'On by default' : 'Off by default';
  return `# ${id}\n\n${meta.summary}\n\nSeverity: ${meta.severity} · Fix: ${FIX_WORDS[meta.fix]} · ${onByDefault} · Since ${meta.since}\n`;
}
