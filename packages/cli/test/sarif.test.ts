import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { createSourceFile } from '@pylint-leaks/core';
import type { Log } from 'sarif';
import type { FileReport, Finding } from '../src/finding';
import { MAX_RESULTS, sarif } from '../src/reporters/sarif';
import { colorsFor } from '../src/colors';
import { fakeRules } from './fake-engine';
import { sandboxes } from './sandbox';

const sandbox = sandboxes();

/** The schema of OASIS, as the package of the SARIF SDK ships it. */
const schema = JSON.parse(
  readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
) as object;
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv);
const isValid = ajv.compile(schema);

function problems(log: unknown): readonly string[] {
  return isValid(log)
    ? []
    : (isValid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

async function report(files: Readonly<Record<string, string | Uint8Array>>) {
  const box = sandbox(files);
  box.git('init');
  const { stdout } = await box.run(['--format', 'sarif', '.']);
  return { log: JSON.parse(stdout) as Log, text: stdout, box };
}

const FILES = {
  'sub/a.py': '"é"; leak(1)\nrisky(2)\nmaybe(3)\n',
  'odd <é> %#?.py': 'leak(1)\n',
  'b.py': Buffer.from([0xff]),
};

test('is valid, with the path, the fix, a fingerprint and the rule of each result', async () => {
  const { log } = await report(FILES);
  expect(problems(log)).toEqual([]);
  expect(problems({ ...log, runs: [{}] })).not.toEqual([]);
  const [run] = log.runs;
  const result = run?.results?.find(({ locations }) => uriOf(locations?.[0]) === 'sub/a.py');
  const at = (startLine: number, startColumn: number, endLine: number, endColumn: number) => ({
    artifactLocation: { uri: 'sub/a.py', uriBaseId: '%SRCROOT%' },
    region: { startLine, startColumn, endLine, endColumn },
  });
  const opened = { physicalLocation: at(1, 6, 1, 13), message: { text: 'opened here' } };
  const lost = { physicalLocation: at(4, 1, 4, 1), message: { text: 'lost here' } };
  expect(result).toMatchObject({
    ruleId: 'unclosed-leak',
    level: 'error',
    message: { text: 'The leak is never closed.' },
    locations: [{ physicalLocation: at(1, 6, 1, 13) }],
    codeFlows: [{ threadFlows: [{ locations: [{ location: opened }, { location: lost }] }] }],
    relatedLocations: [opened, lost],
    partialFingerprints: { 'pylintLeaks/v1': expect.stringMatching(/^[0-9a-f]{16,}$/) as string },
    fixes: [
      {
        description: { text: 'Write closed' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'sub/a.py' },
            replacements: [{ deletedRegion: at(1, 6, 1, 13).region, insertedContent: { text: 'closed(1).now' } }],
          },
        ],
      },
    ],
    properties: { resource: 'leak', path: 'all', impact: 'high', applicability: 'safe' },
  });
  const rule = run?.tool.driver.rules?.[result?.ruleIndex ?? -1];
  expect(rule).toMatchObject({
    id: 'unclosed-leak',
    name: 'UnclosedLeak',
    shortDescription: { text: 'Words of unclosed-leak.' },
    help: { text: 'Why it matters.\n', markdown: 'Why it matters.\n' },
    defaultConfiguration: { level: 'error' },
  });
});

const uriOf = (location: NonNullable<NonNullable<Log['runs'][0]['results']>[0]['locations']>[0] | undefined) =>
  location?.physicalLocation?.artifactLocation?.uri;

test('names files by references that survive every character, and describes problems with files', async () => {
  const { log } = await report(FILES);
  const results = log.runs[0]?.results ?? [];
  expect(results.map(({ locations }) => uriOf(locations?.[0]))).toEqual([
    'b.py',
    'odd%20%3C%C3%A9%3E%20%25%23%3F.py',
    'sub/a.py',
    'sub/a.py',
    'sub/a.py',
  ]);
  expect(log.runs[0]?.tool.driver.rules?.map(({ id }) => id)).toEqual([
    'unclosed-leak',
    'unclosed-maybe',
    'quiet-rule',
    'unreadable-file',
  ]);
  expect(new Set(results.map(({ partialFingerprints }) => partialFingerprints?.['pylintLeaks/v1'])).size).toBe(5);
});

