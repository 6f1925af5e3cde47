import { createHash } from 'node:crypto';
import type { ReportData } from '@pylint-leaks/report';
import { sandboxes, type Sandbox } from './sandbox';

const sandbox = sandboxes();

/** What would end a script or a comment, or be a replacement pattern, wherever a person can put text. */
const EVIL = '</script><script>alert(1)</script><!-- DATA --> $& $`.py';
const EVIL_CODE = `x = "</script><!--<img src=x onerror=alert(1)>\u2028"; leak("<!-- SCRIPT -->")\n`;

async function page(box: Sandbox, ...argv: readonly string[]) {
  const { stderr, code } = await box.run(['-f', 'html:report.html', ...argv]);
  const html = box.read('report.html');
  return { html, data: dataOf(html), stderr, code };
}

function dataOf(html: string): ReportData {
  return JSON.parse(/<script id="data" type="application\/json">(.*?)<\/script>/s.exec(html)?.[1] ?? '') as ReportData;
}

test('has the findings with code, path and fix, named from the root of the checkout', async () => {
  const box = sandbox({
    CODEOWNERS: '*.py @me\n/sub/ @team @me\n',
    'sub/a.py': 'import x\n\ndef f():\n    y = leak(1)\n    return y\n',
    'sub/clean.py': '',
  });
  box.git('init');
  box.git('add', '.');
  box.git('commit', '--message', 'x');
  const { data, code } = await page(box, '.');
  expect(code).toBe(1);
  expect(data).toMatchObject({
    version: expect.stringMatching(/^\d/) as string,
    date: '2027-03-01T12:00:00.000Z',
    commit: box.git('rev-parse', 'HEAD').trim(),
    checkedFiles: 2,
    rules: { 'unclosed-leak': 'Words of unclosed-leak.' },
    files: [{ path: 'sub/a.py', owners: ['@team', '@me'], lines: { 2: '', 4: '    y = leak(1)', 6: '' } }],
    history: [],
  });
  expect(data.findings).toMatchObject([
    {
      file: 0,
      rule: 'unclosed-leak',
      severity: 'error',
      impact: 'high',
      line: 4,
      column: 9,
      steps: [
        { line: 4, message: 'opened here' },
        { line: 6, message: 'lost here' },
      ],
      fix: {
        title: 'Write closed',
        applicability: 'safe',
        diff: [
          [
            { kind: 'removed', text: '    y = leak(1)' },
            { kind: 'added', text: '    y = closed(1).now' },
          ],
        ],
      },
    },
  ]);
});

describe('nothing of the code that was looked at becomes part of the page', () => {
  const scripts = (html: string) => [...html.matchAll(/<script\b[^>]*>/gi)].map(([tag]) => tag);

  test('neither from names nor from code', async () => {
    const clean = (await page(sandbox({ 'a.py': 'x = 1\n' }), '.')).html;
    const box = sandbox({
      [EVIL.replaceAll('/', '\u2215')]: EVIL_CODE,
      'b/<b>&amp;.py': EVIL_CODE,
      'c.py': `${EVIL}(\n`,
    });
    const { html, data } = await page(box, '.');
    expect(scripts(html)).toEqual(scripts(clean));
    expect(scripts(html)).toEqual(['<script id="data" type="application/json">', '<script>']);
    expect(html.match(/<!--/g)).toHaveLength(clean.match(/<!--/g)?.length ?? 0);
    expect(html.length).toBeGreaterThan(clean.length);
    expect(data.files.map(({ path }) => path)).toContain('b/<b>&amp;.py');
    expect(data.files[0]?.lines[1]).toContain('</script><!--<img src=x');
  });

  test('nor from the name of the directory, which is in the title', async () => {
    const box = sandbox({ '<title> & "x"/a.py': 'leak(1)\n' });
    await box.run(['-f', 'html:report.html', '.'], { cwd: '<title> & "x"' });
    const html = box.read('<title> & "x"/report.html');
    expect(html).toContain('<title>&lt;title&gt; &amp; &quot;x&quot;: 1 resource leak</title>');
  });

  test('and only the script of the page may run', async () => {
    const { html } = await page(sandbox({ 'a.py': 'leak(1)\n' }), '.');
    const script = /<script>(.*?)<\/script>/s.exec(html)?.[1] ?? '';
    const hash = createHash('sha256').update(script).digest('base64');
    expect(html).toContain(`script-src 'sha256-${hash}';`);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/(?:src|href)="?(?:https?:)?\/\//);
  });
});

