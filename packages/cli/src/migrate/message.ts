import type { Rule } from '@pylint-leaks/core';
import { count } from '../reporters/summary';
import type { Grouping } from './command';
import { NO_OWNER, titleOf } from './plan';
import type { MigratedFile, PlannedBatch } from './state';

/** What a commit or patch says: its first line, and the rest. */
export interface Message {
  readonly subject: string;
  readonly body: string;
}

/**
 * Says what a batch changes, why, where, and what stands behind it, for somebody who reviews it without knowing the tool.
 *
 * @param files - results of the files that were changed.
 * @param verifyLine - the user's command, which passes with them.
 */
export function describeBatch(
  batch: PlannedBatch,
  by: Grouping,
  files: readonly MigratedFile[],
  rules: readonly Rule[],
  verifyLine: string | undefined,
): Message {
  const fixes = files.flatMap(({ file, fixes: sites }) => sites.map((site) => ({ file, ...site })));
  const ids = [...new Set(fixes.map(({ rule }) => rule))].sort();
  const unsafe = fixes.filter(({ applicability }) => applicability === 'unsafe').length;
  const sections = ids.map((id) => {
    const summary = rules.find((rule) => rule.id === id)?.meta.summary ?? '';
    const own = fixes.filter(({ rule }) => rule === id);
    const titles = [...new Set(own.map(({ title }) => title))].sort();
    const parts = titles.map((title) => {
      const sites = own.filter((fix) => fix.title === title);
      const risky = sites.filter(({ applicability }) => applicability === 'unsafe').length;
      const marked = risky === 0 ? '' : `, ${risky} may change behaviour`;
      return `  ${title} (${sites.length}${marked})\n${places(sites)}`;
    });
    return `${id}: ${summary}\n${parts.join('')}`;
  });
  const verified = [
    'Each file was analysed again before it was written: it compiles as it did, what was found is gone, no rule finds',
    'anything new, comments and strings are what they were.',
    ...(verifyLine === undefined ? [] : [`\`${verifyLine}\` passes with these files.`]),
    unsafe === 0
      ? 'The fixes change nothing but when resources are released.'
      : `${count(unsafe, 'fix', 'fixes')} may change behaviour and should be read.`,
  ].join('\n');
  const intro = `pylint-leaks fixed ${count(fixes.length, 'site')} in ${count(files.length, 'file')}.`;
  return {
    subject: subjectOf(batch, by, ids),
    body: `${[intro, ...sections, verified].map((part) => part.trimEnd()).join('\n\n')}\n`,
  };
}

function subjectOf(batch: PlannedBatch, by: Grouping, ids: readonly string[]): string {
  const what = ids.length === 1 ? `Fix ${ids[0] ?? ''}` : 'Fix resource leaks';
  const where = titleOf(batch);
  switch (by) {
    case 'rule':
      return `Fix ${where}`;
    case 'owner':
      return batch.group === NO_OWNER
        ? `${what} in files without an owner${titleOf({ ...batch, group: '' })}`
        : `${what} in files of ${where}`;
    case 'dir':
      return `${what} in ${batch.group === '.' ? titleOf({ ...batch, group: 'the top directory' }) : where}`;
    case 'file':
      return `${what} in ${where}`;
  }
}

/** One line for each file, with its line numbers. */
function places(sites: readonly { readonly file: string; readonly line: number }[]): string {
  const byFile = new Map<string, number[]>();
  for (const { file, line } of sites) byFile.set(file, [...(byFile.get(file) ?? []), line]);
  return [...byFile]
    .map(([file, lines]) => {
      const sorted = [...lines].sort((a, b) => a - b);
      return `    ${file}: ${sorted.length === 1 ? 'line' : 'lines'} ${sorted.join(', ')}\n`;
    })
    .join('');
}
