import { spawnSync } from 'node:child_process';
import { SHELLS } from '../src/completion';
import { sandboxes, type Sandbox } from './sandbox';

const sandbox = sandboxes();

async function scriptIn(shell: string): Promise<Sandbox> {
  const box = sandbox({ 'app.py': '', 'src/a.py': '' });
  const { stdout, stderr, code } = await box.run(['completion', shell]);
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  box.write({ script: stdout });
  return box;
}

const isThere = (shell: string) => spawnSync(shell, ['-c', '']).status === 0;
const inShell = (shell: string) => (isThere(shell) ? test : test.skip);
const where = (shell: string) => (isThere(shell) ? '' : ` (skipped: ${shell} is not installed)`);

const CASES = [
  ['--statis', ['--statistics']],
  ['-f js', ['json', 'jsonl']],
  ['--color n', ['never']],
  ['--fix --ignore unclosed-m', ['unclosed-maybe']],
  ['--config ap', ['app.py']],
  ['ap', ['app.py']],
  ['ru', ['rule']],
  ['rule quiet', ['quiet-rule']],
  ['completion z', ['zsh']],
] as const;

inShell('bash').each(CASES)(`bash completes %j to %j${where('bash')}`, async (line, expected) => {
  const box = await scriptIn('bash');
  const words = ['pylint-leaks', ...line.split(' ')];
  const script = `source ./script; COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _pylint_leaks; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], { cwd: box.root, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout.trim().split('\n')).toEqual(expected);
});

inShell('fish').each(CASES)(`fish completes %j to %j${where('fish')}`, async (line, expected) => {
  const box = await scriptIn('fish');
  const { stdout, stderr } = spawnSync(
    'fish',
    ['--no-config', '-c', `source ./script; complete -C 'pylint-leaks ${line}'`],
    {
      cwd: box.root,
      encoding: 'utf8',
      env: { ...process.env, HOME: box.root },
    },
  );
  expect(stderr).toBe('');
  expect(
    stdout
      .trim()
      .split('\n')
      .map((row) => row.split('\t')[0]),
  ).toEqual(expected);
});

inShell('zsh').each([
  ['--color n', '--color never'],
  ['--statis', '--statistics'],
  ['rule quiet', 'rule quiet-rule'],
])(`zsh completes %j to %j${where('zsh')}`, async (line, expected) => {
  const box = await scriptIn('zsh');
  // A terminal of its own, in which Tab is pressed.
  const driver = `
zmodload zsh/zpty
zpty z zsh -f -i
wait_for() { local i part; for i in {1..200}; do while zpty -r -t z part; do out+=$part; done; [[ $out == *$1* ]] && return; sleep 0.05; done }
zpty -w z "PS1='[PROMPT]'; autoload -Uz compinit && compinit -u -d ${box.path('dump')}; source ./script; echo REA''DY"
wait_for 'READY*PROMPT'
zpty -n -w z 'pylint-leaks ${line}'$'\t'
wait_for '${expected}'
print -r -- "$out"
`;
  const { stdout } = spawnSync('zsh', ['-f', '-c', driver], { cwd: box.root, encoding: 'utf8', timeout: 25_000 });
  expect(stdout).toContain(`pylint-leaks ${line.slice(0, -1)}`);
  expect(stdout).toContain(expected);
});

test('an unknown shell is an error that names those that are known', async () => {
  expect(await sandbox().run(['completion', 'fihs'])).toMatchObject({
    code: 2,
    stderr: `error: completion is for ${SHELLS.join(', ')}, not "fihs"; did you mean fish?\n`,
  });
});
