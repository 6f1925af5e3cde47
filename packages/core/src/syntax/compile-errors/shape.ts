import type { Cursor } from './cursor';

/** What an expression is, as far as assignments to it need to know. */
export type Shape =
  { readonly kind: 'Tuple' | 'List'; readonly elements: readonly Element[] } | { readonly kind: PlainKind };

type PlainKind =
  | 'Name'
  | 'Attribute'
  | 'Subscript'
  /** Only as an element: `*x`, with what is starred beside it. */
  | 'Starred'
  | keyof typeof DESCRIPTIONS;

/** One element of a display, with its tokens. */
export interface Element {
  readonly shape: Shape;
  readonly from: number;
  readonly to: number;
  /** What the star is before. */
  readonly starred: Shape | undefined;
}

/** CPython's words for what cannot be assigned to (`_PyPegen_get_expr_name`). */
const DESCRIPTIONS = {
  Call: 'function call',
  Lambda: 'lambda',
  Operation: 'expression',
  Await: 'await expression',
  Yield: 'yield expression',
  Generator: 'generator expression',
  ListComprehension: 'list comprehension',
  SetComprehension: 'set comprehension',
  DictComprehension: 'dict comprehension',
  Dict: 'dict literal',
  Set: 'set display',
  FString: 'f-string expression',
  Literal: 'literal',
  True: 'True',
  False: 'False',
  None: 'None',
  Ellipsis: 'ellipsis',
  Comparison: 'comparison',
  Conditional: 'conditional expression',
  Named: 'named expression',
} as const;

/** Shapes without parts are shared. */
export const SHAPES: { readonly [K in PlainKind]: { readonly kind: K } } = Object.fromEntries(
  ['Name', 'Attribute', 'Subscript', 'Starred', ...Object.keys(DESCRIPTIONS)].map((kind) => [kind, { kind }]),
) as { readonly [K in PlainKind]: { readonly kind: K } };

export function describe(shape: Shape): string {
  switch (shape.kind) {
    case 'Name':
      return 'name';
    case 'Attribute':
      return 'attribute';
    case 'Subscript':
      return 'subscript';
    case 'Starred':
      return 'starred';
    case 'Tuple':
      return 'tuple';
    case 'List':
      return 'list';
    default:
      return DESCRIPTIONS[shape.kind];
  }
}

/** What is done to a target. */
export type TargetUse = 'assign' | 'delete' | 'for';

/** The first part of a target that cannot be one (`_PyPegen_get_invalid_target`). */
export function invalidPart(element: Element, use: TargetUse): Element | undefined {
  const { shape } = element;
  switch (shape.kind) {
    case 'Name':
    case 'Attribute':
    case 'Subscript':
      return undefined;
    case 'Tuple':
    case 'List':
      for (const part of shape.elements) {
        const invalid = invalidPart(part, use);
        if (invalid !== undefined) return invalid;
      }
      return undefined;
    case 'Starred':
      if (use === 'delete' || element.starred === undefined) return element;
      return invalidPart({ ...element, shape: element.starred, from: element.from + 1, starred: undefined }, use);
    default:
      return element;
  }
}

/** Fails unless the element is a target. */
export function checkTarget(cursor: Cursor, element: Element, use: TargetUse): void {
  const invalid = invalidPart(element, use);
  if (invalid === undefined) return;
  const verb = use === 'delete' ? 'delete' : 'assign to';
  cursor.failAt('invalid-target', `cannot ${verb} ${describe(invalid.shape)}`, invalid.from, invalid.to);
}
