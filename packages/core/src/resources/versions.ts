import type { AcquireRow } from './model';

/** A row as it holds for the versions of packages that a project uses. */
export function inVersion(row: AcquireRow, packages: ReadonlyMap<string, string>): AcquireRow {
  for (const { package: name, below, with: behaviour, bindsOther } of row.older ?? []) {
    const version = packages.get(normalName(name));
    if (version === undefined || compareVersions(version, below) >= 0) continue;
    return { ...row, with: behaviour, ...(bindsOther === undefined ? {} : { bindsOther }) };
  }
  return row;
}

/** Packages whose version makes a difference. */
export function packagesThatMatter(rows: readonly AcquireRow[]): readonly string[] {
  return [...new Set(rows.flatMap(({ older }) => (older ?? []).map((each) => normalName(each.package))))].sort();
}

/** The name of a package as PyPI compares it (PEP 503, "Normalized Names"). */
export function normalName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** Compares release numbers (`1.0` = `1.0.0`); pre-releases count as the release. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbersOf(version: string): readonly number[] {
  return (/^v?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? '0').split('.').map(Number);
}
