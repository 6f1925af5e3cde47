/** What a lifetime tells rules and fixers besides its verdict. Verdicts have their literate cases beside each rule. */
import { loadTestParser } from '@pylint-leaks/testkit';
import type { Lifetime } from '../../src/lifetimes/lifetime';
import type { Parser } from '../../src/syntax/parser';
import { textOf } from '../../src/text/source-file';
import { lifetimesOf, pathOf } from './lifetimes-of';

let parser: Parser;
beforeAll(async () => {
  parser = await loadTestParser();
});

const region = (...lines: readonly string[]): string =>
  `import threading\n\ndef region(path, flag):\n${lines.map((line) => `    ${line}\n`).join('')}`;

function only(code: string): Lifetime {
  const { lifetimes } = lifetimesOf(parser, code);
  expect(lifetimes).toHaveLength(1);
  return lifetimes[0] as Lifetime;
}

it.each<[string, readonly string[], string]>([
  ['a name', ['file = open(path)', 'file.close()'], 'name file'],
  ['an annotated name', ['file: object = open(path)', 'file.close()'], 'name file'],
  ['a walrus', ['(file := open(path)).close()'], 'name file'],
  ['a part of a tuple', ['file, other = open(path), 1', 'file.close()'], 'name file'],
  ['the branch of a conditional', ['file = open(path) if flag else None', 'return file'], 'name file'],
  ['an attribute', ['path.file = open(path)'], 'attribute path.file'],
  ['a with item', ['with open(path) as file:', '    pass'], 'with-item file'],
  ['a with item without a name', ['with open(path):', '    pass'], 'with-item'],
  ['a chained call', ['return open(path).read()'], 'chained'],
  ['an argument', ['print(open(path))'], 'chained'],
  ['the iterable of a loop', ['for line in open(path):', '    pass'], 'chained'],
  ['a discarded value', ['open(path)'], 'discarded'],
  ['a returned value', ['return open(path)'], 'other'],
  ['an element of a list', ['return [open(path)]'], 'other'],
])('knows how it is held: %s', (_, lines, holding) => {
  const { holding: found } = only(region(...lines));
  const name = 'name' in found ? found.name : 'path' in found ? found.path : undefined;
  expect([found.kind, name].filter(Boolean).join(' ')).toBe(holding);
});

it.each<[string, readonly string[], string | undefined]>([
  ['returned', ['return open(path)'], 'returned'],
  ['yielded', ['yield open(path)'], 'yielded'],
  ['stored in an attribute', ['path.file = open(path)'], 'stored-in-attribute'],
  ['stored in a container', ['path[0] = open(path)'], 'stored-in-container'],
  ['in a display', ['return [open(path)]'], 'stored-in-container'],
  ['global', ['global file', 'file = open(path)'], 'stored-in-global'],
  ['passed to an owner', ['path.enter_context(open(path))'], 'passed-to-owner'],
  ['its release is registered', ['file = open(path)', 'path.callback(file.close)'], 'passed-to-owner'],
  ['passed to an unknown call', ['unknown(open(path))'], 'passed-to-unknown-call'],
  ['captured by a closure', ['file = open(path)', 'return lambda: file.close()'], 'captured-by-closure'],
  ['released', ['open(path).close()'], undefined],
])('knows who has it: %s', (_, lines, handOver) => {
  const lifetime = only(region(...lines));
  expect([lifetime.verdict, lifetime.handOver]).toEqual([undefined, handOver]);
});

it('knows that the program has what the module opens', () => {
  expect(only('file = open("x")\n')).toMatchObject({ verdict: undefined, handOver: 'program-lifetime' });
});

it('lists all names in the order in which they get it', () => {
  const lines = ['first = open(path)', 'second = first', 'with second as third:', '    pass'];
  expect(only(region(...lines)).holders).toEqual(['first', 'second', 'third']);
});

