import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';
import { Sandbox } from './sandbox';

/** Where systems put it; none is downloaded. */
const CHROMIUM = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
].find((path) => path !== undefined && existsSync(path));

const inBrowser = CHROMIUM === undefined ? test.skip : test;
const where = CHROMIUM === undefined ? ' (skipped: no Chromium; CHROMIUM_PATH names one)' : '';

const FINDINGS = 5000;
const EVIL = '<img src=x onerror=alert(1)>.py';

let box: Sandbox;
let address: string;
let browser: Browser | undefined;

beforeAll(async () => {
  if (CHROMIUM === undefined) return;
  box = new Sandbox({
    'src/big.py': `${'    x = leak(1)\n'.repeat(2500)}${'maybe(2)\n'.repeat(2400)}`,
    'src/db/store.py': `def f():\n    y = risky(${'"long", '.repeat(60)})\n${'leak(3)\n'.repeat(98)}`,
    [EVIL]: 'leak("</script><script>alert(1)</script>")\n',
  });
  const history = (day: number, errors: number) =>
    `{"date":"2027-02-${day}T00:00:00Z","files":3,"errors":${errors},"warnings":2400,"fixable":9,"rules":{},"impacts":{}}\n`;
  box.write({ 'h.jsonl': history(10, 3600) + history(20, 2650) });
  await box.run(['-f', 'html:report.html', '--history', 'h.jsonl', '.']);
  address = pathToFileURL(box.path('report.html')).href;
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'];
  browser = await chromium.launch({ executablePath: CHROMIUM, args });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  if (CHROMIUM !== undefined) box.remove();
});

/** What the page did that it should not. */
interface Trouble {
  readonly console: string[];
  readonly requests: string[];
  readonly dialogs: string[];
}

