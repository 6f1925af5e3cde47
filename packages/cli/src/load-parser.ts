import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  createNativeParser,
  createWasmParser,
  type NativeBinding,
  type Parser,
  type ParserKind,
} from '@pylint-leaks/core';

/** Which binding is wanted. */
export interface ParserOptions {
  /** `auto`: native when it is installed and loads, else WebAssembly. */
  readonly prefer: 'auto' | ParserKind;
}

/**
 * Loads a parser: the native binding when it is installed and loads, otherwise WebAssembly; both give the same tree.
 *
 * @throws Error when the wanted binding (or, for `auto`, the WebAssembly one) cannot be loaded.
 */
export async function loadParser(options: ParserOptions = { prefer: 'auto' }): Promise<Parser> {
  if (options.prefer !== 'wasm') {
    try {
      // Both packages are optional (no prebuilt binary fits every system), so loading them must be catchable.
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import statement could not be caught
      return createNativeParser(require('tree-sitter') as NativeBinding, require('tree-sitter-python'));
    } catch (error) {
      if (options.prefer === 'native') {
        const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
        throw new Error(`the native tree-sitter binding cannot be loaded: ${reason}`, { cause: error });
      }
    }
  }
  const files = wasmFiles();
  return createWasmParser({ runtime: readFileSync(files.runtime), grammar: readFileSync(files.grammar) });
}

/** Set by the bundler. */
declare const PYLINT_LEAKS_BUNDLE: boolean | undefined;

/** In the published bundle both files lie beside it; in a checkout they come from their packages. */
function wasmFiles(): { readonly runtime: string; readonly grammar: string } {
  if (typeof PYLINT_LEAKS_BUNDLE !== 'undefined' && PYLINT_LEAKS_BUNDLE) {
    return { runtime: join(__dirname, 'web-tree-sitter.wasm'), grammar: join(__dirname, 'tree-sitter-python.wasm') };
  }
  return {
    runtime: require.resolve('web-tree-sitter/web-tree-sitter.wasm'),
    grammar: join(dirname(require.resolve('tree-sitter-python/package.json')), 'tree-sitter-python.wasm'),
  };
}