it('lists every release, in branches, aliases and with', () => {
  const code = region('file = open(path)', 'if flag:', '    file.close()', 'else:', '    with file:', '        pass');
  const { file, lifetimes } = lifetimesOf(parser, code);
  const releases = lifetimes.flatMap((lifetime) => lifetime.releases.map(({ span }) => textOf(file, span)));
  expect([...releases].sort()).toEqual(['file', 'file.close()']);
});

it('points at start() for threads, and at both calls', () => {
  const code = region('worker = threading.Thread(target=path)', 'worker.start()');
  const { file, lifetimes } = lifetimesOf(parser, code);
  expect(
    lifetimes.map(({ acquire, constructor_ }) => [textOf(file, acquire.span), textOf(file, constructor_.span)]),
  ).toEqual([['worker.start()', 'threading.Thread(target=path)']]);
});

it('names the factory and the place', () => {
  const code =
    'class Store:\n    def make(self):\n        return open(self)\n\n    def use(self):\n        self.make().read()\n';
  const { lifetimes } = lifetimesOf(parser, code);
  expect(lifetimes.map(({ factory, qualifiedName, verdict }) => [factory, qualifiedName, verdict])).toEqual([
    [undefined, 'Store.make', undefined],
    ['Store.make', 'Store.use', 'all'],
  ]);
});

it.each<[string, readonly string[], boolean]>([
  ['in a for loop', ['for x in path:', '    open(x)'], true],
  ['in a while loop', ['while flag:', '    open(path)'], true],
  ['in the test of a while loop', ['while open(path).read():', '    pass'], true],
  ['in a comprehension', ['return [open(x).read() for x in path]'], true],
  ['in the iterable of a loop', ['for line in open(path):', '    pass'], false],
  ['after a loop', ['for x in path:', '    pass', 'open(path)'], false],
])('knows whether it can happen again: %s', (_, lines, inLoop) => {
  expect(only(region(...lines)).inLoop).toBe(inLoop);
});

it.each<[string, readonly string[], readonly string[]]>([
  [
    'the end of the function',
    ['file = open(path)', 'print(1)'],
    ['4: opened here', '5: the function ends with it still open'],
  ],
  [
    'an early return, with the branch that leads to it',
    ['file = open(path)', 'if flag:', '    return 1', 'file.close()'],
    ['4: opened here', '5: when this is true', '6: leaves with it still open'],
  ],
  [
    'an exception',
    ['file = open(path)', 'work()', 'file.close()'],
    ['4: opened here', '5: an exception here', '5: leaves with it still open'],
  ],
  [
    'an overwritten name',
    ['file = open(path)', 'file = 1'],
    ['4: opened here', '5: the last reference is replaced here'],
  ],
])('tells the way to the loss: %s', (_, lines, path) => {
  const { file, lifetimes } = lifetimesOf(parser, region(...lines));
  expect(lifetimes.map((lifetime) => pathOf(file, lifetime))).toEqual([path]);
});

it('sorts by place, clean sites included', () => {
  const code = region('b = open(path)', 'open(path).close()', 'a = lambda: open(path)', 'return b');
  const starts = lifetimesOf(parser, code).lifetimes.map(({ acquire }) => acquire.span.start);
  expect(starts).toHaveLength(3);
  expect([...starts].sort((a, b) => a - b)).toEqual(starts);
});

it('says the same about a function with more paths than it can follow one by one', () => {
  const many = Array.from({ length: 14 }, (_, i) => [
    `if flag[${String(i)}]:`,
    `    f${String(i)} = 1`,
    `if f${String(i)}:`,
    '    print(1)',
  ]);
  const lost = only(region('file = open(path)', ...many.flat()));
  expect(lost.verdict).toBe('all');
  const closed = only(
    region('file = open(path)', 'try:', ...many.flat().map((line) => `    ${line}`), 'finally:', '    file.close()'),
  );
  expect(closed.verdict).toBeUndefined();
});
