import type {
  Block,
  ClassDefinition,
  FunctionDefinition,
  ImportedName,
  ImportFrom,
  Module,
  Statement,
  Try,
} from '../ast';
import { ExpressionChecker } from './check-expression';
import { checkFuture, futureImports, isFuture } from './check-future';
import type { SyntaxProblem } from './problem';
import { ANNOTATED, GLOBAL, NONLOCAL, SymbolScope, SymbolTable } from './symbols';

/** Where `break`, `continue` and `return` would go from here. */
type Nest = 'loop' | 'except*';

/**
 * What CPython's symbol table and code generator refuse: one walk over the tree, with the scope and the loops around each
 * statement (Python/symtable.c, Python/compile.c).
 */
export class StatementChecker {
  private readonly table = new SymbolTable();
  private readonly expressions: ExpressionChecker;
  private readonly futures: ReadonlySet<Statement>;
  private nests: Nest[] = [];

  /** @param isAsync - the text may `await` outside of functions, as a cell of a notebook may. */
  constructor(module: Module, text: string, isAsync = false) {
    this.table.scope.isAsync = isAsync;
    this.expressions = new ExpressionChecker(this.table, text);
    this.futures = futureImports(module.body.statements);
  }

  /** Problems of these top-level statements. */
  check(statements: readonly Statement[]): SyntaxProblem[] {
    for (const statement of statements) this.statement(statement);
    this.table.finish();
    return this.table.problems;
  }

  private block(block: Block | undefined): void {
    if (block !== undefined) for (const statement of block.statements) this.statement(statement);
  }

  private nested(nest: Nest, block: Block): void {
    this.nests.push(nest);
    this.block(block);
    this.nests.pop();
  }

  private statement(node: Statement): void {
    const { expressions, table } = this;
    switch (node.kind) {
      case 'ExpressionStatement':
        return expressions.load(node.value);
      case 'Assign':
        for (const target of node.targets) expressions.store(target);
        return expressions.load(node.value);
      case 'AugmentedAssign':
        expressions.store(node.target);
        return expressions.load(node.value);
      case 'AnnotatedAssign':
        return this.annotated(node);
      case 'Return':
        return this.return(node);
      case 'Raise':
        expressions.optional(node.exception);
        return expressions.optional(node.cause);
      case 'Delete':
        for (const target of node.targets) this.delete(target);
        return;
      case 'Pass':
        return;
      case 'Break':
        return this.jump('break', "'break' outside loop", node);
      case 'Continue':
        return this.jump('continue', "'continue' not properly in loop", node);
      case 'Global':
      case 'Nonlocal':
        for (const name of node.names) {
          table.declare(name.id, node.kind === 'Global' ? 'global' : 'nonlocal', name.span);
        }
        return;
      case 'Import':
        return this.imported(node.names);
      case 'ImportFrom':
        return this.importFrom(node);
      case 'Assert':
        expressions.load(node.test);
        return expressions.optional(node.message);
      case 'If':
        expressions.load(node.test);
        this.block(node.body);
        return this.block(node.orelse);
      case 'While':
        expressions.load(node.test);
        this.nested('loop', node.body);
        return this.block(node.orelse);
      case 'For':
        if (node.isAsync) this.requireAsync('for', node);
        expressions.store(node.target);
        expressions.load(node.iterable);
        this.nested('loop', node.body);
        return this.block(node.orelse);
      case 'Try':
        return this.try(node);
      case 'With':
        if (node.isAsync) this.requireAsync('with', node);
        for (const item of node.items) {
          expressions.load(item.context);
          if (item.target !== undefined) expressions.store(item.target);
        }
        return this.block(node.body);
      case 'Match':
        expressions.load(node.subject);
        for (const clause of node.cases) {
          for (const name of clause.captures) table.assign(name.id, name.span);
          for (const value of clause.values) expressions.load(value);
          expressions.optional(clause.guard);
          this.block(clause.body);
        }
        return;
      case 'FunctionDefinition':
        return this.function(node);
      case 'ClassDefinition':
        return this.class(node);
      case 'TypeAlias':
        expressions.store(node.name);
        return table.inside(new SymbolScope('type-alias', table.scope), () => expressions.load(node.value));
      case 'Print':
      case 'Exec':
        for (const value of node.values) expressions.load(value);
        return;
      case 'ErrorStatement':
        return;
    }
  }

