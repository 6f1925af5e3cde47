import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createWasmParser, type Parser } from '@pylint-leaks/core';

/**
 * The parser tests use. WebAssembly, because the native binding returns broken nodes from the second test file of a Jest
 * process on (Jest resets the module registry for each file).
 */
export function loadTestParser(): Promise<Parser> {
  return createWasmParser({
    runtime: readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
    grammar: readFileSync(join(dirname(require.resolve('tree-sitter-python/package.json')), 'tree-sitter-python.wasm')),
  });
}
