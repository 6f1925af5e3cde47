import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { defaultLoaders } from 'cosmiconfig';
import { plantCheckout } from '@pylint-leaks/testkit';
import { rules } from '@pylint-leaks/rules';
import { CONFIG_FILES, createConfigFinder } from '../packages/cli/src/config';
import { createConfigSchema } from '../packages/cli/src/config-schema';
import { nodeDisk } from '../packages/cli/src/disk';
import { DEFAULT_EXCLUDES } from '../packages/cli/src/exclusion';
import { FORMATS } from '../packages/cli/src/formats';
import { createParser } from '../packages/cli/src/option-table';
import { parseArguments } from '../packages/cli/src/options';
import { firstColumn, parsePage, readPage, root, section, type Fence, type Page } from './docs/page';
import { isSame, needsPython, playPage, type Programs } from './docs/play';
import { brokenLinks, missingPaths } from './docs/references';

jest.setTimeout(120_000);

const markdown = (folder: string): readonly string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`);

/** A table of findings that were read, with excerpts of other people's code. */
const ACCURACY = 'docs/accuracy.md';

/** Pages that are written by hand and hold to the conventions for fenced blocks. */
const HANDBOOK = ['README.md', 'CONTRIBUTING.md', ...markdown('docs').filter((path) => path !== ACCURACY)].map(
  readPage,
);
const configuration = readPage('docs/configuration.md');

const fences = (isWanted: (fence: Fence) => boolean, pages: readonly Page[] = HANDBOOK): readonly Fence[] =>
  pages.flatMap((page) => page.fences.filter(isWanted));
const at = ({ page, line }: Fence): string => `${page}:${line}`;

/** `it`, or a skipped test where there is no interpreter. */
const hasPython = spawnSync('python3', ['-c', '']).status === 0;

let programs: Programs;
let bin: string;
beforeAll(() => {
  bin = mkdtempSync(join(tmpdir(), 'pylint-leaks-docs-bin-'));
  const planted = plantCheckout(root);
  const { code, output } = planted.run('node', ['scripts/bundle.cjs']);
  if (code !== 0) throw new Error(output);
  cpSync(join(planted.root, 'dist'), join(bin, 'dist'), { recursive: true });
  planted.remove();
  writeFileSync(join(bin, 'pylint-leaks'), `#!/bin/sh\nexec "${process.execPath}" "${bin}/dist/cli.cjs" "$@"\n`);
  chmodSync(join(bin, 'pylint-leaks'), 0o755);
  programs = { bin, pythonPath: join(root, 'packages/runtime/src') };
});
afterAll(() => {
  rmSync(bin, { recursive: true, force: true });
});

describe('examples', () => {
  const played = HANDBOOK.filter((page) => page.fences.some(({ words }) => words.includes('check')));

  it.each(played.filter((page) => hasPython || !needsPython(page)).map((page) => [page.path, page] as const))(
    'of %s run and print what is shown',
    (_, page) => {
      expect(playPage(page, programs)).toEqual([]);
    },
  );

  const skipped = played.filter((page) => !hasPython && needsPython(page));
  if (skipped.length > 0) it.skip.each(skipped.map(({ path }) => path))('of %s (no python3)', () => undefined);

  it('are all of a kind that is checked', () => {
    const isChecked = ({ language, words, options, page }: Fence): boolean => {
      if (options.has('file') || options.has('source') || words.includes('output')) return true;
      if (language === 'sh') return words.includes('check') || words.includes('repository') || page === 'README.md';
      return language === 'yaml' && (words.includes('pre-commit') || words.includes('ci'));
    };
    expect(fences((fence) => !isChecked(fence)).map(at)).toEqual([]);
  });

  it('quoted from a source stand there', () => {
    const quotes = fences(({ options }) => options.has('source'));
    expect(quotes.length).toBeGreaterThan(0);
    const plain = (text: string): string => text.replace(/^[ \t]*(?:\*[ \t]*)?|[ \t]+$/gm, '');
    const wrong = quotes.filter(({ options, text }) => {
      const source = join(root, options.get('source') ?? '');
      return !existsSync(source) || !plain(readFileSync(source, 'utf8')).includes(plain(text).trim());
    });
    expect(wrong.map(at)).toEqual([]);
  });

  it('in Python compile', () => {
    if (!hasPython) return;
    const bad = fences(({ language }) => language === 'py').filter(
      ({ text }) =>
        spawnSync('python3', ['-c', 'compile(__import__("sys").stdin.read(), "x", "exec")'], { input: text }).status !==
        0,
    );
    expect(bad.map(at)).toEqual([]);
  });
});

