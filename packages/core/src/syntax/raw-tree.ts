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
  readonly nodeIsNamed: boolean;
  readonly nodeIsMissing: boolean;
  readonly startIndex: number;
  readonly endIndex: number;
  /** The native binding gives `undefined` for none, the other one `null`. */
  readonly currentFieldName: string | null | undefined;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
}

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

function read(cursor: Cursor): RawNode {
  const type = cursor.nodeType;
  const isMissing = cursor.nodeIsMissing;
  return {
    type,
    start: cursor.startIndex,
    end: cursor.endIndex,
    field: cursor.currentFieldName ?? null,
    isNamed: cursor.nodeIsNamed,
    isMissing,
    hasError: isMissing || type === 'ERROR',
    children: [],
  };
}

/** Copies the tree under a cursor; iterative, because Python allows expressions deeper than the JavaScript stack. */
export function copyTree(cursor: Cursor): RawNode {
  const root = read(cursor);
  const stack: RawNode[] = [root];
  if (!cursor.gotoFirstChild()) return root;
  for (;;) {
    const parent = stack[stack.length - 1] as RawNode;
    const type = cursor.nodeType;
    if (SKIPPED.has(type) && !cursor.nodeIsMissing && parent.type !== 'ERROR' && !keepsPunctuation(parent.type, type)) {
      // Contents of strings have no structure of their own; parentheses are told from the spans.
      if (cursor.gotoNextSibling()) continue;
    } else {
      const node = read(cursor);
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
