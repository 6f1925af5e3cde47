import type { Span } from '../../text/span';

/** Families of syntax errors; each is a message id of the rule. */
export type ProblemCode =
  /** The tokens do not form a program. */
  | 'invalid-syntax'
  /** A bracket or string that is never closed, or a bracket that closes another one. */
  | 'unclosed'
  /** A token that cannot be read: number, character, escape. */
  | 'invalid-token'
  /** Indentation that no block explains. */
  | 'indentation'
  /** Python 2. */
  | 'python-2'
  /** Assigning to, deleting or annotating what cannot be. */
  | 'invalid-target'
  /** Arguments of a call in an order Python refuses. */
  | 'invalid-arguments'
  /** The same keyword argument twice in one call. */
  | 'repeated-keyword'
  /** Parameters of a function in an order Python refuses, or twice the same. */
  | 'invalid-parameters'
  /** `return`, `yield`, `await`, `break`, `continue`… where they mean nothing. */
  | 'misplaced'
  /** `global` and `nonlocal` that contradict what the scope does. */
  | 'scope-conflict'
  /** `match` patterns. */
  | 'invalid-pattern';

/** A further place that explains a problem. */
export interface RelatedPlace {
  readonly span: Span;
  readonly message: string;
}

/** Arguments of one call that share a name, in source order. */
export interface RepeatedKeyword {
  readonly name: string;
  readonly arguments: readonly Span[];
  /** True when all of them are written the same. */
  readonly identical: boolean;
}

/** One reason why Python refuses the file. */
export interface SyntaxProblem {
  readonly code: ProblemCode;
  readonly span: Span;
  /** What is wrong, in CPython's words where it has any. */
  readonly detail: string;
  readonly related: readonly RelatedPlace[];
  /** Only for `repeated-keyword`. */
  readonly repeated?: RepeatedKeyword;
}
