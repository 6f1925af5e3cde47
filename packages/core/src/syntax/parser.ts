import type { SyntaxTree } from './ast';

/** Which tree-sitter binding does the work. */
export type ParserKind = 'native' | 'wasm';

/** A ready parser. Parsing is synchronous and pure; bad Python gives a tree with `errors`, never an exception. */
export interface Parser {
  readonly kind: ParserKind;
  /** @param text - decoded Python source without a byte-order mark. */
  parse(text: string): SyntaxTree;
}
