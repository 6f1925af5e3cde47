import { sandboxes } from './sandbox';

const sandbox = sandboxes();

/** Waits until something is true, and says what was there when it never became so. */
async function until(isTrue: () => boolean, what: () => string): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`never: ${what()}`);
}

async function watching(isTTY: boolean) {
  const box = sandbox({ 'src/a.py': 'x = 1\n', 'src/build/b.py': '' });
  const stop = new AbortController();
  let printed = '';
  const ended = box.run(['--watch', '-f', 'concise', 'src'], {
    isTTY,
    signal: stop.signal,
    onOutput: (chunk) => (printed += chunk),
  });
  const runs = () => printed.split('note: watching 1 path; Ctrl-C ends\n').length - 1;
  const afterRuns = (number: number) =>
    until(
      () => runs() >= number,
      () => `${number} runs in ${printed}`,
    );
  await afterRuns(1);
  return { box, stop, ended, afterRuns, runs, printed: () => printed };
}

test('lints again when a file changes, comes or goes, and ends on Ctrl-C', async () => {
  const { box, stop, ended, afterRuns, printed } = await watching(false);
  expect(printed()).not.toContain('unclosed-leak');
  box.write({ 'src/a.py': 'leak(1)\n' });
  await afterRuns(2);
  expect(printed()).toContain('note: changed: src/a.py\n');
  expect(printed()).toContain('src/a.py:1:1: error unclosed-leak');
  box.write({ 'src/new/c.py': 'leak(1)\n' });
  await afterRuns(3);
  expect(printed()).toContain('src/new/c.py:1:1: error unclosed-leak');
  stop.abort();
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  expect(stdout).not.toContain('\u001b');
});

test('clears a terminal, and does not look at what is left out', async () => {
  const { box, stop, ended, afterRuns, runs, printed } = await watching(true);
  expect(printed().startsWith('\u001b[2J\u001b[3J\u001b[H')).toBe(true);
  box.write({ 'src/build/b.py': 'leak(1)\n', 'src/notes.txt': 'x' });
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(runs()).toBe(1);
  box.write({ 'src/pyproject.toml': '[tool.pylint-leaks]\nselect = []\n' });
  await afterRuns(2);
  stop.abort();
  expect((await ended).code).toBe(0);
});
