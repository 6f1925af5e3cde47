import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { plantCheckout, type CommandResult, type PlantedCheckout } from '@pylint-leaks/testkit';

/** Each check of `npm test` must be able to fail: here something wrong is planted for each kind of mistake. */
jest.setTimeout(240_000);

const checkout = join(__dirname, '../..');
let planted: PlantedCheckout;
beforeEach(() => {
  planted = plantCheckout(checkout);
});
afterEach(() => {
  planted.remove();
});

const tsx = (...args: readonly string[]): CommandResult => planted.run('tsx', args);

describe('types', () => {
  it('fails on an error in any package, test or tool', () => {
    planted.write({
      'packages/core/src/text/planted.ts': "export const planted: number = 'text';\n",
      'packages/testkit/test/planted.test.ts': 'const list: string[] = [];\nexport const planted: string = list[0];\n',
      'tools/planted.ts': 'export function planted(): number {}\n',
    });
    const { code, output } = planted.run('tsc', ['-p', '.']);
    expect(code).not.toBe(0);
    expect(output).toContain('packages/core/src/text/planted.ts(1,14): error TS2322');
    expect(output).toContain('packages/testkit/test/planted.test.ts(2,14): error TS2322');
    expect(output).toContain('tools/planted.ts(1,');
  });
});

describe('lint', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['packages/core/src/text/planted-any.ts', 'export const planted: any = 1;\n', '@typescript-eslint/no-explicit-any'],
    [
      'packages/core/src/text/planted-ignore.ts',
      '// @ts-ignore\nexport const planted: number = 1;\n',
      '@typescript-eslint/ban-ts-comment',
    ],
    ['packages/rules/src/planted-console.ts', "console.log('planted');\n", 'no-restricted-globals'],
    ['packages/fixers/src/planted-process.ts', 'export const planted = process.argv;\n', 'no-restricted-globals'],
    ['packages/core/src/text/planted-fs.ts', "export { readFileSync } from 'node:fs';\n", 'no-restricted-imports'],
    ['packages/cli/src/planted-exit.ts', 'process.exit(1);\n', 'no-restricted-properties'],
    ['packages/core/src/text/planted-long.ts', 'export const planted = 1;\n' + '// line\n'.repeat(300), 'max-lines'],
    ['packages/core/src/text/utils.ts', 'export const planted = 1;\n', 'pylint-leaks/clear-names'],
    ['packages/cli/src/helpers/planted.ts', 'export const planted = 1;\n', 'pylint-leaks/clear-names'],
    ['packages/cli/src/path-manager.ts', 'export const planted = 1;\n', 'pylint-leaks/clear-names'],
    [
      'packages/core/src/resources/tables/planted.ts',
      'export const planted = [1].map((row) => row);\n',
      'no-restricted-syntax',
    ],
    [
      'packages/core/src/text/planted-switch.ts',
      "export function planted(kind: 'a' | 'b'): number {\n  switch (kind) {\n    case 'a':\n      return 1;\n  }\n  return 0;\n}\n",
      '@typescript-eslint/switch-exhaustiveness-check',
    ],
  ];

  it('reports each thing that the house rules forbid', () => {
    planted.write(Object.fromEntries(cases.map(([file, text]) => [file, text])));
    const { code, output } = planted.run('eslint', ['--format', 'json', ...cases.map(([file]) => file)]);
    expect(code).toBe(1);
    const results = JSON.parse(output.slice(output.indexOf('['))) as readonly {
      readonly filePath: string;
      readonly messages: readonly { readonly ruleId: string }[];
    }[];
    const reported = results.map(({ messages }) => [...new Set(messages.map(({ ruleId }) => ruleId))]);
    const files = results.map(({ filePath }) => filePath);
    for (const [file, , rule] of cases) {
      expect({ file, rules: reported[files.findIndex((each) => each.endsWith(file))] }).toEqual({
        file,
        rules: expect.arrayContaining([rule]) as unknown,
      });
    }
  });
});

describe('formatting', () => {
  it('fails on a file that Prettier would change', () => {
    planted.write({ 'packages/core/src/text/planted.ts': 'export const planted = "double quotes"\n' });
    const { code, output } = planted.run('prettier', ['--check', '.']);
    expect(code).toBe(1);
    expect(output).toContain('packages/core/src/text/planted.ts');
  });
});