  private annotated(node: Extract<Statement, { kind: 'AnnotatedAssign' }>): void {
    const { target } = node;
    const { scope } = this.table;
    if (target.kind === 'Name') {
      const isSimple = target.span.start === node.span.start;
      const flags = scope.flagsOf(target.id);
      if (isSimple && scope.kind !== 'module' && (flags & (GLOBAL | NONLOCAL)) !== 0) {
        const kind = (flags & GLOBAL) === 0 ? 'nonlocal' : 'global';
        const detail = `annotated name '${target.id}' can't be ${kind}`;
        this.table.report('scope-conflict', detail, target.span, scope.firstPlace(target.id));
      }
      if (isSimple) scope.mark(target.id, ANNOTATED, target.span);
      if (isSimple || node.value !== undefined) this.table.assign(target.id, target.span);
    } else this.expressions.store(target);
    this.expressions.load(node.annotation);
    this.expressions.optional(node.value);
  }

  private delete(target: Extract<Statement, { kind: 'Delete' }>['targets'][number]): void {
    const name = target.kind === 'Name' ? target.id : target.kind === 'Attribute' ? target.attr : '';
    if (name === '__debug__') this.table.report('invalid-target', 'cannot delete __debug__', target.span);
    else this.expressions.store(target);
  }

  private return(node: Extract<Statement, { kind: 'Return' }>): void {
    const { scope } = this.table;
    this.expressions.optional(node.value);
    if (!scope.isFunction) return this.table.report('misplaced', "'return' outside function", node.span);
    if (this.nests.includes('except*')) this.refuseInGroup(node);
    if (node.value !== undefined && scope.isAsync) scope.valueReturns.push(node.span);
  }

  private jump(word: 'break' | 'continue', detail: string, node: Statement): void {
    const nest = this.nests.at(-1);
    if (nest === 'except*') return this.refuseInGroup(node);
    if (nest === undefined)
      this.table.report('misplaced', detail, { ...node.span, end: node.span.start + word.length });
  }

  private refuseInGroup(node: Statement): void {
    const detail = "'break', 'continue' and 'return' cannot appear in an 'except*' block";
    this.table.report('misplaced', detail, node.span);
  }

  private requireAsync(word: 'for' | 'with', node: Statement): void {
    const { scope } = this.table;
    if ((scope.kind === 'function' || scope.kind === 'module') && scope.isAsync) return;
    const span = { start: node.span.start, end: node.span.start + 'async'.length };
    this.table.report('misplaced', `'async ${word}' outside async function`, span);
  }

  private imported(names: readonly ImportedName[]): void {
    for (const { name, alias, span } of names) this.table.assign(alias ?? name.split('.')[0] ?? name, span);
  }

  private importFrom(node: ImportFrom): void {
    if (isFuture(node)) checkFuture(node, this.futures, this.table);
    else if (node.isStar && this.table.scope.kind !== 'module') {
      this.table.report('misplaced', 'import * only allowed at module level', node.span);
    }
    for (const { name, alias, span } of node.names) this.table.assign(alias ?? name, span);
  }

  private try(node: Try): void {
    this.block(node.body);
    for (const handler of node.handlers) {
      this.expressions.optional(handler.type);
      if (handler.name !== undefined) this.table.assign(handler.name.id, handler.name.span);
      if (handler.isGroup) this.nested('except*', handler.body);
      else this.block(handler.body);
    }
    this.block(node.orelse);
    this.block(node.finalbody);
  }

  /** Walks a body whose jumps and scope are its own. */
  private body(scope: SymbolScope, block: Block, before?: () => void): void {
    const { nests } = this;
    this.nests = [];
    this.table.inside(scope, () => {
      before?.();
      this.block(block);
    });
    this.nests = nests;
  }

  private function(node: FunctionDefinition): void {
    const { expressions, table } = this;
    table.assign(node.name.id, node.name.span);
    expressions.outerParts(node.parameters);
    expressions.optional(node.returns);
    for (const decorator of node.decorators) expressions.load(decorator);
    const scope = new SymbolScope('function', table.scope);
    scope.isAsync = node.isAsync;
    scope.iterableDepth = 0;
    this.body(scope, node.body, () => expressions.parameters(node.parameters));
    if (scope.hasYield) {
      for (const span of scope.valueReturns) {
        table.report('misplaced', "'return' with value in async generator", span);
      }
    }
  }

  private class(node: ClassDefinition): void {
    this.table.assign(node.name.id, node.name.span);
    this.expressions.arguments(node.bases);
    for (const decorator of node.decorators) this.expressions.load(decorator);
    this.body(new SymbolScope('class', this.table.scope), node.body);
  }
}
