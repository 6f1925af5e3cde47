/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';

/**
 * Tests run TypeScript through swc as CommonJS. Parsers in tests come from `loadTestParser` (WebAssembly): the native
 * binding breaks when Jest loads it a second time in one process.
 */
const config: Config = {
  testEnvironment: 'node',
  roots: ['<rootDir>/packages', '<rootDir>/test'],
  testMatch: ['**/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/packages/runtime/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  // WebAssembly start-up and whole-tree runs share two cores with the other workers.
  testTimeout: 30_000,
};

export default config;