describe('configuration', () => {
  const place = mkdtempSync(join(tmpdir(), 'pylint-leaks-docs-config-'));
  afterAll(() => {
    rmSync(place, { recursive: true, force: true });
  });
  const isConfig = ({ options, text }: Fence): boolean => {
    const name = basename(options.get('file') ?? '');
    return CONFIG_FILES.some((known) => known === name) && (name !== 'pyproject.toml' || text.includes('pylint-leaks'));
  };
  const finder = createConfigFinder(nodeDisk, rules, basename);
  const load = (fence: Fence) => {
    const file = join(place, String(fence.line), fence.options.get('file') ?? '');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, fence.text);
    return finder.load(file);
  };

  it.each(fences(isConfig).map((fence) => [at(fence), fence] as const))('example %s is loaded', async (_, fence) => {
    if (fence.words.includes('invalid')) await expect(load(fence)).rejects.toThrow();
    else expect(Object.keys((await load(fence)).layers.at(-1)?.config ?? {})).not.toEqual([]);
  });

  it('has every key in its table, and no other', () => {
    const keys = Object.keys(createConfigSchema([]).shape);
    expect([...firstColumn(section(configuration, 'Keys'))].sort()).toEqual(keys.sort());
  });

  it('names every file that is looked for, and every default exclusion', () => {
    const files = section(configuration, 'Configuration files');
    expect(CONFIG_FILES.filter((name) => !files.includes(`\`${name}\``))).toEqual([]);
    const excluded = section(configuration, 'Files that are left out');
    expect([...excluded.matchAll(/`([\w.-]+\/)`/g)].map(([, name]) => name)).toEqual(DEFAULT_EXCLUDES);
  });
});

describe('command line', () => {
  const { parser, names } = createParser(100);
  const dashed = names.map((name) => (name.length === 1 ? `-${name}` : `--${name}`));

  it('has every option in the table, and no other', async () => {
    const documented = firstColumn(section(configuration, 'Options'));
    expect([...documented].sort()).toEqual([...dashed].sort());
    const help = await parser.getHelp();
    const shown = [...help.matchAll(/^ +(-\w, )?(--[\w-]+)(, --[\w-]+)?/gm)].flatMap(([, short, long, other]) =>
      [short, long, other].flatMap((name) => (name === undefined ? [] : [name.replace(/^, |, $/g, '')])),
    );
    expect(shown.sort()).toEqual([...documented].sort());
  });

  it('has every option that a page mentions', () => {
    const mentioned = HANDBOOK.flatMap(({ code }) => code).filter((code) => /^--[a-z-]+$/.test(code));
    const others = ['--only', '--checks'];
    expect(mentioned.filter((code) => !dashed.includes(code) && !others.includes(code))).toEqual([]);
  });

  it('understands every call in code and in the recipes', () => {
    const strings = (value: unknown): readonly string[] =>
      typeof value === 'string'
        ? [value]
        : typeof value === 'object' && value !== null
          ? Object.values(value).flatMap(strings)
          : [];
    const recipes = fences(({ language }) => language === 'yaml');
    const lines = [
      ...recipes.flatMap(({ text }) => strings(defaultLoaders['.yaml']('recipe.yaml', text))),
      ...HANDBOOK.flatMap(({ code }) => code),
    ];
    const calls = lines.flatMap(
      (line) => /^(?:npx pylint-leaks|pylint-leaks|node \S*dist\/cli\.cjs) (.+)$/.exec(line)?.[1] ?? [],
    );
    expect(calls.length).toBeGreaterThan(5);
    for (const call of calls) expect(() => parseArguments(call.split(' '), 80)).not.toThrow();
  });

  it('documents every format and exit code', () => {
    expect(firstColumn(readFileSync(join(root, 'docs/formats.md'), 'utf8'))).toEqual(Object.keys(FORMATS));
    expect(firstColumn(section(configuration, 'Exit codes'))).toEqual(['0', '1', '2', '130']);
  });
});

