import type { Span } from '../../text/span';
import type { Name } from '../ast';
import { kindOf, T, type Tokens } from '../compile-errors/token';

/** Thrown for what only tree-sitter's tree is made of; the text is read by tree-sitter then. */
export class Unsupported extends Error {}

/**
 * Links of a chain (`a.b.c`, `a + b + c`) and prefixes (`not not x`) before a statement is left to tree-sitter, whose
 * lowering gives up before whatever walks the tree runs out of stack.
 */
export const MAX_LINKS = 400;

/** A place in the tokens of a text that is known to be grammatical, and how nodes are made there. */
export class Reader {
  index = 0;
  readonly text: string;
  private readonly kinds: readonly number[];
  private readonly starts: readonly number[];
  private readonly ends: readonly number[];

  /** How many prefixes and right sides are being read inside of each other. */
  private depth = 0;

  constructor(tokens: Tokens) {
    this.text = tokens.text;
    this.kinds = tokens.kinds;
    this.starts = tokens.starts;
    this.ends = tokens.ends;
  }

  get kind(): number {
    return this.kinds[this.index] ?? T.End;
  }

  kindAt(index: number): number {
    return this.kinds[index] ?? T.End;
  }

  /** Offset where the current token starts. */
  get start(): number {
    return this.starts[this.index] ?? this.text.length;
  }

  startAt(index: number): number {
    return this.starts[index] ?? this.text.length;
  }

  /** Offset where the last token that was read ends. */
  get end(): number {
    return this.ends[this.index - 1] ?? 0;
  }

  accept(kind: number): boolean {
    if (this.kinds[this.index] !== kind) return false;
    this.index++;
    return true;
  }

  /** Steps over a token that the grammar says is there. */
  skip(kind: number): void {
    if (this.kinds[this.index] !== kind) throw new Unsupported();
    this.index++;
  }

  /** Reads what stands inside of a prefix, or to the right of what groups to the right. */
  deeper<Node>(read: (reader: Reader) => Node): Node {
    if (++this.depth > MAX_LINKS) throw new Unsupported();
    const node = read(this);
    this.depth--;
    return node;
  }

  spanFrom(start: number): Span {
    return { start, end: this.end };
  }

  /** Spelling of the current token. */
  get word(): string {
    return this.text.slice(this.starts[this.index], this.ends[this.index]);
  }

  /** Reads a name; Python compares names in normal form NFKC. */
  name(): Name {
    const { start } = this;
    const id = this.identifier();
    return { kind: 'Name', span: this.spanFrom(start), id };
  }

  identifier(): string {
    const { word } = this;
    this.skip(T.Name);
    for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) > 127) return word.normalize('NFKC');
    return word;
  }

  /** Index of the bracket that closes the one at the current token. */
  closing(): number {
    let depth = 0;
    for (let { index } = this; ; index++) {
      const kind = this.kindAt(index);
      if (OPENING.has(kind)) depth++;
      else if (CLOSING.has(kind) && --depth === 0) return index;
      else if (kind === T.End) throw new Unsupported();
    }
  }
}

const OPENING: ReadonlySet<number> = new Set(['(', '[', '{'].map(kindOf));
const CLOSING: ReadonlySet<number> = new Set([')', ']', '}'].map(kindOf));
