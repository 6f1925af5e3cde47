import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface LockedPackage {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock = JSON.parse(readFileSync(join(__dirname, '../package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};
const packages = Object.entries(lock.packages);

it('names no registry', () => {
  const addresses = packages.flatMap(([, { resolved }]) => resolved ?? []);
  expect(addresses.filter((address) => !/^packages\/\w+$/.test(address))).toEqual([]);
});

it('has a hash for everything that is downloaded', () => {
  const downloaded = packages.filter(([path, { link }]) => path.includes('node_modules/') && link !== true);
  expect(downloaded.length).toBeGreaterThan(300);
  expect(downloaded.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path)).toEqual([]);
});

// `npm ci` refuses a lock file that lacks the packages of other systems, on every system.
it('has the packages of all systems', () => {
  const names = new Set(packages.map(([path]) => path.replace(/^.*node_modules\//, '')));
  const missing = packages.flatMap(([, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !names.has(name)),
  );
  expect(missing).toEqual([]);
});
