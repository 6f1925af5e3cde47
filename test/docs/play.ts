import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root, type Fence, type Page } from './page';

/** Where the pages pretend to be. */
const SHOWN_ROOT = '/home/me/project';

/** How to reach the programs that the examples call. */
export interface Programs {
  /** Put in front of PATH: it has `pylint-leaks`. */
  readonly bin: string;
  /** Makes the runtime package importable. */
  readonly pythonPath: string;
}

/**
 * Plays a page from top to bottom in one new folder: `file=` blocks are written, `sh check` blocks are run, and an `output`
 * block behind one must be what it printed on standard output.
 *
 * @returns one line for each thing that is not as the page says.
 */
export function playPage(page: Page, programs: Programs): readonly string[] {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'pylint-leaks-docs-')));
  const problems: string[] = [];
  let printed: string | undefined;
  const complain = (fence: Fence, problem: string): void => {
    problems.push(`${fence.page}:${fence.line}: ${problem}`);
  };
  try {
    for (const fence of page.fences) {
      const file = fence.options.get('file');
      if (file !== undefined) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), fence.text);
      } else if (fence.language === 'sh' && fence.words.includes('check')) {
        const ended = runBlock(fence.text, folder, programs);
        printed = ended.stdout.replaceAll(folder, SHOWN_ROOT);
        const wanted = Number(fence.options.get('exit') ?? '0');
        if (ended.code !== wanted) {
          complain(fence, `ended with ${String(ended.code)}, not ${wanted}:\n${ended.stdout}${ended.stderr}`);
        }
      } else if (fence.words.includes('output')) {
        if (printed === undefined) complain(fence, 'an output block without a command before it');
        else if (!isSame(fence, printed)) complain(fence, `the command printed something else:\n${printed}`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return problems;
}

/** True when a page needs an interpreter. */
export function needsPython(page: Page): boolean {
  return page.fences.some(({ words, text }) => words.includes('check') && text.includes('python3'));
}

function runBlock(script: string, cwd: string, { bin, pythonPath }: Programs) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(FORCE_COLOR|CI|npm_.*)$/.test(name));
  const env = {
    ...Object.fromEntries(inherited),
    PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    NO_COLOR: '1',
    PYTHONPATH: pythonPath,
    EXAMPLES: join(root, 'examples'),
    PYTHONDONTWRITEBYTECODE: '1',
  };
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script], { cwd, env, encoding: 'utf8', timeout: 60_000 });
  return { code: status, stdout, stderr };
}

/** A page may lay JSON out as it likes, drop blanks at line ends, and leave lines out where it says `[...]`. */
export function isSame({ language, text }: Pick<Fence, 'language' | 'text'>, printed: string): boolean {
  if (language === 'json') return JSON.stringify(JSON.parse(text)) === JSON.stringify(JSON.parse(printed));
  const plain = (value: string): string => value.replace(/[ \t]+$/gm, '');
  const actual = plain(printed);
  const [first = '', ...others] = plain(text).split(/^\[\.\.\.\]\n/m);
  const last = others.pop();
  if (last === undefined) return actual === first;
  if (!actual.startsWith(first)) return false;
  let from = first.length;
  for (const part of others) {
    const at = actual.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return actual.endsWith(last) && actual.length - last.length >= from;
}
