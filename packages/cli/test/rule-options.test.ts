import { loadTestParser } from '@pylint-leaks/testkit';
import { realEngine, type Engine } from '../src/engine';
import { sandboxes } from './sandbox';

const sandbox = sandboxes();
const engine: Engine = { ...realEngine, loadParser: loadTestParser };

const CODE = `import threading
import functools
from PIL import Image


def first(path):
    return open(path).readline()


def all_of(paths):
    for path in paths:
        print(open(path).read())


def size(path):
    image = Image.open(path)
    return image.size


def copy(path, work):
    file = open(path)
    work(path)
    file.close()


def start(work):
    threading.Thread(target=work, daemon=True).start()
    thread = threading.Thread(target=work)
    thread.daemon = True
    thread.start()
    threading.Thread(target=work).start()


class Log:
    def __init__(self):
        self.history = []

    def add(self, entry):
        self.history.append(entry)


@functools.lru_cache(maxsize=100_000)
def load(url):
    return url
`;

/** Lines with findings, under these settings of rules. */
async function lines(rules: object, more: object = {}): Promise<readonly number[]> {
  const box = sandbox({ 'a.py': CODE, '.pylint-leaksrc.json': JSON.stringify({ rules, ...more }) });
  const { stdout, stderr } = await box.run(['--format', 'concise', 'a.py'], { engine });
  expect(stderr).toBe('');
  return [...stdout.matchAll(/^a\.py:(\d+):/gm)].map(([, line]) => Number(line));
}

/** The same, of one rule. */
const linesOf = (rule: string, setting: unknown, more: object = {}) =>
  lines({ [rule]: setting }, { select: [rule], ...more });

test.each([
  ['unclosed-file', 'error', [7, 12, 16, 21]],
  ['unclosed-file', ['error'], [7, 12, 16, 21]],
  ['unclosed-file', ['error', { 'ignore-dropped': true }], [12, 16, 21]],
  ['unclosed-file', ['error', { 'ignore-resources': ['PIL.Image.open'] }], [7, 12, 21]],
  ['unclosed-file', ['error', { exceptions: false }], [7, 12, 16]],
  ['unclosed-file', ['error', { 'least-impact': 'high' }], [12]],
  ['unclosed-file', ['off', { 'least-impact': 'high' }], []],
  ['unjoined-thread', 'error', [27, 30, 31]],
  ['unjoined-thread', ['error', { 'ignore-daemon': true }], [31]],
  ['growing-container', 'error', [39]],
  ['growing-container', ['error', { histories: false }], []],
  ['unbounded-cache', 'error', []],
  ['unbounded-cache', ['error', { 'largest-size': 10_000 }], []],
])('%s as %j', async (rule, setting, expected) => {
  expect(await linesOf(rule, setting)).toEqual(expected);
});

test('a severity alone leaves the options, in an override and in a file that extends another', async () => {
  const options = ['error', { 'ignore-daemon': true }];
  const overrides = [{ files: ['*.py'], rules: { 'unjoined-thread': 'warning' } }];
  expect(await linesOf('unjoined-thread', options, { overrides })).toEqual([31]);
  const other = [{ files: ['*.py'], rules: { 'unjoined-thread': ['error', {}] } }];
  expect(await linesOf('unjoined-thread', options, { overrides: other })).toEqual([27, 30, 31]);
});

test('a comment for what an option leaves out is unused', async () => {
  const rc = JSON.stringify({ rules: { 'unclosed-file': ['error', { 'ignore-dropped': true }] } });
  const code = 'def f(p):\n    return open(p).read()  # pylint-leaks: ignore[unclosed-file]\n';
  const box = sandbox({ 'a.py': code, '.pylint-leaksrc.json': rc });
  expect((await box.run(['--format', 'concise', 'a.py'], { engine })).stdout).toContain('unused-suppression');
});

test.each([
  [['loud'], 'rules.unjoined-thread: the first in the list must be "off", "warning" or "error", not "loud"'],
  [
    ['error', { 'ignore-daemons': true }],
    'rules.unjoined-thread: unknown option "ignore-daemons"; did you mean ignore-daemon? (known: ignore-daemon, exceptions, ignore-resources, least-impact)',
  ],
  [['error', { 'ignore-daemon': 'yes' }], 'rules.unjoined-thread: ignore-daemon must be true or false, not "yes"'],
  [['error', { 'least-impact': 3 }], 'rules.unjoined-thread: least-impact must be "low", "medium" or "high", not 3'],
  [
    ['error', { 'ignore-resources': 'open' }],
    'rules.unjoined-thread: ignore-resources must be a list of names, not "open"',
  ],
  [['error', 'x'], 'rules.unjoined-thread: what follows the severity must be a table of options, not "x"'],
  [['error', {}, {}], 'rules.unjoined-thread: only a table of options may follow the severity'],
  [[], 'rules.unjoined-thread: the first in the list must be "off", "warning" or "error", not missing'],
])('the setting %j says what is wrong and where', async (setting, message) => {
  const box = sandbox({
    'a.py': '',
    '.pylint-leaksrc.json': JSON.stringify({ rules: { 'unjoined-thread': setting } }),
  });
  const { code, stderr } = await box.run(['a.py'], { engine });
  expect([code, stderr]).toEqual([2, `error: .pylint-leaksrc.json: ${message}\n`]);
});

test('rules about syntax have no options', async () => {
  const box = sandbox({ 'a.py': '', '.pylint-leaksrc.toml': 'rules = { syntax-error = ["error", {}] }' });
  expect((await box.run(['a.py'], { engine })).stderr).toContain('the rule has no options');
});

test('--show-settings and the page of the rule have them', async () => {
  const rc = JSON.stringify({ rules: { 'unjoined-thread': ['error', { 'ignore-daemon': true }] } });
  const box = sandbox({ 'a.py': '', '.pylint-leaksrc.json': rc });
  const shown = JSON.parse((await box.run(['--show-settings', 'a.py'], { engine })).stdout) as { rules: object };
  expect(shown.rules).toMatchObject({
    'unjoined-thread': ['error', { 'ignore-daemon': true }],
    'unclosed-file': 'error',
  });
  expect((await box.run(['rule', 'unjoined-thread'], { engine })).stdout).toContain('| `ignore-daemon` |');
});
