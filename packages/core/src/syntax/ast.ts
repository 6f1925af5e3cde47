/**
 * The Python syntax tree as plain data: what tree-sitter's concrete tree means, named after CPython's `ast` module.
 * Every node carries its span; nodes are compared by identity, so maps keyed by a node hold facts about it.
 */
import type { Span } from '../text/span';

export type Expression =
  | Name
  | Attribute
  | Call
  | Subscript
  | Constant
  | NumberLiteral
  | StringLiteral
  | Sequence
  | DictDisplay
  | Comprehension
  | Lambda
  | Conditional
  | BooleanOperation
  | UnaryOperation
  | BinaryOperation
  | Comparison
  | NamedExpression
  | Await
  | Yield
  | Starred
  | Slice
  | ErrorExpression;

export interface Name {
  readonly kind: 'Name';
  readonly span: Span;
  readonly id: string;
}
export interface Attribute {
  readonly kind: 'Attribute';
  readonly span: Span;
  readonly value: Expression;
  readonly attr: string;
  readonly attrSpan: Span;
}
export interface Call {
  readonly kind: 'Call';
  readonly span: Span;
  readonly func: Expression;
  readonly args: readonly Argument[];
  /** From `(` to `)` inclusive; of the generator itself in `f(x for x in y)`. */
  readonly argsSpan: Span;
}
export type ArgumentKind = 'positional' | 'keyword' | 'star' | 'double-star';
export interface Argument {
  readonly kind: ArgumentKind;
  readonly span: Span;
  /** Set for keyword arguments. */
  readonly name?: string;
  readonly nameSpan?: Span;
  readonly value: Expression;
}
export interface Subscript {
  readonly kind: 'Subscript';
  readonly span: Span;
  readonly value: Expression;
  readonly index: Expression;
}
export interface Constant {
  readonly kind: 'Constant';
  readonly span: Span;
  readonly value: 'None' | 'True' | 'False' | 'Ellipsis';
}
export interface NumberLiteral {
  readonly kind: 'Number';
  readonly span: Span;
  readonly text: string;
}
/** One string or several adjacent ones (implicit concatenation). */
export interface StringLiteral {
  readonly kind: 'String';
  readonly span: Span;
  /** The value when it is a plain literal without escapes or interpolations; `undefined` when not known exactly. */
  readonly value: string | undefined;
  readonly pieces: readonly StringPiece[];
  /** Expressions inside f-strings, in order, format specifications included. */
  readonly interpolations: readonly Expression[];
}
export interface StringPiece {
  readonly span: Span;
  /** Lower-cased letters before the quote: `''`, `'r'`, `'f'`, `'rb'`, … */
  readonly prefix: string;
  readonly quote: string;
}
export interface Sequence {
  readonly kind: 'Tuple' | 'List' | 'Set';
  readonly span: Span;
  readonly elements: readonly Expression[];
}
export interface DictDisplay {
  readonly kind: 'Dict';
  readonly span: Span;
  /** `key` is undefined for `**mapping`. */
  readonly entries: readonly { readonly key: Expression | undefined; readonly value: Expression }[];
}
export interface Comprehension {
  readonly kind: 'Comprehension';
  readonly span: Span;
  readonly form: 'list' | 'set' | 'dict' | 'generator';
  readonly element: Expression;
  /** The value of a dict comprehension. */
  readonly value: Expression | undefined;
  readonly clauses: readonly ComprehensionClause[];
}
export interface ComprehensionClause {
  readonly isAsync: boolean;
  readonly target: Expression;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
}
export interface Lambda {
  readonly kind: 'Lambda';
  readonly span: Span;
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
}
export interface Conditional {
  readonly kind: 'Conditional';
  readonly span: Span;
  readonly test: Expression;
  readonly body: Expression;
  readonly orelse: Expression;
}
export interface BooleanOperation {
  readonly kind: 'BooleanOperation';
  readonly span: Span;
  readonly operator: 'and' | 'or';
  readonly left: Expression;
  readonly right: Expression;
}
export interface UnaryOperation {
  readonly kind: 'UnaryOperation';
  readonly span: Span;
  readonly operator: 'not' | '-' | '+' | '~';
  readonly operand: Expression;
}
export interface BinaryOperation {
  readonly kind: 'BinaryOperation';
  readonly span: Span;
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}
/** `a < b <= c`: `operators[i]` stands between `operands[i]` and `operands[i + 1]`. */
export interface Comparison {
  readonly kind: 'Comparison';
  readonly span: Span;
  readonly operands: readonly Expression[];
  /** `<`, `==`, `is`, `is not`, `in`, `not in`, … ; `<>` for Python 2. */
  readonly operators: readonly string[];
}
export interface NamedExpression {
  readonly kind: 'NamedExpression';
  readonly span: Span;
  readonly target: Name;
  readonly value: Expression;
}
export interface Await {
  readonly kind: 'Await';
  readonly span: Span;
  readonly value: Expression;
}
export interface Yield {
  readonly kind: 'Yield';
  readonly span: Span;
  readonly from: boolean;
  readonly value: Expression | undefined;
}
export interface Starred {
  readonly kind: 'Starred';
  readonly span: Span;
  readonly value: Expression;
}
export interface Slice {
  readonly kind: 'Slice';
  readonly span: Span;
  readonly parts: readonly Expression[];
}
/** Something that does not parse, or a form the grammar knows and Python 3 does not (backquotes). */
export interface ErrorExpression {
  readonly kind: 'ErrorExpression';
  readonly span: Span;
  readonly children: readonly Expression[];
}

