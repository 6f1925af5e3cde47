import { isDeepStrictEqual } from 'node:util';
import { defaultLoaders } from 'cosmiconfig';

/** Configuration of pre-commit, at the top of a checkout. */
export const HOOK_FILE = '.pre-commit-config.yaml';

/** A hook that runs the installed command on the files of a commit, without an address of ours in it. */
const ENTRY = [
  '- repo: local',
  '  hooks:',
  '    - id: pylint-leaks',
  '      name: pylint-leaks',
  '      entry: pylint-leaks --force-exclude',
  '      language: system',
  '      types_or: [python, pyi, jupyter]',
  '      require_serial: true',
];

/** The file with nothing but our hook. */
export function newHookFile(): string {
  return `repos:\n${indented('  ', '\n')}`;
}

/**
 * Adds the hook at the end of the list of repositories and leaves everything else as it is, byte for byte. No library
 * edits YAML so, and the result is read again to see that it means what it should.
 *
 * @returns the new text; undefined when the file is not written in the usual way.
 */
export function addHook(text: string): string | undefined {
  const before = read(text);
  if (before === undefined) return undefined;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const keys = [...text.matchAll(/^([A-Za-z_]+):/gm)].map((match) => match[1]);
  const indentation = /^([ \t]*)- repo:/m.exec(text)?.[1];
  if (keys.at(-1) !== 'repos' || indentation === undefined) return undefined;
  const added = `${text}${/[\r\n]$/.test(text) ? '' : eol}${indented(indentation, eol)}`;
  const after = read(added);
  const isOurs = after !== undefined && isDeepStrictEqual(after.slice(0, -1), before);
  return isOurs && after.length === before.length + 1 ? added : undefined;
}

function indented(indentation: string, eol: string): string {
  return ENTRY.map((line) => `${indentation}${line}${eol}`).join('');
}

/** The list of repositories. */
function read(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = defaultLoaders['.yaml'](HOOK_FILE, text);
    const repos: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'repos') : undefined;
    return Array.isArray(repos) ? repos : undefined;
  } catch {
    return undefined;
  }
}
