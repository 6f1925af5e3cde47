import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { loadTestParser } from '@pylint-leaks/testkit';
import { realEngine } from '../src/engine';
import type { FileProof } from '../src/proof';
import { sandboxes, type Sandbox } from './sandbox';

const sandbox = sandboxes();
const isValid = new Ajv().compile(
  JSON.parse(readFileSync(join(__dirname, '../../../schema/proof.json'), 'utf8')) as object,
);
const engine = { ...realEngine, loadParser: loadTestParser };

/** Two fixes of which the inner waits for the second pass, a comment, a refused site, CRLF and a byte-order mark. */
const NESTED = [
  '\ufeffdef copy(a, b):',
  '    f = open(a)',
  '    g = open(b)',
  '    g.read(f.read())  # the text',
  '    g.close()',
  '    f.close()',
  '',
  '',
  'def lines(path):',
  '    with open(path) as f, open(path + "2") as g:',
  '        pass',
  '    return (line for line in open(path))',
  '',
].join('\r\n');

async function prove(box: Sandbox, ...argv: readonly string[]) {
  const { code, stderr } = await box.run(['--fix', '--proof', 'out/proof.json', ...argv], { engine });
  const proof = JSON.parse(box.read('out/proof.json')) as {
    readonly tool: string;
    readonly verifyCommand: string | null;
    readonly files: readonly FileProof[];
  };
  expect([isValid(proof), isValid.errors]).toEqual([true, null]);
  return { code, stderr, proof, files: proof.files };
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Applies the edits of a proof, pass by pass, as somebody would who does not trust the tool. */
function replay(before: string, { passes, fixes }: FileProof): string {
  let text = before;
  for (let pass = 1; pass <= passes; pass++) {
    const edits = fixes.filter((fix) => fix.pass === pass).flatMap((fix) => fix.edits);
    const once = [...new Map(edits.map((edit) => [JSON.stringify(edit), edit])).values()];
    for (const { range, text: replacement } of once.sort((a, b) => b.range[0] - a.range[0])) {
      text = text.slice(0, range[0]) + replacement + text.slice(range[1]);
    }
  }
  return text;
}

test('a proof has hashes, checked preconditions, findings before and after, and edits that lead from one to the other', async () => {
  const box = sandbox({ 'a.py': NESTED, 'b.py': 'x = 1\n' });
  const { files, proof } = await prove(box, 'a.py', 'b.py');
  const [file, ...others] = files;
  expect(others).toEqual([]);
  expect(proof).toMatchObject({ tool: expect.stringMatching(/^pylint-leaks \d/) as string, verifyCommand: null });
  expect(file).toMatchObject({ file: 'a.py', result: 'written', passes: 2, takenBack: [] });
  expect(file?.sha256).toEqual({ before: sha256(Buffer.from(NESTED)), after: sha256(box.bytes('a.py')) });
  expect(`\ufeff${replay(NESTED.slice(1), file!)}`).toBe(box.read('a.py'));
  expect(file?.fixes.map(({ line, pass }) => [line, pass])).toEqual([
    [2, 1],
    [3, 2],
  ]);
  for (const { checked, applicability } of file?.fixes ?? []) {
    expect(applicability).toBe('safe');
    expect(checked.map(({ precondition }) => precondition)).toEqual(
      expect.arrayContaining(['single-owner', 'nothing-derived-survives', 'no-comment-moved', 'release-dominated']),
    );
    expect(checked.filter(({ holds }) => !holds)).toEqual([]);
  }
  expect(file?.findings.before).toHaveLength((file?.findings.after.length ?? 0) + 2);
});

test('of a file that the command of --verify-cmd refuses it says so, and has the hash of what was not kept', async () => {
  const box = sandbox({ 'a.py': NESTED, 'b.py': NESTED });
  const { files, proof, code } = await prove(box, '--verify-cmd', '! grep -q with.open.a b.py', '.');
  expect(code).toBe(1);
  expect(proof.verifyCommand).toBe('! grep -q with.open.a b.py');
  expect(files.map(({ file, result }) => [file, result])).toEqual([
    ['a.py', 'written'],
    ['b.py', 'reverted'],
  ]);
  expect(files[1]?.reason).toContain('fails with exit code 1');
  expect(sha256(box.bytes('b.py'))).toBe(files[1]?.sha256.before);
});

test('nothing to fix is a proof without files', async () => {
  expect((await prove(sandbox({ 'a.py': 'x = 1\n' }), 'a.py')).files).toEqual([]);
  expect((await prove(sandbox({ 'a.txt': '' }), '.')).files).toEqual([]);
});

test('it needs fixes and a place', async () => {
  const box = sandbox({ 'a.py': NESTED, 'taken/x': '' });
  expect(await box.run(['--proof', 'p.json', 'a.py'])).toMatchObject({
    code: 2,
    stderr: 'error: --proof is about fixes: it needs --fix\n',
  });
  const { code, stderr } = await box.run(['--fix', '--proof', 'taken', 'a.py'], { engine });
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('error: taken: the proof cannot be written: it is a directory\n'),
  ]);
});
