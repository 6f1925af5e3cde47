import type { AnyFunction, ClassDefinition, Comprehension, Expression, Module, Statement } from '../syntax/ast';

/** What opens a scope. */
export type ScopeNode = Module | ClassDefinition | AnyFunction | Comprehension;

/** How a name came to be bound in its scope. */
export type Binding =
  /** `import a.b as c`, `from m import x`: the qualified name it stands for. */
  | { readonly kind: 'import'; readonly qualifiedName: string; readonly statement: Statement }
  | { readonly kind: 'function'; readonly definition: AnyFunction }
  | { readonly kind: 'class'; readonly definition: ClassDefinition }
  | { readonly kind: 'parameter'; readonly annotation: Expression | undefined }
  /** `value` is the whole right side; undefined for loop targets, `with … as`, unpacking, `except … as`. */
  | {
      readonly kind: 'assignment';
      readonly value: Expression | undefined;
      readonly annotation: Expression | undefined;
    };

/** One lexical scope. */
export interface Scope {
  readonly node: ScopeNode;
  readonly parent: Scope | undefined;
  /** All bindings of each name local to this scope, in source order. */
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
}

/** Answers "what does this name mean here" for one file. */
export interface SemanticModel {
  readonly module: Module;
  /** The scope that a scope-opening node opens. */
  scopeOf(node: ScopeNode): Scope;
  /** The innermost scope in which an expression is evaluated. */
  enclosingScope(expression: Expression): Scope;
  /**
   * The qualified name an expression refers to, through imports, aliases, classes and simple types of variables:
   * `f` → `sqlite3.connect`, `p.open` with `p = Path(x)` → `pathlib.Path.open`, `open` → `builtins.open`.
   * Undefined when it is not known for sure (rebound, parameter without annotation, several different bindings).
   * Names defined in the file resolve to `<local>.Name`.
   */
  qualifiedName(expression: Expression): string | undefined;
}