describe('the report', () => {
  it('in JSON has the documented keys, and no other', () => {
    const { stdout } = spawnSync(join(bin, 'pylint-leaks'), ['--format', 'json', 'examples/leaky_app'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    const found = new Set<string>();
    JSON.parse(stdout, function (key, value: unknown) {
      if (!Array.isArray(this) && key !== '') found.add(key);
      return value;
    });
    expect([...found].sort()).toEqual([...firstColumn(section(configuration, 'JSON'))].sort());
  });
});

it('recipes name hooks that exist', () => {
  const exist = (
    defaultLoaders['.yaml']('hooks', readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8')) as { id: string }[]
  ).map(({ id }) => id);
  const recipes = fences(({ words }) => words.includes('pre-commit'));
  const named = recipes.flatMap(({ text }) => [...text.matchAll(/- id: (\S+)/g)].map(([, id]) => id));
  expect(new Set(named)).toEqual(new Set(exist));
});

it('commands of the repository are scripts and paths that exist', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const lines = fences(({ words }) => words.includes('repository')).flatMap(({ text }) => text.trim().split('\n'));
  expect(lines.length).toBeGreaterThan(3);
  const bad = lines.filter((line) => {
    const script = /^npm (?:run )?(\S+)/.exec(line)?.[1] ?? '';
    if (line.startsWith('npm ') && !['ci', 'pack', 'install'].includes(script) && !(script in scripts)) return true;
    return [...line.matchAll(/\b(?:packages|test|tools|docs|examples)\/[\w./-]+/g)].some(
      ([path]) => !existsSync(join(root, path)),
    );
  });
  expect(bad).toEqual([]);
});

describe('references', () => {
  const others = ['CHANGELOG.md', 'examples/README.md', 'packages/runtime/README.md', ACCURACY].filter((path) =>
    existsSync(join(root, path)),
  );
  const all = [...HANDBOOK, ...[...markdown('docs/decisions'), ...markdown('docs/rules'), ...others].map(readPage)];

  it('lead to files and headings that exist', () => {
    expect(brokenLinks(all)).toEqual([]);
  });

  it('to files in backquotes are right', () => {
    expect(missingPaths([...HANDBOOK, ...markdown('docs/decisions').map(readPage)])).toEqual([]);
  });

  it('in the glossary name things of the code', () => {
    const sources = ['core', 'rules', 'fixers', 'cli'].flatMap((name) =>
      readdirSync(join(root, 'packages', name, 'src'), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => readFileSync(join(root, 'packages', name, 'src', file), 'utf8')),
    );
    const glossary = readPage('docs/glossary.md');
    const cells = glossary.text.split('\n').map((row) => row.split('|')[3] ?? '');
    const names = cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name ?? ''));
    expect(names.length).toBeGreaterThan(15);
    const exists = (name: string) =>
      sources.some((text) => new RegExp(`\\b(?:interface|type|function|const|class) ${name}\\b`).test(text));
    expect(names.filter((name) => !exists(name))).toEqual([]);
  });
});

describe('these checks', () => {
  const play = (text: string) => playPage(parsePage('page.md', text), programs);
  const fence = (info: string, body: string) => `\`\`\`${info}\n${body}\n\`\`\`\n`;

  it('notice a wrong exit code, a wrong output, an output without a command', () => {
    expect(play(fence('sh check exit=3', 'exit 3') + fence('sh check', 'echo a') + fence('text output', 'a'))).toEqual(
      [],
    );
    expect(play(fence('sh check', 'exit 3'))).toHaveLength(1);
    expect(play(fence('sh check', 'echo a') + fence('text output', 'b'))).toHaveLength(1);
    expect(play(fence('text output', 'b'))).toHaveLength(1);
  });

  it.each([
    ['a\n[...]\nd\n', true],
    ['[...]\nc\n[...]\n', true],
    ['b\n[...]\n', false],
    ['a\n[...]\nc\n', false],
    ['a\n[...]\nc\nb\n[...]\n', false],
    ['a\nb\nc\n', false],
  ])('compare %j with what was printed: %s', (text, expected) => {
    expect(isSame({ language: 'text', text }, 'a\nb\nc\nd\n')).toBe(expected);
  });

  it('notice a broken link, a missing heading and a missing file', () => {
    const page = parsePage(
      'docs/page.md',
      '# A b\n[1](#a-b) [2](#c) [3](faq.md) [4](faqs.md) [5](faq.md#nothing) `packages/core/none.ts`\n',
    );
    expect(brokenLinks([page])).toEqual(['docs/page.md: #c', 'docs/page.md: faqs.md', 'docs/page.md: faq.md#nothing']);
    expect(missingPaths([page])).toEqual(['docs/page.md: packages/core/none.ts']);
  });
});
