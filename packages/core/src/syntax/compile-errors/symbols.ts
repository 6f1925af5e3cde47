import type { Span } from '../../text/span';
import type { ProblemCode, SyntaxProblem } from './problem';

/** What happened to a name in a scope, as CPython's symbol table counts it. */
export const USED = 1;
export const ASSIGNED = 2;
export const PARAMETER = 4;
export const ANNOTATED = 8;
export const GLOBAL = 16;
export const NONLOCAL = 32;
/** Bound by a `for` of this comprehension. */
export const ITERATED = 64;
/** Bound by `:=` inside this comprehension, for the function around it. */
const WALRUS = 128;

export type ScopeKind = 'module' | 'class' | 'function' | 'lambda' | 'comprehension' | 'type-alias';

/** A name declared `nonlocal`, to be looked up when all scopes are known. */
interface PendingNonlocal {
  readonly name: string;
  readonly scope: SymbolScope;
  readonly span: Span;
}

/** One scope and the names seen in it so far. */
export class SymbolScope {
  private readonly flags = new Map<string, number>();
  private readonly firsts = new Map<string, Span>();
  /** For functions: declared with `async`. For modules: run so that they may `await`. For comprehensions: has `async for` or `await`. */
  isAsync = false;
  /** Places of `return value`, reported when the function turns out to be an asynchronous generator. */
  readonly valueReturns: Span[] = [];
  hasYield = false;
  /** Greater than 0 inside the iterable of a comprehension, where `:=` is not allowed. */
  iterableDepth = 0;

  constructor(
    readonly kind: ScopeKind,
    readonly parent: SymbolScope | undefined,
    /** CPython's words for a comprehension: `list comprehension`. */
    readonly label = '',
  ) {
    this.iterableDepth = parent?.iterableDepth ?? 0;
  }

  flagsOf(name: string): number {
    return this.flags.get(name) ?? 0;
  }

  firstPlace(name: string): Span | undefined {
    return this.firsts.get(name);
  }

  mark(name: string, flag: number, span: Span): void {
    const before = this.flags.get(name);
    if (before === undefined) this.firsts.set(name, span);
    if (before === undefined || (before & flag) !== flag) this.flags.set(name, (before ?? 0) | flag);
  }

  /** True when the names of this scope are those of a function, for `return` and `yield`. */
  get isFunction(): boolean {
    return this.kind === 'function' || this.kind === 'lambda';
  }
}

/** The scopes of one file while it is walked, and the problems found. */
export class SymbolTable {
  readonly problems: SyntaxProblem[] = [];
  private readonly pending: PendingNonlocal[] = [];
  scope = new SymbolScope('module', undefined);

  report(code: ProblemCode, detail: string, span: Span, first?: Span, message = 'first here'): void {
    const related = first === undefined ? [] : [{ span: first, message }];
    this.problems.push({ code, detail, span, related });
  }

  /** Runs `walk` in a new scope inside the current one. */
  inside(scope: SymbolScope, walk: () => void): void {
    const outer = this.scope;
    this.scope = scope;
    walk();
    this.scope = outer;
  }

  use(name: string, span: Span): void {
    this.scope.mark(name, USED, span);
  }

  assign(name: string, span: Span): void {
    if (name === '__debug__') this.report('invalid-target', 'cannot assign to __debug__', span);
    this.scope.mark(name, ASSIGNED, span);
  }

  /** `for` targets of a comprehension. */
  iterate(name: string, span: Span): void {
    if ((this.scope.flagsOf(name) & WALRUS) !== 0) {
      const detail = `comprehension inner loop cannot rebind assignment expression target '${name}'`;
      this.report('scope-conflict', detail, span, this.scope.firstPlace(name));
    }
    this.assign(name, span);
    this.scope.mark(name, ITERATED, span);
  }

  parameter(name: string, span: Span): void {
    if ((this.scope.flagsOf(name) & PARAMETER) !== 0) {
      const detail = `duplicate argument '${name}' in function definition`;
      this.report('invalid-parameters', detail, span, this.scope.firstPlace(name));
    }
    if (name === '__debug__') this.report('invalid-target', 'cannot assign to __debug__', span);
    this.scope.mark(name, PARAMETER, span);
  }

  /** `name := value`: binds in the function around all comprehensions. */
  assignNamed(name: string, span: Span): void {
    if (this.scope.iterableDepth > 0) {
      const detail = 'assignment expression cannot be used in a comprehension iterable expression';
      this.report('scope-conflict', detail, span);
      return;
    }
    let { scope } = this;
    while (scope.kind === 'comprehension' && scope.parent !== undefined) {
      if ((scope.flagsOf(name) & ITERATED) !== 0) {
        const detail = `assignment expression cannot rebind comprehension iteration variable '${name}'`;
        this.report('scope-conflict', detail, span, scope.firstPlace(name));
        return;
      }
      scope.mark(name, WALRUS, span);
      scope = scope.parent;
    }
    if (scope.kind === 'class' && scope !== this.scope) {
      const detail = 'assignment expression within a comprehension cannot be used in a class body';
      this.report('scope-conflict', detail, span);
      return;
    }
    if (name === '__debug__') this.report('invalid-target', 'cannot assign to __debug__', span);
    if ((scope.flagsOf(name) & (GLOBAL | NONLOCAL)) === 0) scope.mark(name, ASSIGNED, span);
  }

  /** `global` and `nonlocal`; the order of the tests is CPython's. */
  declare(name: string, kind: 'global' | 'nonlocal', span: Span): void {
    const { scope } = this;
    const flags = scope.flagsOf(name);
    const first = scope.firstPlace(name);
    if (kind === 'nonlocal' && scope.kind === 'module') {
      return this.report('scope-conflict', 'nonlocal declaration not allowed at module level', span);
    }
    let detail: string | undefined;
    if ((flags & PARAMETER) !== 0) detail = `name '${name}' is parameter and ${kind}`;
    else if ((flags & USED) !== 0) detail = `name '${name}' is used prior to ${kind} declaration`;
    else if ((flags & ANNOTATED) !== 0) detail = `annotated name '${name}' can't be ${kind}`;
    else if ((flags & ASSIGNED) !== 0) detail = `name '${name}' is assigned to before ${kind} declaration`;
    else if ((flags & (kind === 'global' ? NONLOCAL : GLOBAL)) !== 0) detail = `name '${name}' is nonlocal and global`;
    scope.mark(name, kind === 'global' ? GLOBAL : NONLOCAL, span);
    if (detail !== undefined) this.report('scope-conflict', detail, span, first);
    else if (kind === 'nonlocal') this.pending.push({ name, scope, span });
  }

  /** Looks up every `nonlocal` name in the functions around its scope. */
  finish(): void {
    for (const { name, scope, span } of this.pending) {
      if (!isBoundAround(scope, name)) this.report('scope-conflict', `no binding for nonlocal '${name}' found`, span);
    }
  }
}

function isBoundAround(scope: SymbolScope, name: string): boolean {
  for (let outer = scope.parent; outer !== undefined; outer = outer.parent) {
    if (outer.kind === 'class' && name === '__class__') return true;
    if (outer.kind === 'module' || outer.kind === 'class') continue;
    const flags = outer.flagsOf(name);
    if ((flags & GLOBAL) !== 0) return false;
    if ((flags & (ASSIGNED | PARAMETER | ITERATED)) !== 0 && (flags & NONLOCAL) === 0) return true;
  }
  return false;
}
