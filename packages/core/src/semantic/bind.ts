import type { AnyFunction, Block, Comprehension, Expression, Module, Parameter, Statement } from '../syntax/ast';
import { childBlocks, childExpressions, parameterExpressions, statementExpressions } from '../syntax/walk';
import { createModel, type TypeFacts } from './names';
import type { SemanticModel } from './model';
import { importedBindings, OpenScope } from './scope';

/** Everything binding collects; `createModel` answers questions from it. */
export interface Bound {
  readonly module: Module;
  readonly scopes: ReadonlyMap<object, OpenScope>;
  /** Scope of each name expression (the root of every dotted expression). */
  readonly scopeOfName: ReadonlyMap<Expression, OpenScope>;
  readonly moduleScope: OpenScope;
}

/**
 * Builds the semantic model of a module: scopes, their bindings, and name resolution.
 * Scoping follows the Python reference, "Naming and binding": class scopes do not enclose functions, comprehensions have
 * a scope of their own except for their first iterable.
 *
 * @param module - the syntax tree.
 * @param facts - what is known about the types of attributes and results of library classes.
 */
export function bind(module: Module, facts: TypeFacts): SemanticModel {
  const binder = new Binder(module);
  binder.bindModule();
  return createModel(binder, facts);
}

class Binder implements Bound {
  readonly scopes = new Map<object, OpenScope>();
  readonly scopeOfName = new Map<Expression, OpenScope>();
  readonly moduleScope: OpenScope;

  constructor(readonly module: Module) {
    this.moduleScope = new OpenScope(module, undefined, '<module>');
    this.scopes.set(module, this.moduleScope);
  }

  bindModule(): void {
    this.block(this.module.body, this.moduleScope);
  }

  private block(block: Block, scope: OpenScope): void {
    // `global`/`nonlocal` hold for the whole scope, also for bindings inside earlier blocks.
    for (const statement of block.statements) this.declarations(statement, scope);
    for (const statement of block.statements) this.statement(statement, scope);
  }

  private declarations(statement: Statement, scope: OpenScope): void {
    if (statement.kind === 'Global') for (const name of statement.names) scope.globals.add(name.id);
    else if (statement.kind === 'Nonlocal') for (const name of statement.names) scope.nonlocals.add(name.id);
    else if (statement.kind !== 'FunctionDefinition' && statement.kind !== 'ClassDefinition') {
      for (const inner of childBlocks(statement)) for (const each of inner.statements) this.declarations(each, scope);
    }
  }

  private statement(statement: Statement, scope: OpenScope): void {
    for (const expression of statementExpressions(statement)) this.expression(expression, scope);
    switch (statement.kind) {
      case 'Assign':
        for (const target of statement.targets) scope.bindTarget(target, statement.value);
        break;
      case 'AnnotatedAssign':
        scope.bindTarget(statement.target, statement.value, statement.annotation);
        break;
      case 'AugmentedAssign':
        scope.bindTarget(statement.target, undefined);
        break;
      case 'For':
        for (const element of displayed(statement.iterable)) scope.bindTarget(statement.target, element);
        break;
      case 'With':
        for (const { context, target } of statement.items) {
          if (target?.kind === 'Name') scope.bind(target.id, { kind: 'with-target', context });
          else if (target !== undefined) scope.bindTarget(target, undefined);
        }
        break;
      case 'Import':
      case 'ImportFrom':
        for (const { name, qualifiedName } of importedBindings(statement)) {
          scope.bind(name, { kind: 'import', qualifiedName, statement });
        }
        break;
      case 'Try':
        for (const { name } of statement.handlers) {
          if (name !== undefined) scope.bind(name.id, { kind: 'assignment', value: undefined, annotation: undefined });
        }
        break;
      case 'Match':
        for (const { captures } of statement.cases) {
          for (const name of captures)
            scope.bind(name.id, { kind: 'assignment', value: undefined, annotation: undefined });
        }
        break;
      case 'FunctionDefinition':
        scope.bind(statement.name.id, { kind: 'function', definition: statement });
        this.function(statement, scope, statement.name.id);
        return;
      case 'ClassDefinition': {
        scope.bind(statement.name.id, { kind: 'class', definition: statement });
        const inner = this.open(statement, scope, statement.name.id);
        this.block(statement.body, inner);
        return;
      }
      default:
        break;
    }
    for (const inner of childBlocks(statement)) for (const each of inner.statements) this.statement(each, scope);
  }

  private open(node: OpenScope['node'], parent: OpenScope, name: string): OpenScope {
    const prefix = parent.parent === undefined ? '' : `${parent.qualifiedName}.`;
    const scope = new OpenScope(node, parent, `${prefix}${name}`);
    this.scopes.set(node, scope);
    return scope;
  }

  private parameters(parameters: readonly Parameter[], scope: OpenScope): void {
    let isFirst = true;
    for (const { name, annotation } of parameters) {
      if (name === '') continue;
      scope.bind(name, { kind: 'parameter', annotation, isFirst });
      isFirst = false;
    }
  }

  private function(definition: AnyFunction, outer: OpenScope, name: string): void {
    const scope = this.open(definition, outer, name);
    this.parameters(definition.parameters, scope);
    if (definition.kind === 'Lambda') this.expression(definition.body, scope);
    else this.block(definition.body, scope);
  }

  private comprehension(node: Comprehension, outer: OpenScope): void {
    const scope = this.open(node, outer, '<comprehension>');
    node.clauses.forEach((clause, i) => {
      this.expression(clause.iterable, i === 0 ? outer : scope);
      scope.bindTarget(clause.target, undefined);
      this.expression(clause.target, scope);
      for (const condition of clause.conditions) this.expression(condition, scope);
    });
    this.expression(node.element, scope);
    if (node.value !== undefined) this.expression(node.value, scope);
  }

  private expression(root: Expression, scope: OpenScope): void {
    const pending: Expression[] = [root];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      switch (node.kind) {
        case 'Name':
          this.scopeOfName.set(node, scope);
          continue;
        case 'Lambda':
          for (const part of parameterExpressions(node.parameters)) this.expression(part, scope);
          this.function(node, scope, '<lambda>');
          continue;
        case 'Comprehension':
          this.comprehension(node, scope);
          continue;
        case 'NamedExpression':
          // A walrus in a comprehension binds in the enclosing function (PEP 572).
          nearestNonComprehension(scope).bindTarget(node.target, node.value);
          break;
        default:
          break;
      }
      for (const child of childExpressions(node)) pending.push(child);
    }
  }
}

/** Displays up to this long say what a loop variable is. */
const MAX_DISPLAYED = 8;

/** `for worker in (first, second)`: the values a loop variable takes one after the other; one unknown value otherwise. */
function displayed(iterable: Expression): readonly (Expression | undefined)[] {
  const isDisplay = iterable.kind === 'Tuple' || iterable.kind === 'List';
  const isShort = isDisplay && iterable.elements.length > 0 && iterable.elements.length <= MAX_DISPLAYED;
  return isShort ? iterable.elements : [undefined];
}

function nearestNonComprehension(scope: OpenScope): OpenScope {
  let current = scope;
  while (current.node.kind === 'Comprehension' && current.parent !== undefined) current = current.parent;
  return current;
}