test('stays within the limits of GitHub when a tree is full of leaks', () => {
  const source = createSourceFile('a.py', 'leak(1)\n'.repeat(40_000));
  const findings = Array.from({ length: MAX_RESULTS + 5_000 }, (_, index): Finding => {
    const line = index + 1;
    const range = { start: { line, column: 1 }, end: { line, column: 8 } };
    return {
      ruleId: 'unclosed-leak',
      messageId: 'leak',
      severity: index < 5_000 ? 'warning' : 'error',
      message: 'The leak is never closed, and this is a sentence of the usual length about what that means.',
      ...range,
      data: { resource: 'leak', path: 'all', impact: 'high' },
      related: Array.from({ length: index === 9_000 ? 2_000 : 3 }, () => ({ ...range, message: 'opened here' })),
      fix: {
        title: 'Close it',
        applicability: 'safe',
        range: [index * 8, index * 8 + 7],
        text: 'with leak(1) as leak:',
      },
      refused: undefined,
      fingerprint: { ruleId: 'unclosed-leak', scope: '<module>', subject: 'leak(1)', ordinal: index },
    };
  });
  const reports: readonly FileReport[] = [{ path: '/home/me/a.py', display: 'a.py', source, findings, fixed: 0 }];
  const text = sarif(reports, {
    command: { applicability: 'safe', mode: 'check', fixOnly: false, shard: undefined },
    colors: colorsFor('never', {}, undefined),
    version: '1.0.0',
    rules: fakeRules,
    pages: {},
    root: '/home/me',
    date: new Date(0),
    commit: undefined,
    history: [],
    isComplete: true,
    ownersOf: () => [],
  });
  const { runs } = JSON.parse(text) as Log;
  const [run] = runs;
  const results = run?.results ?? [];
  expect(runs).toHaveLength(1);
  expect(results).toHaveLength(25_000);
  expect(results.every(({ level }) => level === 'error')).toBe(true);
  expect(run?.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text).toMatch(/^5000 findings left out/);
  const steps = results.map(({ codeFlows }) => codeFlows?.[0]?.threadFlows[0]?.locations.length ?? 0);
  expect(Math.max(...steps)).toBe(1000);
  expect(gzipSync(text).length).toBeLessThan(10_000_000);
  for (const rule of run?.tool.driver.rules ?? []) {
    expect(((rule.properties as { tags?: unknown[] } | undefined)?.tags ?? []).length).toBeLessThanOrEqual(20);
  }
});

/** The validator of the SARIF SDK: a program of 100 MB, so it is used where it is and not installed. */
const multitool = findMultitool();
const withMultitool = multitool === undefined ? test.skip : test;
withMultitool(
  multitool === undefined
    ? 'passes the SARIF SDK (skipped: npm install --no-save @microsoft/sarif-multitool-linux brings the validator)'
    : 'passes the SARIF SDK',
  async () => {
    const { text, box } = await report(FILES);
    writeFileSync(box.path('a.sarif'), text);
    const { stdout } = spawnSync(
      multitool ?? '',
      ['validate', 'a.sarif', '-o', 'result.sarif', '--log', 'ForceOverwrite'],
      {
        cwd: box.root,
        encoding: 'utf8',
        env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' },
      },
    );
    expect(stdout).toContain('Analysis completed successfully');
    const result = JSON.parse(box.read('result.sarif').replace(/^\ufeff/, '')) as Log;
    const serious = (result.runs[0]?.results ?? []).filter(({ level = 'warning' }) => level === 'error');
    expect(serious.map(({ ruleId, message }) => `${ruleId ?? ''} ${message.text ?? ''}`)).toEqual([]);
  },
);

function findMultitool(): string | undefined {
  try {
    const file = join(dirname(require.resolve('@microsoft/sarif-multitool-linux/package.json')), 'Sarif.Multitool');
    if (!existsSync(file)) return undefined;
    chmodSync(file, 0o755);
    return file;
  } catch {
    return undefined;
  }
}