describe('generated files', () => {
  const check = (): CommandResult => tsx('tools/generate.ts', '--check');

  it('passes after generating, and fails on an edited, a missing and a left-over file', () => {
    expect(tsx('tools/generate.ts').code).toBe(0);
    expect(check().code).toBe(0);
    planted.edit('packages/rules/src/registry.generated.ts', (text) => `${text}// edited by hand\n`);
    rmSync(join(planted.root, 'schema/config.json'));
    planted.write({ 'docs/rules/rule-that-is-gone.md': '# gone\n' });
    const { code, output } = check();
    expect(code).toBe(1);
    expect(output).toContain('out of date: packages/rules/src/registry.generated.ts');
    expect(output).toContain('out of date: schema/config.json');
    expect(output).toContain('left over: docs/rules/rule-that-is-gone.md');
  });

  it('fails on a rule folder that nobody generated from', () => {
    expect(tsx('tools/generate.ts').code).toBe(0);
    planted.run('cp', ['-r', 'packages/rules/src/_template', 'packages/rules/src/new-leak']);
    for (const file of ['rule.ts', 'cases.md']) {
      planted.edit(`packages/rules/src/new-leak/${file}`, (text) => text.replaceAll('template-rule', 'new-leak'));
    }
    const { code, output } = check();
    expect(code).toBe(1);
    expect(output).toContain('out of date: docs/rules/new-leak.md');
    expect(output).toContain('out of date: packages/rules/src/registry.generated.ts');
  });

  it('fails when the Python package changed and its single file did not', () => {
    planted.edit('packages/runtime/src/pylint_leaks_runtime/_deadline.py', (text) => `${text}\n\nPLANTED = 1\n`);
    const { code, output } = check();
    expect(code).toBe(1);
    expect(output).toContain('out of date: packages/runtime/single_file/pylint_leaks_runtime.py');
  });

  it('refuses a name that means two things in the single file of the Python package', () => {
    planted.edit('packages/runtime/src/pylint_leaks_runtime/_deadline.py', (text) => `${text}\n\n_KINDS = 1\n`);
    const { code, output } = check();
    expect(code).toBe(1);
    expect(output).toContain('"_KINDS" means one thing in _deadline.py and another in _closers.py');
  });

  it('fails when the parts of a rule disagree', () => {
    planted.run('cp', ['-r', 'packages/rules/src/_template', 'packages/rules/src/new-leak']);
    planted.run('cp', ['-r', 'packages/fixers/src/_template', 'packages/fixers/src/other-leak']);
    rmSync(join(planted.root, 'packages/rules/src/new-leak/docs.md'));
    const first = check();
    expect(first.code).toBe(1);
    expect(first.output).toContain('the default export must be the rule "new-leak", not "template-rule"');
    expect(first.output).toContain('packages/fixers/src/other-leak/fix.ts: ruleId must be "other-leak"');
    expect(first.output).toContain('packages/fixers/src/other-leak: there is no rule with this id');
    planted.edit('packages/rules/src/new-leak/rule.ts', (text) =>
      text.replace('template-rule', 'new-leak').replace("fix: 'none'", "fix: 'safe'"),
    );
    const second = check();
    expect(second.code).toBe(1);
    expect(second.output).toContain('packages/rules/src/new-leak/docs.md is missing');
    expect(second.output).toContain('meta.fix is "safe", and packages/fixers/src/new-leak: there is none');
  });
});

describe('import direction', () => {
  const check = (): CommandResult => tsx('tools/check-imports.ts');

  it('reports every way to import against the direction', () => {
    planted.write({
      'packages/core/src/text/planted-up.ts': "export * from '../semantic/model';\n",
      'packages/core/src/text/planted-index.ts': "export type { SourceFile } from '../index';\n",
      'packages/core/src/linter/planted-package.ts': "export { rules } from '@pylint-leaks/rules';\n",
      'packages/core/src/linter/planted-type.ts':
        "import type { Rule } from '@pylint-leaks/cli';\nexport type Planted = Rule;\n",
      'packages/rules/src/planted-deep.ts': "export { createSourceFile } from '../../core/src/text/source-file';\n",
      'packages/rules/src/planted-hidden.ts': "export * from '@pylint-leaks/core/src/text/span';\n",
      'packages/rules/src/planted-fs.ts': "export { readFileSync } from 'fs';\n",
      'packages/fixers/src/planted-testkit.ts': "export { parseCases } from '@pylint-leaks/testkit';\n",
      'packages/testkit/src/planted-rules.ts': "export { rules } from '@pylint-leaks/rules';\n",
      'packages/rules/src/planted-undeclared.ts': "export * from 'esbuild';\n",
      'packages/cli/src/planted-one.ts':
        "import { two } from './planted-two';\nexport const one = (): unknown => two;\n",
      'packages/cli/src/planted-two.ts':
        "import { one } from './planted-one';\nexport const two = (): unknown => one;\n",
    });
    const { code, output } = check();
    expect(code).toBe(1);
    const reported = [...output.matchAll(/^(\S*planted\S*) -> .*\n {4}([\w-]+):/gm)].map(([, file, rule]) => [
      file?.replace(/^.*\/planted-|\.ts$/g, ''),
      rule,
    ]);
    for (const expected of [
      ['up', 'text-stays-left'],
      ['index', 'core-folders-do-not-import-the-index'],
      ['package', 'core-stays-left'],
      ['type', 'core-stays-left'],
      ['deep', 'packages-meet-at-their-index'],
      ['hidden', 'could-not-resolve'],
      ['fs', 'only-the-cli-touches-the-machine'],
      ['testkit', 'only-tests-import-the-testkit'],
      ['rules', 'the-testkit-knows-core-only'],
      ['undeclared', 'undeclared-package'],
      ['one', 'no-cycles'],
    ]) {
      expect(reported).toContainEqual(expected);
    }
  });

  it('fails when it sees no modules', () => {
    rmSync(join(planted.root, 'packages/fixers/src'), { recursive: true });
    const { code, output } = check();
    expect(code).toBe(1);
    expect(output).toContain('no module of packages/fixers/src/ was seen');
  });
});

describe('bundle', () => {
  it('fails when the program does not hold together', () => {
    planted.edit('packages/cli/src/bin.ts', (text) => `${text}import './not-there';\n`);
    const { code, output } = planted.run('node', ['scripts/bundle.cjs']);
    expect(code).toBe(1);
    expect(output).toContain('Could not resolve "./not-there"');
  });
});
