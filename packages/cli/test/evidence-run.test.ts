import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { realEngine } from '../src/engine';
import { sandboxes } from './sandbox';

/** A leaky program is recorded, its findings are confirmed, it is fixed, and the next recording has no leak. */
jest.setTimeout(120_000);

const sandbox = sandboxes();
const checkout = join(__dirname, '../../..');
const isPython = spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']).status === 0;
const canRecord = isPython && process.platform === 'linux';
if (!canRecord) console.log('no program is recorded: that needs Linux and python3 3.9 or newer');

const APP = `import sqlite3
import threading


def count(path):
    with sqlite3.connect(path) as connection:
        return connection.execute("SELECT 1").fetchall()


def work(stop):
    stop.wait(0.4)


def begin(stop):
    worker = threading.Thread(target=work, args=(stop,), daemon=True)
    worker.start()


def rare(path):
    connection = sqlite3.connect(path)
    return connection.execute("SELECT 2").fetchall()


def hidden(path, kept={}):
    kept[path] = open(path)


if __name__ == "__main__":
    hidden("data.db")
    for _ in range(5):
        count("data.db")
    begin(threading.Event())
`;

(canRecord ? test : test.skip)('from the leak to the proof that it is gone', async () => {
  const box = sandbox({ 'app.py': APP, 'data.db': '' });
  const record = (file: string): string => {
    const { status, stderr } = spawnSync('python3', ['-m', 'pylint_leaks_runtime', 'run', '-o', file, 'app.py'], {
      cwd: box.root,
      env: {
        ...process.env,
        PYTHONPATH: join(checkout, 'packages/runtime/src'),
        PYTHONDONTWRITEBYTECODE: '1',
        PYLINT_LEAKS_DAEMON_GRACE: '30',
      },
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return box.read(file);
  };
  const lint = (...argv: readonly string[]) =>
    box.run([...argv, '--format', 'concise', 'app.py'], { engine: realEngine });

  const before = record('before.jsonl');
  const schema = JSON.parse(readFileSync(join(checkout, 'schema/evidence.json'), 'utf8')) as object;
  const isValid = new Ajv2020({ allowUnionTypes: true }).compile(schema);
  for (const line of before.trimEnd().split('\n')) expect(isValid(JSON.parse(line)) ? [] : isValid.errors).toEqual([]);

  const first = await lint('--evidence', 'before.jsonl');
  expect(first.stderr).toContain('evidence: 2 confirmed, 0 exercised and clean, 1 never executed, 0 unknown\n');
  expect(first.stderr).toContain('evidence: app.py:25: 1 of 1 leaked (file, in hidden) without a finding\n');
  const rows = first.stdout.trimEnd().split('\n');
  expect(rows.map((row) => row.replace(/: error (\S+) .*\[(.*?)[:\]].*/, ' $1 $2'))).toEqual([
    'app.py:6:10 unclosed-sqlite-connection confirmed',
    'app.py:16:5 unjoined-thread confirmed',
    'app.py:20:18 unclosed-sqlite-connection never executed',
  ]);
  expect(rows[0]).toContain('[confirmed: 5 of 5 leaked');
  expect((await lint('--evidence', 'before.jsonl', '--only-confirmed')).stdout.trimEnd().split('\n')).toEqual(
    rows.slice(0, 2),
  );

  expect((await lint('--fix', '--unsafe-fixes')).stderr).toContain('app.py: 3 problems fixed');
  // The file hidden from the linter is closed by hand: only then can the end be clean.
  box.write({ 'app.py': box.read('app.py').replace('kept[path] = open(path)', 'open(path).close()') });
  const after = record('after.jsonl');
  expect(after).toContain('"kind":"sqlite"');
  expect(after).not.toMatch(/"(leakedAtExit|collected)":[1-9]/);
  const last = await lint('--evidence', 'after.jsonl');
  expect({ code: last.code, stdout: last.stdout }).toEqual({ code: 0, stdout: '' });
  expect(last.stderr).not.toContain('without a finding');
});
