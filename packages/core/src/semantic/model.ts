import type { AnyFunction, ClassDefinition, Comprehension, Expression, Module, Statement } from '../syntax/ast';

/** What opens a scope. */
export type ScopeNode = Module | ClassDefinition | AnyFunction | Comprehension;

/** How a name came to be bound in its scope. */
export type Binding =
  /** `import a.b as c`, `from m import x`: the qualified name it stands for. */
  | { readonly kind: 'import'; readonly qualifiedName: string; readonly statement: Statement }
  | { readonly kind: 'function'; readonly definition: AnyFunction }
  | { readonly kind: 'class'; readonly definition: ClassDefinition }
  | { readonly kind: 'parameter'; readonly annotation: Expression | undefined; readonly isFirst: boolean }
  /** `value` is the whole right side; undefined for loop targets, unpacking, `except … as`. */
  | { readonly kind: 'assignment'; readonly value: Expression | undefined; readonly annotation: Expression | undefined }
  /** `with context as name`. */
  | { readonly kind: 'with-target'; readonly context: Expression };

/** One lexical scope. */
export interface Scope {
  readonly node: ScopeNode;
  readonly parent: Scope | undefined;
  /** All bindings of each name local to this scope, in source order. */
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
  /** Dotted name of the definition for people: `Store.load`, `<module>`. */
  readonly qualifiedName: string;
}

/** Prefix of the qualified names of definitions of the file itself. */
export const LOCAL = '<local>.';

/** Answers "what does this name mean here" for one file. */
export interface SemanticModel {
  readonly module: Module;
  /** The scope that a scope-opening node opens. */
  scopeOf(node: ScopeNode): Scope;
  /** The innermost scope in which an expression is evaluated. */
  enclosingScope(expression: Expression): Scope;
  /** The scope a name resolves in from `scope`, with its bindings there; undefined for builtins. */
  lookup(name: string, scope: Scope): { readonly scope: Scope; readonly bindings: readonly Binding[] } | undefined;
  /**
   * The qualified name an expression refers to, through imports, aliases, classes and simple types of variables:
   * `f` → `sqlite3.connect`, `p.open` with `p = Path(x)` → `pathlib.Path.open`, `open` → `builtins.open`.
   * Undefined when it is not known for sure (rebound, parameter without annotation, several different bindings).
   * Names defined in the file resolve to `<local>.Name`.
   */
  qualifiedName(expression: Expression): string | undefined;
  /** Qualified name of the class an expression is an instance of, when that is known for sure. */
  typeOf(expression: Expression): string | undefined;
  /** The function that `<local>.…` names, inherited methods included. */
  functionNamed(qualifiedName: string): AnyFunction | undefined;
  /** The class that `<local>.…` names. */
  classNamed(qualifiedName: string): ClassDefinition | undefined;
  /** The class whose method a function is. */
  classOf(definition: AnyFunction): ClassDefinition | undefined;
  /** Qualified names of the bases of a class of the file, in order; undefined for a base that is not known. */
  basesOf(definition: ClassDefinition): readonly (string | undefined)[];
}
