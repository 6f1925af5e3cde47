import { realEngine } from '../src/engine';
import { sandboxes } from './sandbox';

const sandbox = sandboxes();

test('a stub is only looked at for syntax, because it is never run', async () => {
  const leak = 'def load(path):\n    return open(path).read()\n';
  const box = sandbox({ 'a.pyi': leak, 'a.py': leak, 'b.pyi': 'def load(path: str -> str: ...\n' });
  const { stdout } = await box.run(['--format', 'concise', '--parser', 'wasm', '.'], { engine: realEngine });
  expect(stdout.match(/^\S+?:\d+:\d+: error \S+/gm)).toEqual([
    'a.py:2:12: error unclosed-file',
    expect.stringMatching(/^b\.pyi:1:\d+: error syntax-error$/),
  ]);
});
