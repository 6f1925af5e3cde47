import { printable } from '../reporters/printable';
import { count } from '../reporters/summary';
import type { MigrateCommand } from './command';
import type { LeftSite } from './left';
import { titleOf, type Batch } from './plan';
import type { MigrateState, PlannedBatch } from './state';

/** What a migration would do. */
export function planTable(batches: readonly Batch[]): string {
  if (batches.length === 0) return 'Nothing to fix.\n';
  const rows = batches.map((batch) => [titleOf(batch), String(batch.files.length), String(batch.sites)]);
  const sites = batches.reduce((sum, batch) => sum + batch.sites, 0);
  return `${table(['Batch', 'Files', 'Sites'], rows)}\n${count(sites, 'site')} in ${count(batches.length, 'batch', 'batches')} would be fixed.\n`;
}

/** What a migration came to: the batches, what is fixed, what is left and why, what failed. */
export function resultTable(
  { batches }: Pick<MigrateState, 'batches'>,
  left: readonly LeftSite[],
  output: MigrateCommand['output'],
): string {
  const rows = batches.map((batch) => {
    const fixed = fixedFiles(batch);
    const sites = fixed.reduce((sum, { fixes }) => sum + fixes.length, 0);
    return [titleOf(batch), String(fixed.length), String(sites), resultOf(batch, output)];
  });
  const all = batches.flatMap(fixedFiles);
  const sites = all.reduce((sum, { fixes }) => sum + fixes.length, 0);
  const files = new Set(all.map(({ file }) => file)).size;
  const failed = left.filter((site) => site.failed);
  const others = left.filter((site) => !site.failed);
  return [
    rows.length === 0 ? '' : `${table(['Batch', 'Files', 'Fixed', 'Result'], rows)}\n`,
    `Fixed: ${count(sites, 'site')} in ${count(files, 'file')}.\n`,
    list('Left', others),
    list('Failed verification', failed),
  ].join('');
}

function fixedFiles({ result }: PlannedBatch) {
  return (result?.files ?? []).filter(({ kind }) => kind === 'fixed');
}

function resultOf({ result }: PlannedBatch, output: MigrateCommand['output']): string {
  if (result === undefined) return 'not done';
  const failed = result.files.filter(({ kind }) => kind === 'failed').length;
  const skipped = result.files.filter(({ kind }) => kind === 'skipped').length;
  const made = result.made === undefined ? [] : [output.kind === 'patches' ? result.made : 'committed'];
  const rest = [...(failed > 0 ? [`${failed} failed`] : []), ...(skipped > 0 ? [`${skipped} skipped`] : [])];
  return [...made, ...rest].join(', ') || 'nothing to do';
}

function list(title: string, sites: readonly LeftSite[]): string {
  if (sites.length === 0) return `${title}: none.\n`;
  const lines = sites.map(
    ({ file, finding: { start, ruleId }, reason }) =>
      `  ${printable(file)}:${start.line}:${start.column} ${ruleId}: ${printable(reason)}\n`,
  );
  return `${title}: ${count(sites.length, 'site')}.\n${lines.join('')}`;
}

/** Columns of numbers are set right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((row) => row[column]?.length ?? 0)));
  const isNumber = head.map((_, column) => rows.every((row) => /^\d+$/.test(row[column] ?? '')));
  return lines
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return isNumber[column] === true ? printable(cell).padStart(width) : printable(cell).padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
    .concat('\n');
}
