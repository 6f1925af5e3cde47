import { LOCAL } from '../semantic/model';
import type { AcquireRow, EffectRow } from './model';

/** Rows that a project adds, as its configuration has them: defaults stand for what is left out. */
export interface ProjectRows {
  readonly acquires: readonly (Pick<AcquireRow, 'acquire'> & Partial<AcquireRow>)[];
  readonly effects: readonly EffectRow[];
}

/** Completes a row of a project: closed by `close()`, no `with`, reported by `unclosed-resource`. */
export function completeRow(row: ProjectRows['acquires'][number]): AcquireRow {
  return {
    family: 'other',
    release: ['close'],
    with: 'none',
    reclaim: 'refcount',
    type: row.acquire,
    ...row,
    source: 'configuration',
  };
}

/**
 * The absolute names that a name may have which a file resolves to its own package: `.db.connect` in `src/app/web.py` is
 * `src.app.db.connect`, `app.db.connect` and `db.connect`, because which directory is on the path is written nowhere.
 * What the file defines itself (`<local>.connect`) has the name of its module before it.
 *
 * @returns nothing for a name that is absolute already.
 */
export function absoluteNames(path: string, name: string): readonly string[] {
  const parts = path
    .replace(/\.pyi?$/, '')
    .replace(/(^|\/)__init__$/, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  const isPackage = /(^|\/)__init__\.pyi?$/.test(path);
  let base: readonly string[];
  let rest: string;
  if (name.startsWith(LOCAL)) [base, rest] = [parts, name.slice(LOCAL.length)];
  else if (name.startsWith('.')) {
    const level = /^\.+/.exec(name)?.[0].length ?? 0;
    [base, rest] = [parts.slice(0, parts.length - level + (isPackage ? 1 : 0)), name.slice(level)];
  } else return [];
  return Array.from({ length: base.length + 1 }, (_, from) => [...base.slice(from), rest].join('.'));
}
