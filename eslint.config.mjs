// @ts-check
import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';
import { clearNames } from './tools/eslint/clear-names.mjs';

/** What only the command line (and the tools of this repository) may use: the other packages are pure. */
const MACHINE = ['console', 'process', 'fetch', 'setTimeout', 'setInterval', 'setImmediate', '__dirname', '__filename'];
const pureMessage = 'Only packages/cli touches the machine: read it there and hand it in.';

export default tseslint.config(
  {
    ignores: ['**/node_modules/', 'dist/', 'coverage/', '.cache/', '.venv/', 'packages/runtime/', '**/*.generated.ts'],
  },
  eslint.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { 'pylint-leaks': { rules: { 'clear-names': clearNames } } },
    rules: {
      'pylint-leaks/clear-names': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'], location: 'start' }],
    },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './packages/report/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': 'allow-with-description', minimumDescriptionLength: 10 },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Numbers and booleans read well in messages.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Stages hand out plain objects of functions that never use `this`.
      '@typescript-eslint/unbound-method': 'off',
      // Reports `if (found)` after a callback that sets `found`: the compiler does not see that assignment.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // `data['path']` of an index signature says that the key may be missing.
      '@typescript-eslint/dot-notation': 'off',
      // Style that costs more than it gives: `() => emit(x)`, `[...text]`, `list[0] as Node`.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: true }],
      // A type parameter that a caller must be able to give may occur once.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  {
    files: ['packages/{core,rules,fixers}/src/**/*.ts', 'packages/report/src/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...MACHINE.map((name) => ({ name, message: pureMessage }))],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^(node:|fs$|fs/|os$|path$|child_process$|worker_threads$|process$)', message: pureMessage },
          ],
        },
      ],
    },
  },
  {
    // Tables hold literals: no logic hides in data.
    files: ['packages/core/src/resources/tables/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'FunctionDeclaration, ArrowFunctionExpression, FunctionExpression',
          message: 'Tables hold literals only.',
        },
        { selector: 'CallExpression', message: 'Tables hold literals only.' },
      ],
    },
  },
  {
    // The whole syntax tree as one union: a list of declarations, read from top to bottom.
    files: ['packages/core/src/syntax/ast.ts'],
    rules: { 'max-lines': ['error', 500] },
  },
  {
    files: ['packages/cli/src/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'exit', message: 'Return the exit code from main.' },
      ],
    },
  },
  {
    files: ['**/test/**/*.ts'],
    rules: {
      // A test file is as long as the cases of its subject.
      'max-lines': ['error', 600],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.cjs', '**/*.mjs'],
    languageOptions: {
      globals: Object.fromEntries(
        ['require', 'module', 'process', 'console', '__dirname', '__filename'].map((name) => [name, 'readonly']),
      ),
    },
  },
);
