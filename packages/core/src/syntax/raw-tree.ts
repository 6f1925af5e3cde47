/**
 * tree-sitter's concrete tree copied into plain objects. Both bindings go through the same cursor walk, so a difference
 * between them can only come from the parser itself (the conformance test compares these trees).
 */

export interface RawNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  /** Field name of this node in its parent. */
  readonly field: string | null;
  readonly isNamed: boolean;
  readonly isMissing: boolean;
  /** `ERROR` or a missing token is here or below. */
  hasError: boolean;
  readonly children: RawNode[];
}

/** The part of a tree cursor that both bindings share. */
export interface Cursor {
  readonly nodeType: string;
  /** Number of the node's type in the grammar. */
  readonly nodeTypeId: number;
  readonly nodeIsNamed: boolean;
  readonly nodeIsMissing: boolean;
  readonly startIndex: number;
  readonly endIndex: number;
  /** Number of the field in the grammar; 0 (or nothing, in the native binding) for none. */
  readonly currentFieldId: number | undefined;
  readonly currentFieldName: string | null | undefined;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
}

/** What a type number of the grammar stands for. */
interface TypeEntry {
  readonly type: string;
  readonly isNamed: boolean;
  readonly isSkipped: boolean;
}

/**
 * Names of one grammar's type and field numbers, as far as met. Every question to a cursor crosses into native code or
 * WebAssembly, and strings are the dearest; a copy asks for numbers only.
 */
export class Vocabulary {
  private readonly types: (TypeEntry | undefined)[] = [];
  private readonly fields: (string | null | undefined)[] = [];

  typeAt(cursor: Cursor): TypeEntry {
    const id = cursor.nodeTypeId;
    const known = this.types[id];
    if (known !== undefined) return known;
    const type = cursor.nodeType;
    const entry = { type, isNamed: cursor.nodeIsNamed, isSkipped: SKIPPED.has(type) };
    // The number of `ERROR` is the largest there is; an array of that length would be mostly holes.
    if (id < MAX_TYPES) this.types[id] = entry;
    return entry;
  }

  fieldAt(cursor: Cursor): string | null {
    const id = cursor.currentFieldId ?? 0;
    if (id === 0) return null;
    return (this.fields[id] ??= cursor.currentFieldName ?? null);
  }
}

const MAX_TYPES = 4096;

/** Tokens that carry nothing the syntax tree needs; leaving them out halves the number of objects. */
const SKIPPED = new Set([
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  ':',
  ';',
  '.',
  '=',
  'string_content',
  'escape_sequence',
  'escape_interpolation',
]);

function read(cursor: Cursor, { type, isNamed }: TypeEntry, field: string | null): RawNode {
  const start = cursor.startIndex;
  const end = cursor.endIndex;
  // A missing token takes no room.
  const isMissing = start === end && cursor.nodeIsMissing;
  return { type, start, end, field, isNamed, isMissing, hasError: isMissing || type === 'ERROR', children: [] };
}

/** Copies the tree under a cursor; iterative, because Python allows expressions deeper than the JavaScript stack. */
export function copyTree(cursor: Cursor, vocabulary: Vocabulary): RawNode {
  const root = read(cursor, vocabulary.typeAt(cursor), null);
  const stack: RawNode[] = [root];
  if (!cursor.gotoFirstChild()) return root;
  for (;;) {
    const parent = stack[stack.length - 1] as RawNode;
    const entry = vocabulary.typeAt(cursor);
    const isSkipped =
      entry.isSkipped && parent.type !== 'ERROR' && !keepsPunctuation(parent.type, entry.type) && !cursor.nodeIsMissing;
    if (isSkipped) {
      // Contents of strings have no structure of their own; parentheses are told from the spans.
      if (cursor.gotoNextSibling()) continue;
    } else {
      const node = read(cursor, entry, vocabulary.fieldAt(cursor));
      parent.children.push(node);
      if (node.hasError) for (const above of stack) above.hasError = true;
      if (cursor.gotoFirstChild()) {
        stack.push(node);
        continue;
      }
      if (cursor.gotoNextSibling()) continue;
    }
    for (;;) {
      cursor.gotoParent();
      stack.pop();
      if (stack.length === 0) return root;
      if (cursor.gotoNextSibling()) break;
    }
  }
}

/** Where punctuation decides the meaning: `(a, b)` as with-items, `a,` as a tuple, `{a: b}` in patterns. */
function keepsPunctuation(parent: string, token: string): boolean {
  if (parent === 'with_clause') return token === '(';
  return token === ',' ? COMMA_MATTERS.has(parent) : parent === 'import_prefix' && token === '.';
}

/** Parents in which `x,` is not `x`. */
const COMMA_MATTERS = new Set([
  'expression_statement',
  'subscript',
  'type_parameter',
  'tuple_pattern',
  'match_statement',
  'case_clause',
]);