async function open(options: { width?: number; colorScheme?: 'light' | 'dark'; fragment?: string } = {}) {
  const { width = 1280, colorScheme = 'light', fragment = '' } = options;
  if (browser === undefined) throw new Error('no browser');
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  page.setDefaultTimeout(5000);
  const trouble: Trouble = { console: [], requests: [], dialogs: [] };
  page.on('console', (message) => trouble.console.push(message.text()));
  page.on('pageerror', (error) => trouble.console.push(error.message));
  page.on('request', (request) => trouble.requests.push(request.url()));
  page.on('dialog', (dialog) => {
    trouble.dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(address + fragment);
  return { page, trouble };
}

const shown = (page: Page) => page.locator('.filters output').textContent();
const items = (page: Page) => page.locator('details.finding');

inBrowser(`loads from a file without requests, errors or foreign scripts${where}`, async () => {
  const { page, trouble } = await open();
  expect(await page.title()).toMatch(/: 5000 resource leaks$/);
  expect(await page.locator('.totals strong').allTextContents()).toEqual(['5,000', '2,600', '2,400', '2,599', '3']);
  expect(await page.locator('canvas').count()).toBe(2);
  await page.getByLabel('Search').fill('onerror');
  await items(page).locator('summary').click();
  expect(await page.locator('details.finding code.place').textContent()).toBe(`${EVIL}:1:1`);
  expect(await page.locator('.code').textContent()).toContain('</script><script>alert(1)</script>');
  const noise = trouble.requests.filter((url) => !url.startsWith('data:'));
  expect({ ...trouble, requests: noise }).toEqual({ console: [], requests: [address], dialogs: [] });
  await page.close();
});

inBrowser(`stays small with ${FINDINGS} findings: pages, search, filters, links${where}`, async () => {
  const { page } = await open();
  expect(await items(page).count()).toBe(50);
  await page.getByRole('button', { name: 'Next' }).click();
  expect(await page.locator('.pages span').textContent()).toBe('51 to 100 of 5,000');
  expect(await items(page).count()).toBe(50);

  await page.keyboard.press('/');
  await page.keyboard.type('store.py');
  expect(await shown(page)).toBe('99 findings of 5,000');
  await page.getByRole('combobox', { name: 'Fix' }).selectOption('unsafe');
  expect(await shown(page)).toBe('1 finding of 5,000');
  const address = page.url();
  expect(address).toContain('#text=store.py&fix=unsafe');

  const again = await open({ fragment: new URL(address).hash });
  expect(await shown(again.page)).toBe('1 finding of 5,000');
  await again.page.close();

  await page.getByRole('button', { name: 'Show everything' }).click();
  expect(await shown(page)).toBe('5,000 findings');
  await page.getByRole('button', { name: /^src\/ 4,999 / }).click();
  await page.getByRole('button', { name: 'db/ 99 findings, 99 of them errors' }).click();
  expect(await shown(page)).toBe('99 findings of 5,000');
  await page.getByRole('button', { name: 'warnings' }).click();
  expect(await page.locator('.nothing').textContent()).toBe('No finding fits what is chosen above.');
  await page.close();
});

inBrowser(`shows the code, the numbered path and the fix of a finding${where}`, async () => {
  const { page } = await open({ fragment: '#fix=safe&directory=src%2Fbig.py' });
  await items(page).first().locator('summary').press('Enter');
  const body = items(page).first().locator('.body');
  expect(await body.locator('tr.here mark').first().textContent()).toBe('leak(1)');
  expect(await body.locator('.note').allTextContents()).toEqual(['1 opened here', '2 lost here']);
  expect(await body.locator('.diff .added').textContent()).toBe('+ x = closed(1).now');
  await page.getByRole('button', { name: 'Show the code of all' }).click();
  expect(await page.locator('details.finding[open]').count()).toBe(50);
  await page.close();
});

inBrowser(`says where the numbers are going${where}`, async () => {
  const { page } = await open();
  const text = await page.locator('.pair').textContent();
  expect(text).toMatch(
    /The number of findings falls by \d+(\.\d)? a week; at this pace none is left on \d+ \w+ 20\d\d\./,
  );
  expect(await page.locator('.totals small').first().textContent()).toBe('50 fewer than in the run before');
  await page.locator('.pair details summary').click();
  expect(await page.locator('.pair details tbody tr').count()).toBe(3);
  await page.close();
});

inBrowser.each([
  [390, 'light'],
  [390, 'dark'],
  [1280, 'light'],
  [1280, 'dark'],
] as const)(`fits a width of %i in %s, and axe finds nothing to object to${where}`, async (width, colorScheme) => {
  const { page } = await open({ width, colorScheme, fragment: '#text=store&order=file' });
  await items(page).first().locator('summary').click();
  await items(page).nth(1).locator('summary').click();
  const widths = await page.evaluate<readonly number[]>('[document.documentElement.scrollWidth, innerWidth]');
  expect(widths).toEqual([width, width]);
  await page.evaluate(axe.source);
  const violations = await page.evaluate<readonly string[]>(
    `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + target + ' ' + failureSummary)))`,
  );
  expect(violations).toEqual([]);
  await page.close();
});

inBrowser(`is light or dark as the system says, or as the reader says${where}`, async () => {
  const { page } = await open({ colorScheme: 'dark' });
  const lightness = () =>
    page.evaluate<number>(`Number(/\\d+/.exec(getComputedStyle(document.body).backgroundColor)[0])`);
  const choose = async (theme: string) => {
    await page.getByRole('radio', { name: theme }).check({ force: true });
    await page.waitForFunction(`document.documentElement.dataset.theme === '${theme.toLowerCase()}'`);
  };
  expect(await lightness()).toBeLessThan(60);
  await choose('Light');
  expect(await lightness()).toBeGreaterThan(200);
  await page.reload();
  expect(await lightness()).toBeGreaterThan(200);
  await choose('Auto');
  expect(await lightness()).toBeLessThan(60);
  await page.close();
});