describe('--history', () => {
  const day = (number: number) => ({ now: new Date(Date.UTC(2026, 0, number)) });

  test('gets a line for each run, and the page all of them', async () => {
    const box = sandbox({ 'a.py': 'leak(1)\nleak(2)\nmaybe(3)\n' });
    const run = (number: number) => box.run(['-f', 'html:r.html', '--history', 'log/h.jsonl', 'a.py'], day(number));
    await run(1);
    box.write({ 'a.py': 'leak(1)\n' });
    expect((await run(2)).stderr).toBe('');
    const lines = box
      .read('log/h.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(lines).toEqual([
      {
        date: '2026-01-01T00:00:00.000Z',
        files: 1,
        errors: 2,
        warnings: 1,
        fixable: 2,
        rules: { 'unclosed-leak': 2, 'unclosed-maybe': 1 },
        impacts: { high: 3 },
      },
      expect.objectContaining({ date: '2026-01-02T00:00:00.000Z', errors: 1, warnings: 0 }),
    ]);
    expect(dataOf(box.read('r.html')).history).toEqual(lines);
  });

  test('counts warnings also when they are not shown, and needs no page', async () => {
    const box = sandbox({ 'a.py': 'maybe(3)\n' });
    await box.run(['--quiet', '--history', 'h.jsonl', 'a.py']);
    expect(JSON.parse(box.read('h.jsonl'))).toMatchObject({ errors: 0, warnings: 1 });
  });

  test('keeps what is in the file, and says what it cannot read', async () => {
    const before =
      '<<<<<<< HEAD\n{"date": 1}\n\n{"date":"2025-01-01T00:00:00Z","files":1,"errors":7,"warnings":0,"fixable":0,"rules":{},"impacts":{}}';
    const box = sandbox({ 'a.py': 'leak(1)\n', 'h.jsonl': before });
    const { data, stderr } = await page(box, '--history', 'h.jsonl', 'a.py');
    expect(stderr).toBe('note: h.jsonl: not a run of this program: line 1, 2\n');
    expect(box.read('h.jsonl').startsWith(`${before}\n{"date":"2027-03-01`)).toBe(true);
    expect(data.history.map(({ errors }) => errors)).toEqual([7, 1]);
  });

  test('has no run that did not see everything', async () => {
    const box = sandbox({ 'a.py': 'leak(1)\n' });
    expect((await box.run(['--history', 'h.jsonl', 'a.py', 'none.py'])).code).toBe(2);
    expect(() => box.read('h.jsonl')).toThrow('ENOENT');
    const aborted = new AbortController();
    aborted.abort();
    expect((await box.run(['--history', 'h.jsonl', 'a.py'], { signal: aborted.signal })).code).toBe(130);
    expect(() => box.read('h.jsonl')).toThrow('ENOENT');
  });

  test('that cannot be written is an error', async () => {
    expect(await sandbox({ 'a.py': 'leak(1)\n' }).run(['--history', 'a.py/h', 'a.py'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^error: a\.py\/h: the history cannot be read: /) as string,
    });
  });

  test('a fixed time makes reports the same', async () => {
    const box = sandbox({ 'a.py': 'leak(1)\n' });
    await box.run(['-f', 'html:r.html', 'a.py'], { env: { SOURCE_DATE_EPOCH: '86400' } });
    expect(dataOf(box.read('r.html')).date).toBe('1970-01-02T00:00:00.000Z');
  });
});
