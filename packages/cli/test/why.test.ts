import { realEngine } from '../src/engine';
import { sandboxes } from './sandbox';

const sandbox = sandboxes();
const why = (box: ReturnType<typeof sandbox>, ...places: readonly string[]) =>
  box.run(['why', '--parser', 'wasm', ...places], { engine: realEngine });

test('explains a finding, a silent site and a call that acquires nothing', async () => {
  const box = sandbox({
    'db.py': 'import sqlite3\n\ndef connect():\n    return sqlite3.connect("app.db")\n',
    'app.py': 'import db\n\ndef load():\n    conn = db.connect()\n    return conn.execute("SELECT 1").fetchone()\n',
  });
  expect((await why(box, 'app.py:4')).stdout).toBe(`app.py:4: db.connect()
  It acquires \`sqlite3.connect\`, through \`connect\`; what it gives must be released with \`close\`.
  \`with\` on it ends a transaction and does not release it.
  It is in \`load\`, held by the name \`conn\`.
  On every path it is lost: nothing releases it.
  line 4: opened here.
  line 5: leaves with it still open.
  So \`unclosed-sqlite-connection\` reports it as an error.
`);
  expect((await why(box, 'db.py:4:12')).stdout).toContain('It is returned: the caller owns it from then on.');
  expect((await why(box, 'app.py:5')).stdout).toContain('taken for nothing in particular');
  expect((await why(box, 'app.py:2')).stdout).toBe('app.py:2: there is no call on this line\n');
});

test('names what is released by a function, or by nothing that has a name', async () => {
  const box = sandbox({
    'app.py':
      'import os\nimport tempfile\n\ndef load(path):\n    a = os.open(path, 0)\n    b = tempfile.mkdtemp()\n    return a, b\n',
  });
  expect((await why(box, 'app.py:5')).stdout).toContain('what it gives must be released with `os.close`.');
  expect((await why(box, 'app.py:6')).stdout).toContain('what it gives must be released.');
});

test.each([
  [['app.py'], '"why" takes one place, FILE:LINE, such as app/db.py:12'],
  [['app.py:0'], '"why" takes one place, FILE:LINE, such as app/db.py:12'],
  [['app.py:1', 'app.py:2'], '"why" takes one place, FILE:LINE, such as app/db.py:12'],
  [['missing.py:1'], 'missing.py: it does not exist'],
  [['app.py:9'], 'app.py: it has 2 lines, not 9'],
])('refuses %j', async (places, message) => {
  expect(await why(sandbox({ 'app.py': 'x = 1\n' }), ...places)).toMatchObject({
    code: 2,
    stderr: `error: ${message}\n`,
  });
});
