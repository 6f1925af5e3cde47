// Who may import whom. Both lists are in order: a folder may import itself and everything to its left.
'use strict';

const PACKAGES = ['core', 'rules', 'fixers', 'report', 'cli'];
const CORE_FOLDERS = [
  'text',
  'syntax',
  'semantic',
  'resources',
  'cfg',
  'dataflow',
  'summaries',
  'relevance',
  'lifetimes',
  'growth',
  'diagnostics',
  'linter',
];

/** One rule for each folder but the last: it may not import what stands to its right. */
const oneWay = (folders, pathOf) =>
  folders.slice(0, -1).map((folder, index) => ({
    name: `${folder}-stays-left`,
    severity: 'error',
    comment: `Data flows ${folders.join(' -> ')}. Move what ${folder} needs into ${folder} or further left, or hand it in.`,
    from: { path: `^${pathOf(folder)}/` },
    to: { path: `^${pathOf(`(${folders.slice(index + 1).join('|')})`)}/` },
  }));

module.exports = {
  forbidden: [
    ...oneWay(PACKAGES, (name) => `packages/${name}/src`),
    ...oneWay(CORE_FOLDERS, (name) => `packages/core/src/${name}`),
    {
      name: 'core-folders-do-not-import-the-index',
      severity: 'error',
      comment: 'index.ts is for other packages; inside core import the file that holds the name.',
      from: { path: '^packages/core/src/[^/]+/' },
      to: { path: '^packages/core/src/index\\.ts$' },
    },
    {
      name: 'packages-meet-at-their-index',
      severity: 'error',
      comment: 'Import another package by its name; what its index.ts does not export is private.',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/[^/]+/', pathNot: ['^packages/$1/', '^packages/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'only-tests-import-the-testkit',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: '^packages/testkit/' },
      to: { path: '^packages/testkit/' },
    },
    {
      name: 'the-testkit-knows-core-only',
      severity: 'error',
      comment: 'The code under test is handed in, so that the runner knows no rule and no fixer.',
      from: { path: '^packages/testkit/' },
      to: { path: '^packages/(rules|fixers|cli)/' },
    },
    {
      name: 'only-the-cli-touches-the-machine',
      severity: 'error',
      comment: 'core, rules and fixers are pure: no disk, no process, no network. Read it in the cli and hand it in.',
      from: { path: '^packages/(core|rules|fixers)/src/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'could-not-resolve',
      severity: 'error',
      comment: 'A misspelt path, or a deep import that the exports of the package do not allow.',
      from: {},
      // Both are optional and loaded by `require` in a try.
      to: { couldNotResolve: true, pathNot: '^tree-sitter(-python)?$' },
    },
    {
      name: 'undeclared-package',
      severity: 'error',
      comment: 'Add the dependency to the workspace that imports it: npm install -w @pylint-leaks/NAME PACKAGE.',
      from: { path: '^packages/[^/]+/src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Files that import each other are one file, or lack a third one. Recursive descent is the exception.',
      from: { pathNot: '^packages/core/src/(syntax|cfg)/' },
      // A cycle that an import of types closes is none when the program runs.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(examples|bench|dist|\\.cache)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Without it an import of types alone against the direction passes.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
    },
  },
};
