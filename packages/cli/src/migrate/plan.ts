import type { OwnersOf } from '../codeowners';
import type { Grouping } from './command';

/** A file with something to fix. */
export interface FixableFile {
  /** Relative to the top of the checkout, with `/`. */
  readonly path: string;
  /** Findings that a fix is offered for, by rule. */
  readonly sites: ReadonlyMap<string, number>;
}

/** Files that are changed, checked and reviewed together. */
export interface Batch {
  /** A rule, directory, owner or file. */
  readonly group: string;
  /** Place among the batches of its group, from 1. */
  readonly part: number;
  readonly parts: number;
  /** The rule whose findings are fixed; all that run, unless the batches are by rule. */
  readonly rule?: string | undefined;
  /** Sorted; relative to the top of the checkout. */
  readonly files: readonly string[];
  /** Findings that a fix is offered for. */
  readonly sites: number;
}

/** Group of files that nobody owns. */
export const NO_OWNER = '(no owner)';

/**
 * Divides files into batches: by rule (then a file may be in several), directory, owner or file, in order of their names,
 * none with more than `maxFiles` files.
 */
export function planBatches(
  files: readonly FixableFile[],
  by: Grouping,
  maxFiles: number | undefined,
  ownersOf: OwnersOf,
): readonly Batch[] {
  const groups = new Map<string, FixableFile[]>();
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const file of sorted) {
    for (const name of groupsOf(file, by, ownersOf)) groups.set(name, [...(groups.get(name) ?? []), file]);
  }
  const names = [...groups.keys()].sort();
  return names.flatMap((group) => {
    const members = groups.get(group) ?? [];
    const rule = by === 'rule' ? group : undefined;
    const size = maxFiles ?? members.length;
    const parts = Math.ceil(members.length / size);
    return Array.from({ length: parts }, (_, index): Batch => {
      const part = members.slice(index * size, (index + 1) * size);
      const count = ({ sites }: FixableFile) =>
        [...sites].reduce((sum, [id, number]) => (rule === undefined || rule === id ? sum + number : sum), 0);
      return {
        group,
        part: index + 1,
        parts,
        rule,
        files: part.map(({ path }) => path),
        sites: part.reduce((sum, file) => sum + count(file), 0),
      };
    });
  });
}

function groupsOf({ path, sites }: FixableFile, by: Grouping, ownersOf: OwnersOf): readonly string[] {
  switch (by) {
    case 'rule':
      return [...sites.keys()];
    case 'dir':
      return [path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.'];
    case 'owner': {
      const owners = ownersOf(path);
      // All of them have to agree to a change, so a file that two own is for both to review.
      return [owners.length === 0 ? NO_OWNER : owners.join(' ')];
    }
    case 'file':
      return [path];
  }
}

/** `src/app (2 of 3)`. */
export function titleOf({ group, part, parts }: Pick<Batch, 'group' | 'part' | 'parts'>): string {
  return parts === 1 ? group : `${group} (${part} of ${parts})`;
}
