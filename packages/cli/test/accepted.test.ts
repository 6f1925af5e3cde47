import { loadTestParser } from '@pylint-leaks/testkit';
import type { ReportData } from '@pylint-leaks/report';
import { realEngine, type Engine } from '../src/engine';
import { sandboxes, type Sandbox } from './sandbox';

/** What a baseline and comments take out of a report, in the formats that show it all the same. */
const sandbox = sandboxes();
const engine: Engine = { ...realEngine, loadParser: loadTestParser };

const CODE = `def a(p):
    return open(p).read()


def b(p):
    return open(p).read()  # pylint-leaks: ignore[unclosed-file] -- made for it


def c(p):
    return open(p).read()
`;

const ENTRY = {
  file: 'a.py',
  rule: 'unclosed-file',
  scope: 'a',
  code: 'open(p)',
  ordinal: 0,
  path: 'all',
  reason: 'next year',
  owner: '@data',
  expires: '2999-12-31',
};

function box(): Sandbox {
  return sandbox({ 'a.py': CODE, 'b.jsonl': `${JSON.stringify(ENTRY)}\n` });
}

interface Log {
  readonly runs: readonly [
    {
      readonly results: readonly {
        readonly locations: readonly [{ physicalLocation: { region: { startLine: number } } }];
        readonly suppressions?: readonly object[];
      }[];
    },
  ];
}

async function results(format: string): Promise<readonly (readonly [number, unknown])[]> {
  const { stdout } = await box().run(['--format', format, '--baseline', 'b.jsonl', '--frozen'], { engine });
  const log = JSON.parse(stdout) as Log;
  return log.runs[0].results.map(({ locations, suppressions }) => [
    locations[0].physicalLocation.region.startLine,
    suppressions,
  ]);
}

test('sarif has only what is open, because code hosts show everything in it as open', async () => {
  expect(await results('sarif')).toEqual([[10, undefined]]);
});

test('sarif-all has the rest as suppressed, with the reason', async () => {
  expect(await results('sarif-all')).toEqual([
    [2, [{ kind: 'external', justification: 'next year' }]],
    [6, [{ kind: 'inSource', justification: 'made for it' }]],
    [10, undefined],
  ]);
});

test('the page has them with who, why and until when', async () => {
  const { stdout, code } = await box().run(['--format', 'html', '--baseline', 'b.jsonl', '--frozen'], { engine });
  expect(code).toBe(1);
  const [, json = ''] = /<script[^>]*application\/json[^>]*>(.*?)<\/script>/s.exec(stdout) ?? [];
  const { findings } = JSON.parse(json) as ReportData;
  expect(findings.map(({ line, accepted }) => [line, accepted])).toEqual([
    [2, { by: 'baseline', reason: 'next year', owner: '@data', expires: '2999-12-31' }],
    [6, { by: 'comment', reason: 'made for it' }],
    [10, undefined],
  ]);
});

test('neither counts for the exit code', async () => {
  const some = sandbox({ 'a.py': CODE.slice(0, CODE.indexOf('def c')), 'b.jsonl': `${JSON.stringify(ENTRY)}\n` });
  for (const format of ['sarif-all', 'html', 'full'])
    expect((await some.run(['--format', format, '--baseline', 'b.jsonl'], { engine })).code).toBe(0);
});
