import { PassThrough } from 'node:stream';
import { startProgress } from '../src/progress';

/** A run of `files` files that take `milliseconds` each; returns what the terminal was sent. */
function drawn(
  files: number,
  milliseconds: number,
  env: Readonly<Record<string, string>> = {},
  hasTerminal = true,
): string {
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  let clock = 0;
  const progress = startProgress(files, { terminal: hasTerminal ? terminal : undefined, env }, () => clock);
  for (let file = 0; file < files; file++) {
    progress.step();
    clock += milliseconds;
  }
  progress.stop();
  return (terminal.read() as Buffer | null)?.toString('utf8') ?? '';
}

test('a long run in a terminal shows how far it is', () => {
  expect(drawn(20, 100)).toMatch(/1[0-9]\/20 files/);
});

test('a short run shows nothing', () => {
  expect(drawn(20, 10)).toBe('');
});

test('nothing is drawn outside of a terminal that can redraw', () => {
  expect(drawn(20, 100, {}, false)).toBe('');
  expect(drawn(20, 100, { TERM: 'dumb' })).toBe('');
  expect(drawn(20, 100, { CI: 'true' })).toBe('');
});
