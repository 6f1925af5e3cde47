import type { Parser, ParserKind } from './parser';

/** Where the WebAssembly files are and which binding is wanted. */
export interface ParserOptions {
  /** `auto`: native when it loads, else WebAssembly. */
  readonly prefer: 'auto' | ParserKind;
}

/**
 * Loads a parser: the native binding when it is installed and loads, otherwise WebAssembly; both give the same tree.
 * @throws Error when the wanted binding cannot be loaded.
 */
export declare function loadParser(options?: ParserOptions): Promise<Parser>;
