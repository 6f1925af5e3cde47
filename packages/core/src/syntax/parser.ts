import type { SyntaxTree } from './ast';
import { grammaticalTokens } from './compile-errors/grammatical';
import { surelyCompiles } from './compile-errors/surely-compiles';
import { buildModule } from './from-tokens/build-module';
import { lowerModule } from './lower-module';
import { copyTree, Vocabulary, type Cursor, type RawNode } from './raw-tree';
import { recoverDefinitions, withRecovered } from './recover';

/** Which tree-sitter binding does the work. */
export type ParserKind = 'native' | 'wasm';

/** A ready parser. Parsing is synchronous and pure; bad Python gives a tree with `errors`, never an exception. */
export interface Parser {
  readonly kind: ParserKind;
  /** @param text - decoded Python source without a byte-order mark. */
  parse(text: string): SyntaxTree;
  /** The concrete tree: what the conformance test compares between the bindings. */
  parseRaw(text: string): RawNode;
}

function parserFrom(kind: ParserKind, parseRaw: (text: string) => RawNode): Parser {
  return {
    kind,
    parseRaw,
    parse: (text) => {
      const source = withNewlines(text);
      const built = builtFrom(source);
      if (built !== undefined) return built;
      const root = parseRaw(source);
      const tree = lowerModule(root, source);
      return root.hasError ? recovered(tree, root, source, parseRaw) : tree;
    },
  };
}

function builtFrom(text: string): SyntaxTree | undefined {
  const tokens = grammaticalTokens(text);
  const tree = tokens === undefined ? undefined : buildModule(tokens);
  if (tokens === undefined || tree === undefined) return undefined;
  return surelyCompiles(tokens, () => tree) ? { ...tree, compiles: true } : tree;
}

function recovered(tree: SyntaxTree, root: RawNode, text: string, parseRaw: Parser['parseRaw']): SyntaxTree {
  const { module } = tree;
  const statements = withRecovered(module.body.statements, recoverDefinitions(root, text, parseRaw));
  return { ...tree, module: { ...module, body: { ...module.body, statements } } };
}

/** A lone `\r` ends a line of Python; the grammar does not know it. Offsets stay as they are. */
function withNewlines(text: string): string {
  return text.includes('\r') ? text.replace(/\r(?!\n)/g, '\n') : text;
}

/** The constructor that `require('tree-sitter')` gives. */
export type NativeBinding = new () => {
  setLanguage(language: unknown): void;
  parse(input: string, oldTree: undefined, options: { bufferSize: number }): { walk(): Cursor };
};

/** Smallest buffer the native binding is given; it refuses texts longer than its buffer ("Invalid argument"). */
const NATIVE_BUFFER_UNITS = 32 * 1024;

/**
 * Makes a parser of the native binding.
 *
 * @param binding - the module `tree-sitter`.
 * @param grammar - the module `tree-sitter-python`.
 * @throws Error when the binding gives broken nodes, which happens when its module was loaded twice in one process.
 */
export function createNativeParser(binding: NativeBinding, grammar: unknown): Parser {
  const native = new binding();
  native.setLanguage(grammar);
  const vocabulary = new Vocabulary();
  const parser = parserFrom('native', (text) => {
    const bufferSize = Math.max(NATIVE_BUFFER_UNITS, text.length * 2 + 2);
    return copyTree(native.parse(text, undefined, { bufferSize }).walk(), vocabulary);
  });
  if (parser.parseRaw('x = 1\n').children[0]?.type !== 'expression_statement') {
    throw new Error('the native tree-sitter binding returns broken trees');
  }
  return parser;
}

/**
 * Makes a parser of the WebAssembly binding.
 *
 * @param files - contents of `web-tree-sitter.wasm` and `tree-sitter-python.wasm`.
 */
export async function createWasmParser(files: {
  readonly runtime: Uint8Array;
  readonly grammar: Uint8Array;
}): Promise<Parser> {
  const { Parser: WebParser, Language } = await import('web-tree-sitter');
  await WebParser.init({ wasmBinary: files.runtime });
  const web = new WebParser();
  web.setLanguage(await Language.load(files.grammar));
  const vocabulary = new Vocabulary();
  return parserFrom('wasm', (text) => {
    const tree = web.parse(text);
    if (tree === null) throw new Error('tree-sitter gave no tree');
    const cursor = tree.walk();
    try {
      return copyTree(cursor, vocabulary);
    } finally {
      cursor.delete();
      tree.delete();
    }
  });
}
