import { nodeDisk } from '../src/disk';
import { loadCodeowners, parseCodeowners } from '../src/codeowners';
import { sandboxes } from './sandbox';

const sandbox = sandboxes();

/** The example of GitHub's documentation, and what it says about it. */
const GITHUB = `
# This is a comment.
*       @global-owner1 @global-owner2
*.js    @js-owner #This is an inline comment.
*.go docs@example.com
*.txt @octo-org/octocats
/build/logs/ @doctocat
docs/* docs@example.com
apps/ @octocat
/docs/ @doctocat
/scripts/ @doctocat @octocat
**/logs @octocat
/apps/ @octocat
/apps/github
with\\ blank/ @blank
`;

test.each([
  ['any/thing.py', ['@global-owner1', '@global-owner2']],
  ['src/a.js', ['@js-owner']],
  ['src/a.JS', ['@global-owner1', '@global-owner2']],
  ['build/logs/x.py', ['@octocat']],
  ['build/logs.py', ['@global-owner1', '@global-owner2']],
  ['docs/a.py', ['@doctocat']],
  ['deeply/nested/logs/a.py', ['@octocat']],
  ['deep/apps/a.py', ['@octocat']],
  ['scripts/a/b.py', ['@doctocat', '@octocat']],
  ['apps/github', []],
  ['apps/github/a.py', []],
  ['with blank/a.py', ['@blank']],
])('%s is owned by %j', (path, owners) => {
  expect(parseCodeowners(GITHUB)(path)).toEqual(owners);
});

test('dir/* means only what stands in the directory itself', () => {
  const ownersOf = parseCodeowners('docs/* @docs\n/src/*/ @deep\n');
  expect([ownersOf('docs/a.py'), ownersOf('docs/sub/a.py'), ownersOf('other/docs/a.py')]).toEqual([['@docs'], [], []]);
  expect([ownersOf('src/a.py'), ownersOf('src/sub/a.py')]).toEqual([[], ['@deep']]);
});

test('sections of GitLab have default owners, and each has its say', () => {
  const ownersOf = parseCodeowners('* @all\n[Database][2] @dba\nmodel/\n*.sql @sql\n^[Docs]\n*.md @docs\n');
  expect(ownersOf('model/a.py')).toEqual(['@all', '@dba']);
  expect(ownersOf('model/a.sql')).toEqual(['@all', '@sql']);
  expect(ownersOf('a.md')).toEqual(['@all', '@docs']);
});

test('the file is found where the hosts look, in their order', async () => {
  const box = sandbox({ CODEOWNERS: '* @root\r\n', 'docs/CODEOWNERS': '* @docs\n' });
  expect(await loadCodeowners(box.root, nodeDisk)).toMatchObject({ file: 'CODEOWNERS' });
  box.write({ '.github/CODEOWNERS': '* @github\n' });
  expect((await loadCodeowners(box.root, nodeDisk))?.ownersOf('a.py')).toEqual(['@github']);
  expect(await loadCodeowners(sandbox().root, nodeDisk)).toBeUndefined();
});