export type ParameterKind =
  'positional' | 'var-positional' | 'keyword-only' | 'var-keyword' | 'positional-only-mark' | 'keyword-only-mark';
export interface Parameter {
  readonly kind: ParameterKind;
  readonly span: Span;
  /** Empty for the bare `*` and `/` marks. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly annotation: Expression | undefined;
  readonly default: Expression | undefined;
}

export type Statement =
  | ExpressionStatement
  | Assign
  | AugmentedAssign
  | AnnotatedAssign
  | Return
  | Raise
  | Delete
  | Pass
  | Break
  | Continue
  | ScopeDeclaration
  | Import
  | ImportFrom
  | Assert
  | If
  | While
  | For
  | Try
  | With
  | Match
  | FunctionDefinition
  | ClassDefinition
  | TypeAlias
  | LegacyStatement
  | ErrorStatement;

export interface ExpressionStatement {
  readonly kind: 'ExpressionStatement';
  readonly span: Span;
  readonly value: Expression;
}
/** `a = b = value`: two targets, outermost first. */
export interface Assign {
  readonly kind: 'Assign';
  readonly span: Span;
  readonly targets: readonly Expression[];
  readonly value: Expression;
}
export interface AugmentedAssign {
  readonly kind: 'AugmentedAssign';
  readonly span: Span;
  readonly target: Expression;
  readonly operator: string;
  readonly value: Expression;
}
export interface AnnotatedAssign {
  readonly kind: 'AnnotatedAssign';
  readonly span: Span;
  readonly target: Expression;
  readonly annotation: Expression;
  readonly value: Expression | undefined;
}
export interface Return {
  readonly kind: 'Return';
  readonly span: Span;
  readonly value: Expression | undefined;
}
export interface Raise {
  readonly kind: 'Raise';
  readonly span: Span;
  readonly exception: Expression | undefined;
  readonly cause: Expression | undefined;
}
export interface Delete {
  readonly kind: 'Delete';
  readonly span: Span;
  readonly targets: readonly Expression[];
}
export interface Pass {
  readonly kind: 'Pass';
  readonly span: Span;
}
export interface Break {
  readonly kind: 'Break';
  readonly span: Span;
}
export interface Continue {
  readonly kind: 'Continue';
  readonly span: Span;
}
export interface ScopeDeclaration {
  readonly kind: 'Global' | 'Nonlocal';
  readonly span: Span;
  readonly names: readonly Name[];
}
export interface ImportedName {
  readonly span: Span;
  /** Dotted as written: `os.path`. */
  readonly name: string;
  readonly alias: string | undefined;
}
export interface Import {
  readonly kind: 'Import';
  readonly span: Span;
  readonly names: readonly ImportedName[];
}
export interface ImportFrom {
  readonly kind: 'ImportFrom';
  readonly span: Span;
  /** `''` in `from . import x`. */
  readonly module: string;
  /** Number of leading dots. */
  readonly level: number;
  readonly names: readonly ImportedName[];
  /** `from m import *`. */
  readonly isStar: boolean;
}
export interface Assert {
  readonly kind: 'Assert';
  readonly span: Span;
  readonly test: Expression;
  readonly message: Expression | undefined;
}
/** Statements of one indented suite, or those after a colon on the header's own line. */
export interface Block {
  readonly span: Span;
  readonly statements: readonly Statement[];
}
/** `elif` is an `If` with `isElif` as the only statement of its parent's `orelse`. */
export interface If {
  readonly kind: 'If';
  readonly span: Span;
  readonly isElif: boolean;
  readonly test: Expression;
  readonly body: Block;
  readonly orelse: Block | undefined;
}
export interface While {
  readonly kind: 'While';
  readonly span: Span;
  readonly test: Expression;
  readonly body: Block;
  readonly orelse: Block | undefined;
}
export interface For {
  readonly kind: 'For';
  readonly span: Span;
  readonly isAsync: boolean;
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: Block;
  readonly orelse: Block | undefined;
}
export interface ExceptHandler {
  readonly span: Span;
  readonly type: Expression | undefined;
  readonly name: Name | undefined;
  /** `except*`. */
  readonly isGroup: boolean;
  readonly body: Block;
}
export interface Try {
  readonly kind: 'Try';
  readonly span: Span;
  readonly body: Block;
  readonly handlers: readonly ExceptHandler[];
  readonly orelse: Block | undefined;
  readonly finalbody: Block | undefined;
}
export interface WithItem {
  readonly span: Span;
  readonly context: Expression;
  readonly target: Expression | undefined;
}
export interface With {
  readonly kind: 'With';
  readonly span: Span;
  readonly isAsync: boolean;
  readonly items: readonly WithItem[];
  /** True when the items stand in their own parentheses (Python >= 3.10 with `as`). */
  readonly isParenthesized: boolean;
  readonly body: Block;
}
export interface MatchCase {
  readonly span: Span;
  /** Names the pattern binds, in order. */
  readonly captures: readonly Name[];
  /** Expressions a pattern evaluates: dotted names, class names. */
  readonly values: readonly Expression[];
  /** True for `case _:` and `case name:`. */
  readonly isIrrefutable: boolean;
  readonly guard: Expression | undefined;
  readonly body: Block;
}
export interface Match {
  readonly kind: 'Match';
  readonly span: Span;
  readonly subject: Expression;
  readonly cases: readonly MatchCase[];
}
export interface FunctionDefinition {
  readonly kind: 'FunctionDefinition';
  /** From `def`/`async` (decorators excluded) to the end of the body. */
  readonly span: Span;
  readonly name: Name;
  readonly isAsync: boolean;
  readonly decorators: readonly Expression[];
  readonly parameters: readonly Parameter[];
  readonly returns: Expression | undefined;
  readonly body: Block;
  /** True when the parser reported an error inside this definition: it is not analysed. */
  readonly hasError: boolean;
}
export interface ClassDefinition {
  readonly kind: 'ClassDefinition';
  readonly span: Span;
  readonly name: Name;
  readonly decorators: readonly Expression[];
  readonly bases: readonly Argument[];
  readonly body: Block;
}
export interface TypeAlias {
  readonly kind: 'TypeAlias';
  readonly span: Span;
  readonly name: Expression;
  readonly value: Expression;
}
/** Python 2 statements the grammar still accepts. */
export interface LegacyStatement {
  readonly kind: 'Print' | 'Exec';
  readonly span: Span;
  readonly values: readonly Expression[];
}
/** A region that does not parse; statements recovered inside it are still analysed. */
export interface ErrorStatement {
  readonly kind: 'ErrorStatement';
  readonly span: Span;
  readonly statements: readonly Statement[];
}

export interface Module {
  readonly kind: 'Module';
  readonly span: Span;
  readonly body: Block;
}

/** One place where the parser could not go on: the unexpected text, or a missing token at a point. */
export interface ParseError {
  readonly kind: 'unexpected' | 'missing';
  readonly span: Span;
  /** The token that is missing, as the grammar names it. */
  readonly expected: string | undefined;
}

/** The result of parsing one file. */
export interface SyntaxTree {
  readonly module: Module;
  readonly comments: readonly Span[];
  /** Backslash-newline joints outside strings. */
  readonly lineContinuations: readonly Span[];
  readonly errors: readonly ParseError[];
  /** Known to be without any of the problems that `findSyntaxProblems` finds. */
  readonly compiles?: true;
}

export type AnyFunction = FunctionDefinition | Lambda;
export type Node = Expression | Statement | Module;
